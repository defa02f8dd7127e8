"""A game printed in full, as aligned plain text for terminals."""

import textwrap
from collections.abc import Sequence

from .game import MarkovGame
from .plain import counted
from .policy import ProductPolicy
from .rows import Box, MergedRow, action_set, merged_rows, paid_alike, shown

_REWARDS = {
    "alone": ("reward", "rewards are player 0's; the others get 0"),
    "common": ("reward", "every player gets the reward"),
    "zero-sum": ("reward", "rewards are player 0's; player 1 gets the opposite"),
}


def show_game(
    game: MarkovGame,
    expert: ProductPolicy | None = None,
    learner: ProductPolicy | None = None,
    deviation: ProductPolicy | None = None,
    *,
    width: int = 100,
) -> str:
    """The game, with what each profile plays, as text.

    Args:
        game: exact or float.
        expert: shown as a column of probabilities and a row of actions for each state.
        learner: the same.
        deviation: the profile after one player has deviated from the learner; the same.
        width: columns to stay within; long cells go on in the next line. Names and numbers are
            never cut, so very long ones may exceed it.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["w3"].build()
        >>> print(show_game(made.game, made.expert, made.learner))
        2 players, 2 states, 2 x 2 actions, discount 9/10, start s0
        rewards are player 0's; the others get 0
        <BLANKLINE>
        state  actions  reward  next  expert  learner
        s0     (0, *)       -1  s0         1        1
               (1, *)       -1  s1
        s1     (*, 0)       -1  s1         1
               (*, 1)        1  s1                  1
        <BLANKLINE>
        plays  expert  learner
        s0     (0, 0)  (0, 0)
        s1     (0, 0)  (0, 1)
    """
    profiles = {
        name: profile
        for name, profile in (("expert", expert), ("learner", learner), ("deviation", deviation))
        if profile is not None
    }
    for name, profile in profiles.items():
        profile.check_fits(game, name)
    parts = [_head(game, width), _rows(game, profiles, width)]
    if profiles:
        parts.append(_plays(game, profiles, width))
    return "\n\n".join(parts)


def _head(game: MarkovGame, width: int) -> str:
    actions = " x ".join(str(count) for count in game.num_actions)
    start = " + ".join(_term(game.states[s], p) for s, p in enumerate(game.start) if p > 0)
    sizes = f"{counted(game.players, 'player')}, {counted(game.num_states, 'state')}"
    kind = "action" if game.num_actions == (1,) else "actions"
    line = f"{sizes}, {actions} {kind}, discount {shown(game.discount)}, start {start}"
    alike = paid_alike(game)
    note = f"\n{_REWARDS[alike][1]}" if alike and game.players > 1 else ""
    return "\n".join(textwrap.wrap(line, width, subsequent_indent="  ")) + note


def _term(name: str, weight: object) -> str:
    return name if weight == 1 else f"{shown(weight)} {name}"  # type: ignore[arg-type]


def _rows(game: MarkovGame, profiles: dict[str, ProductPolicy], width: int) -> str:
    alike = paid_alike(game)
    title = _REWARDS[alike][0] if alike else "rewards"
    lines = [["state", "actions", title, "next", *profiles]]
    for at in merged_rows(game):
        for k, row in enumerate(at):
            rewards = row.rewards[:1] if alike else row.rewards
            chances = [row.chance(profile) for profile in profiles.values()]
            lines.append(
                [
                    game.states[row.state] if k == 0 else "",
                    joint_text(game, row),
                    ", ".join(shown(r) for r in rewards),
                    " + ".join(_term(game.states[t], p) for t, p in row.to),
                    *(shown(p) if p else "" for p in chances),
                ]
            )
    right = {*range(4, 4 + len(profiles)), *({2} if alike else ())}
    return _aligned(lines, right, width)


def joint_text(game: MarkovGame, row: MergedRow) -> str:
    """Which joint actions a row stands for: "(0, *)", "any", "otherwise"."""
    if row.covers_all(game):
        return "any"
    if row.is_rest:
        return "otherwise"
    return ", ".join(_box_text(game, box) for box in row.boxes)


def _box_text(game: MarkovGame, box: Box) -> str:
    names = ["|".join(action_set(game, i, chosen)) or "*" for i, chosen in enumerate(box)]
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def _plays(game: MarkovGame, profiles: dict[str, ProductPolicy], width: int) -> str:
    lines = [["plays", *profiles]]
    for s, state in enumerate(game.states):
        lines.append([state, *(_profile_text(game, p, s) for p in profiles.values())])
    return _aligned(lines, set(), width)


def _profile_text(game: MarkovGame, profile: ProductPolicy, state: int) -> str:
    parts = []
    for i, table in enumerate(profile):
        played = [(name, p) for name, p in zip(game.actions[i], table[state], strict=True) if p]
        mixed = ", ".join(f"{name}: {shown(p)}" for name, p in played)
        parts.append(played[0][0] if len(played) == 1 else f"[{mixed}]")
    return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"


def _aligned(lines: Sequence[Sequence[str]], right: set[int], width: int) -> str:
    """Columns two spaces apart; where they do not fit, the widest ones are wrapped."""
    widths = [max(len(line[k]) for line in lines) for k in range(len(lines[0]))]
    spare = width - 2 * (len(widths) - 1)
    while sum(widths) > spare and max(widths) > 16:
        widths[widths.index(max(widths))] -= 1
    out = []
    for line in lines:
        cells = [
            textwrap.wrap(cell, size, break_long_words=False, break_on_hyphens=False) or [""]
            for cell, size in zip(line, widths, strict=True)
        ]
        for k in range(max(len(cell) for cell in cells)):
            parts = [cell[k] if k < len(cell) else "" for cell in cells]
            padded = [
                part.rjust(size) if c in right else part.ljust(size)
                for c, (part, size) in enumerate(zip(parts, widths, strict=True))
            ]
            out.append("  ".join(padded).rstrip())
    return "\n".join(out)
