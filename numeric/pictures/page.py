"""A game as HTML: its picture and the table of its rows, for notebooks and reports."""

from html import escape

from nashgap.theory.colours import PROFILES
from nashgap.theory.html import table

from .. import plain_math
from ..drawing import LARGEST_PICTURE, Drawing, draw
from ..game import MarkovGame
from ..policy import ProductPolicy
from ..rows import MergedRow, merged_rows, paid_alike
from .game import drawn, given

LARGEST_TABLE = 400
"""Rows beyond which the table is cut; files have all of them."""

_PAID = {
    "alone": "Only player 0 is paid.",
    "common": "All players are paid the same.",
    "zero-sum": "Rewards are player 0's; player 1 gets the opposite.",
}


def game_html(
    game: MarkovGame,
    expert: ProductPolicy | None = None,
    learner: ProductPolicy | None = None,
    deviation: ProductPolicy | None = None,
) -> str:
    """Picture and table; a number below a profile is how likely it plays the row.

    Raises:
        BadInput: a profile does not fit the game.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["w3"].build()
        >>> "<svg" in game_html(made.game), game_html(made.game, made.expert).count("<tr>")
        (True, 5)
    """
    profiles = given(expert, learner, deviation)
    for role, profile in profiles.items():
        profile.check_fits(game, role)
    drawing = draw(game, profiles, plain_math) if game.num_states <= LARGEST_PICTURE else None
    picture = "" if drawing is None else f"<figure>{drawn(drawing)}</figure>"
    return f'<div class="nashgap">{picture}{_table(game, profiles, drawing)}</div>'


def _table(game: MarkovGame, profiles: dict[str, ProductPolicy], drawing: Drawing | None) -> str:
    numbered = drawing is not None and drawing.is_numbered
    rows = [(row, k == 0) for at in merged_rows(game) for k, row in enumerate(at)]
    body = [
        [*([str(k)] if numbered else []), *_cells(game, row, profiles, first=first)]
        for k, (row, first) in enumerate(rows[:LARGEST_TABLE], 1)
    ]
    reward = "reward" if paid_alike(game) else "rewards"
    heads = [f'<span style="color:{PROFILES[role]}">{role}</span>' for role in profiles]
    lead = [""] if numbered else []
    return table(
        body,
        [*lead, "state", "joint action", reward, "next", *heads],
        caption=escape(_caption(game, drawing, len(rows))),
    )


def _cells(
    game: MarkovGame, row: MergedRow, profiles: dict[str, ProductPolicy], *, first: bool
) -> list[str]:
    state = f"<i>{escape(plain_math.name(game.states[row.state]))}</i>" if first else ""
    chances = [row.chance(profile) for profile in profiles.values()]
    return [
        state,
        escape(plain_math.joint(game, row)),
        escape(plain_math.rewards(game, row)),
        escape(plain_math.following(game, row)),
        *(plain_math.number(p) if p else "" for p in chances),
    ]


def _caption(game: MarkovGame, drawing: Drawing | None, rows: int) -> str:
    start = [plain_math.term(game, s, p) for s, p in enumerate(game.start) if p > 0]
    players = f"{game.players} player{'' if game.players == 1 else 's'}"
    shape = f"{players}, {game.num_states} state{'' if game.num_states == 1 else 's'}"
    said = [f"{shape}, discount {plain_math.number(game.discount)}, start {' + '.join(start)}."]
    if game.players > 1 and paid_alike(game):
        said.append(_PAID[paid_alike(game)])
    if drawing is not None and drawing.is_numbered:
        said.append("Arrows carry the numbers of their rows.")
    if drawing is not None and drawing.left_out:
        said.append(f"The {drawing.left_out} least likely arrows are not drawn.")
    if rows > LARGEST_TABLE:
        said.append(f"The first {LARGEST_TABLE} of {rows} rows.")
    return " ".join(said)
