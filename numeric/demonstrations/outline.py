"""What demonstrations need to know of a game: its states, its actions, its discount.

A `MarkovGame` has them; where kernel and rewards are unknown, an `Outline` stands in for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from nashgap.theory.errors import BadInput

from ..io import GAME_FORMAT
from ..numbers import exact, short


class Space(Protocol):
    """A game as its demonstrations see it."""

    @property
    def states(self) -> tuple[str, ...]:
        """Names of the states."""
        ...

    @property
    def actions(self) -> tuple[tuple[str, ...], ...]:
        """Names of each player's actions."""
        ...

    @property
    def discount(self) -> Fraction | float:
        r"""The discount \(\gamma\in[0,1)\)."""
        ...


@dataclass(frozen=True, init=False)
class Outline:
    r"""A game of which only the states, the actions and the discount are known.

    Args:
        states: their names, or how many there are.
        actions: each player's names, or how many each has.
        discount: \(\gamma\in[0,1)\).

    Raises:
        BadInput: an empty or repeated name, or a discount out of range.

    Example:
        >>> Outline(3, [2, 2], "9/10").actions
        (('0', '1'), ('0', '1'))
    """

    states: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    discount: Fraction

    def __init__(
        self, states: int | Sequence[str], actions: Sequence[int | Sequence[str]], discount: Any
    ) -> None:
        gamma = exact(discount, "discount")
        if not 0 <= gamma < 1:
            raise BadInput("discount", f"given {short(discount)}", "a number in [0, 1)")
        if not isinstance(actions, (list, tuple)) or not actions:
            raise BadInput(
                "actions", f"given {short(actions)}", "names or a number for each player"
            )
        names = tuple(_names(given, f"actions[{i}]", "") for i, given in enumerate(actions))
        put = object.__setattr__
        put(self, "states", _names(states, "states", "s"))
        put(self, "actions", names)
        put(self, "discount", gamma)


def parse_outline(raw: Mapping[str, Any]) -> Outline:
    """Reads a game file that leaves out transition and rewards.

    Raises:
        BadInput: another format, or states, actions or discount are missing or wrong.

    Example:
        >>> raw = {"format": "nashgap/game/1", "discount": "1/2", "states": ["x"],
        ...        "actions": [["l", "r"]]}
        >>> parse_outline(raw).states
        ('x',)
    """
    if raw.get("format") != GAME_FORMAT:
        raise BadInput("format", f"given {short(raw.get('format'))}", f'"{GAME_FORMAT}"')
    for key in ("states", "actions", "discount"):
        if key not in raw:
            raise BadInput(
                key, "missing", f"the key {key!r}, as transition and rewards are unknown"
            )
    for key in raw:
        if key not in ("format", "name", "source", "states", "actions", "discount"):
            needed = "only states, actions and discount where transition and rewards are unknown"
            raise BadInput(key, "given without transition and rewards", needed)
    return Outline(raw["states"], raw["actions"], raw["discount"])


def is_outline(raw: Mapping[str, Any]) -> bool:
    """Whether a game file leaves out both transition and rewards."""
    return "transition" not in raw and "rewards" not in raw


def _names(given: Any, where: str, letter: str) -> tuple[str, ...]:
    if isinstance(given, int) and not isinstance(given, bool) and given > 0:
        return tuple(f"{letter}{k}" for k in range(given))
    if not isinstance(given, (list, tuple)) or not all(isinstance(x, str) for x in given):
        raise BadInput(where, f"given {short(given)}", "a list of names")
    if not given or len(set(given)) != len(given):
        raise BadInput(where, f"{len(given)} names, {len(set(given))} distinct", "distinct names")
    return tuple(given)
