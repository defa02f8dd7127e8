r"""Heat maps: what profiles play at each state, and how often they are there.

Cells are shaded from white at 0 to dark blue at 1 and carry their numbers, so that nothing hangs on
the colour alone.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType

from nashgap.theory.colours import PROFILES

from .. import plain_math
from ..game import MarkovGame
from ..occupancy import occupancy
from ..picture import Point
from ..policy import ProductPolicy
from ..rows import Number
from .game import given
from .svg import TEXT, element, picture, text

_HIGH, _GAP = 0.46, 0.3
_DARK = (0, 68, 120)
_NEAR_ONE = 0.9995


def policy_svg(
    game: MarkovGame,
    expert: ProductPolicy | None = None,
    learner: ProductPolicy | None = None,
    deviation: ProductPolicy | None = None,
) -> str:
    r"""\(\pi_i(a\mid s)\) as shaded cells: a block a profile and player, a row a state.

    Raises:
        BadInput: a profile does not fit the game.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["w3"].build()
        >>> policy_svg(made.game, made.expert, made.learner).count("<rect")
        17
    """
    profiles = _fitting(game, expert, learner, deviation)
    states = [plain_math.name(state) for state in game.states]
    actions = [[plain_math.name(a) for a in names] for names in game.actions]
    return _policies(profiles, states, actions)


def table_svg(policy: ProductPolicy) -> str:
    """One policy without its game: states and actions have numbers for names."""
    states = [plain_math.name(f"s{s}") for s in range(policy.num_states)]
    actions = [[str(a) for a in range(count)] for count in policy.num_actions]
    return _policies({"": policy}, states, actions)


def _policies(
    profiles: Mapping[str, ProductPolicy], states: list[str], actions: list[list[str]]
) -> str:
    lead = max(map(plain_math.width, states)) + 0.15
    players = range(len(actions))
    parts: list[str] = []
    x = lead
    for role, profile in profiles.items():
        blocks = [_Block(actions[i], profile[i].tolist()) for i in players]
        titles = [_title(role, i, len(actions)) for i in players]
        slot = max(*(block.width for block in blocks), *map(plain_math.width, titles))
        top = 0.0
        for block, title in zip(blocks, titles, strict=True):
            parts += _cells(
                (x + (slot - block.width) / 2, top), block.cells, block.names, block.wide
            )
            colour = PROFILES.get(role, "#000")
            parts.append(text((x + slot / 2, top + 0.72), [title], fill=colour))
            if x == lead:
                parts += _row_names(top, lead, states)
            top -= len(states) * _HIGH + 1.1
        x += slot + _GAP
    bottom = -len(players) * (len(states) * _HIGH + 1.1) + 1.1
    return picture("What each player plays at each state", (0.0, bottom), (x - _GAP, 0.92), parts)


def _title(role: str, player: int, players: int) -> str:
    said = [*([role] if role else []), *([f"player {player}"] if players > 1 else [])]
    return ", ".join(said)


class _Block:
    """One player's table under one profile."""

    def __init__(self, names: list[str], cells: list[list[Number]]) -> None:
        self.names, self.cells = names, cells
        self.wide = _column(names, [x for row in cells for x in row])
        self.width = self.wide * len(names)


def occupancy_svg(
    game: MarkovGame,
    expert: ProductPolicy | None = None,
    learner: ProductPolicy | None = None,
    deviation: ProductPolicy | None = None,
) -> str:
    r"""The state occupancies \(\mu_\pi(s)\) as shaded cells: a column a profile, a row a state.

    Raises:
        BadInput: a profile does not fit the game.
    """
    profiles = _fitting(game, expert, learner, deviation)
    names = [plain_math.name(state) for state in game.states]
    lead = max(map(plain_math.width, names)) + 0.15
    found = {role: occupancy(game, profile)[0].tolist() for role, profile in profiles.items()}
    cells = [[found[role][s] for role in profiles] for s in range(game.num_states)]
    columns = list(profiles)
    wide = max(_column(columns, [x for row in cells for x in row]), 1.3)
    parts = _cells((lead, 0.0), cells, columns, wide, PROFILES) + _row_names(0.0, lead, names)
    high = (lead + wide * len(columns), 0.5)
    return picture(
        "How often each profile is at each state", (0.0, -game.num_states * _HIGH), high, parts
    )


def _fitting(
    game: MarkovGame,
    expert: ProductPolicy | None,
    learner: ProductPolicy | None,
    deviation: ProductPolicy | None,
) -> dict[str, ProductPolicy]:
    profiles = given(expert, learner, deviation)
    for role, profile in profiles.items():
        profile.check_fits(game, role)
    return profiles


def _column(names: Sequence[str], cells: Sequence[Number]) -> float:
    widest = max(plain_math.width(written) for written in (*names, *map(_written, cells)))
    return max(widest + 0.2, 0.62)


def _cells(
    at: Point,
    cells: Sequence[Sequence[Number]],
    columns: Sequence[str],
    wide: float,
    colours: Mapping[str, str] = MappingProxyType({}),
) -> list[str]:
    x, y = at
    found = [
        text((x + wide * (k + 0.5), y + 0.26), [name], fill=colours.get(name, "#000"))
        for k, name in enumerate(columns)
    ]
    for r, row in enumerate(cells):
        for k, share in enumerate(row):
            found += _cell((x + wide * k, y - _HIGH * r), share, wide)
    return found


def _row_names(top: float, right: float, names: Sequence[str]) -> list[str]:
    return [
        text((right - 0.1, top - _HIGH * (r + 0.5)), [name], text_anchor="end", font_style="italic")
        for r, name in enumerate(names)
    ]


def _cell(at: Point, share: Number, wide: float) -> list[str]:
    x, y = at
    weight = min(max(float(share), 0.0), 1.0)
    red, green, blue = (round(255 + weight * (dark - 255)) for dark in _DARK)
    fill, ink = f"#{red:02x}{green:02x}{blue:02x}", "#fff" if weight > 0.5 else "#000"
    box = element(
        "rect", x=x, y=-y, width=wide, height=_HIGH, fill=fill, stroke="#999", stroke_width=0.015
    )
    return [box, text((x + wide / 2, y - _HIGH / 2), [_written(share)], size=TEXT, fill=ink)]


def _written(share: Number) -> str:
    """Short fractions in full, others with three digits; zero is left blank.

    What is less than 1 gets more digits before it is rounded to 1.
    """
    if share == 0:
        return ""
    if isinstance(share, Fraction) and share.denominator < 1000:
        return plain_math.number(share)
    digits = 6 if _NEAR_ONE <= float(share) < 1 else 3
    return f"{float(share):.{digits}g}"
