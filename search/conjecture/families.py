"""The named families of games over a grid of their parameters, the simplest points first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Any

from nashgap.numeric.games import Instance, NamedGame, catalogue
from nashgap.numeric.reading import Reading
from nashgap.theory.catalogue import bounds
from nashgap.theory.errors import BadInput

from .setting import Setting
from .shape import fitted

GAMMAS = tuple(map(Fraction, ("9/10", "1/2", "1/10", "99/100", "0")))
PLAYERS = (2, 3, 1, 5)
SHARES = tuple(map(Fraction, ("1", "1/4", "1/50", "1/2")))
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "t": ("-1", "1", "0"),
    "k": ("1/100", "1/4"),
    "p": ("1/2", "1/4"),
    "q": ("1/4", "1/100", "1"),
    "w": ("1", "1/2"),
    "C": ("3", "2", "10"),
}
_LONG = {"w3-robust": Fraction(1, 2)}
"""Families whose number of states grows with the discount, and how far that is followed."""
MOST_STATES = 30
FARTHEST = 6
"""How far from the first values a grid point may be, in steps summed over the parameters."""
AHEAD = 3
"""How much nearer the points of a family count that makes a bound of the same quantities sharp."""


@dataclass(frozen=True)
class Point:
    """A family with parameters.

    Attributes:
        name: of the family.
        parameters: as given to it.
    """

    name: str
    parameters: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{k}={v}' for k, v in self.parameters)})"


def points(asked: Setting) -> tuple[Point, ...]:
    """The grid for a setting: its own number of players and discount where they are given.

    Example:
        >>> from .setting import setting
        >>> grid = points(setting("NashGap <= 1", "nash", players=2, gamma="1/2"))
        >>> {value for point in grid for name, value in point.parameters if name == "gamma"}
        {Fraction(1, 2)}
    """
    return _points(asked.players, asked.gamma, _akin(asked.claim.names))


def _akin(names: frozenset[str]) -> frozenset[str]:
    """Families that show a bound sharp that speaks of these quantities."""
    return frozenset(bound.witness for bound in bounds().values() if names <= bound.claim.names)


@lru_cache(maxsize=64)
def _points(players: int | None, gamma: Fraction | None, akin: frozenset[str]) -> tuple[Point, ...]:
    found: list[tuple[int, int, Point]] = []
    for family in catalogue().values():
        ahead = AHEAD if family.name in akin else 0
        for distance, point in _grid(family, players, gamma):
            if distance <= FARTHEST:
                found.append((distance - ahead, len(found), point))
    return tuple(dict.fromkeys(point for _, _, point in sorted(found, key=lambda f: f[:2])))


def _grid(
    family: NamedGame, players: int | None, gamma: Fraction | None
) -> Iterator[tuple[int, Point]]:
    discounts = GAMMAS if gamma is None else (gamma,)
    counts = (PLAYERS if players is None else (players,)) if "n" in family.parameters else (2,)
    for (a, g), (b, n) in product(enumerate(discounts), enumerate(counts)):
        if g > _LONG.get(family.name, 1):
            continue
        lists = {name: _values(family, name, g, n) for name in family.parameters}
        for picked in product(*(enumerate(values) for values in lists.values())):
            distance = a + b + sum(k for k, _ in picked)
            values = tuple(zip(lists, (value for _, value in picked), strict=True))
            yield distance, Point(family.name, values)


def _values(family: NamedGame, name: str, gamma: Fraction, n: int) -> tuple[Any, ...]:
    scale = 2 * (1 - gamma)
    match name:
        case "gamma":
            return (gamma,)
        case "n":
            return (n,)
        case "eps":
            return tuple(dict.fromkeys(share * scale / n for share in SHARES))
        case "delta":
            return tuple(share * scale for share in SHARES[1:])
    if name in _NUMBERS:
        return tuple(map(Fraction, _NUMBERS[name]))
    parameter = family.parameters[name]
    options = tuple(parameter.range.split(" | "))
    return (parameter.default, *(o for o in options if o != parameter.default))


@dataclass(frozen=True, eq=False)
class Built:
    """A point of the grid, built, with its reading."""

    made: Instance
    model: Reading
    known: Mapping[str, bool]


@lru_cache(maxsize=4096)
def _built(point: Point) -> Built | None:
    try:
        made = catalogue()[point.name].build(**dict(point.parameters))
    except BadInput:  # parameters that do not go together
        return None
    if made.game.num_states > MOST_STATES:
        return None
    return Built(made, Reading(made.game, made.expert, made.learner), made.assumptions)


def built(point: Point, asked: Setting) -> Built | None:
    """The game of a point in the shape that is given; None where there is none."""
    found = _built(point)
    if found is None or asked.admits(found.made.game):
        return found
    made = fitted(found.made, asked)
    if made is None or not asked.admits(made.game):
        return None
    return Built(made, Reading(made.game, made.expert, made.learner), {})
