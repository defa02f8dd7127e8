r"""Areas of states and directions of two values, for "pair" and "any-expert" certificates.

\(W_s,U_s\) are two values of each state. The visited ones are \(0,\dots,k-1\); where owners
alternate some states are "mine", the player's, and the rest "theirs".

1. *Areas.* "in": the visited states; "all"; with "-mine" or "-theirs" those of them of one owner.
2. *Directions.* For integers \(\alpha\ge0\), \(\beta\), an area X: \(M=\max_{t\in X}\alpha
   W_t+\beta U_t\). "above": \(\alpha W_t+\beta U_t\le M\) for t in X; "reached": the converse, for
   a t that attains it.
3. *Owners up to names.* Only 0 has a name of its own. So how many of the other visited states are
   mine, how many of the unvisited ones, and whether 0 is, are all ways to own them.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from .common import ONE, MalformedError, integer, list_
from .sums import Form

Which = tuple[int, frozenset[int] | None]
"""How many states are visited, and which are mine."""


class Areas:
    """The states of a case: k of them are visited, and some, if any are anyone's, are mine."""

    def __init__(self, states: int, k: int, mine: frozenset[int] | None) -> None:
        self.states, self.k, self.mine = states, k, mine

    def support(self, area: str) -> list[int] | None:
        """The states of an area, perhaps of one owner; None if there is no such area (1)."""
        name, dash, owner = area.partition("-")
        known = not dash or (self.mine is not None and owner in ("mine", "theirs"))
        if name not in ("in", "all") or not known:
            return None
        inside = range(self.k if name == "in" else self.states)
        return [s for s in inside if not dash or self.is_mine(s) == (owner == "mine")]

    def is_mine(self, s: int) -> bool:
        """Whether the player owns a state."""
        return self.mine is not None and s in self.mine

    def roles(self, states: list[int] | None) -> dict[int, tuple[bool, bool]] | None:
        """States with what tells them apart: whether they are visited, whether mine."""
        return None if states is None else {t: (t < self.k, self.is_mine(t)) for t in states}

    def top(self, a: str, b: str, area: str, t: int | None, sign: int) -> Form | None:
        """What the greatest of a direction has to do with a state, from above or below (2)."""
        form = end(*direction(a, b), t or 0) | {f"M {a} {b} {area}": -ONE}
        inside = t in (self.support(area) or [])
        return {x: sign * c for x, c in form.items()} if inside else None


def end(a: int, b: int, t: int) -> Form:
    """A direction at a state."""
    return {f"W {t}": Fraction(a), f"U {t}": Fraction(b)}


def direction(alpha: str, beta: str) -> tuple[int, int]:
    """Two integers, the first from 0."""
    if re.fullmatch(r"0|[1-9][0-9]{0,39}", alpha) and re.fullmatch(r"0|-?[1-9][0-9]{0,39}", beta):
        return int(alpha), int(beta)
    raise MalformedError(f"direction: needed two integers, the first from 0, not {alpha!r:.40}")


def which_of(case: dict[str, Any], where: str) -> Which:
    """What a case is about."""
    mine = [integer(s, where) for s in list_(case["mine"], where)] if "mine" in case else None
    return integer(case["visited"], where), None if mine is None else frozenset(mine)


def owned(states: int, k: int) -> Iterator[frozenset[int]]:
    """Every way to own the states, up to names (3)."""
    for first, a, b in product((set[int](), {0}), range(k), range(states - k + 1)):
        yield frozenset(first | {*range(1, a + 1), *range(k, k + b)})
