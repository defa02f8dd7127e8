"""Conditions on symbols: clauses of polynomial relations, and the two sides of a condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from sympy import QQ
from sympy.polys.rings import PolyElement

from .ranges import Ranges, at


class Sign(Enum):
    """What is asked of a polynomial."""

    AT_LEAST_ZERO = ">= 0"
    POSITIVE = "> 0"
    ZERO = "== 0"

    def of(self, number: Any) -> bool:
        """Whether a number has it."""
        return bool(self.of_each(number))

    def of_each(self, numbers: Any) -> Any:
        """Which numbers of an array have it."""
        match self:
            case Sign.AT_LEAST_ZERO:
                return numbers >= 0
            case Sign.POSITIVE:
                return numbers > 0
            case Sign.ZERO:
                return numbers == 0


@dataclass(frozen=True)
class Atom:
    """One polynomial relation."""

    polynomial: PolyElement
    sign: Sign

    @property
    def negation(self) -> "Atom":
        """Its opposite, for an inequality."""
        assert self.sign is not Sign.ZERO
        opposite = {Sign.AT_LEAST_ZERO: Sign.POSITIVE, Sign.POSITIVE: Sign.AT_LEAST_ZERO}
        return Atom(-self.polynomial, opposite[self.sign])


@dataclass(frozen=True)
class Clause:
    """One of several relations holds.

    Attributes:
        atoms: the alternatives; none: the condition never holds.
        why: what it says: the player, the state, the action, and against whom.
    """

    atoms: tuple[Atom, ...]
    why: str

    def holds(self, ranges: Ranges, values: Mapping[str, Fraction]) -> bool:
        """Whether it holds at a point."""
        point = [QQ(values[k].numerator, values[k].denominator) for k in ranges.bounds]
        return any(atom.sign.of(at(atom.polynomial, point)) for atom in self.atoms)


@dataclass(frozen=True)
class Conditions:
    """When a policy of a symbolic game is what a concept asks.

    Attributes:
        concept: the name of the concept.
        players: for whom.
        ranges: the symbols.
        necessary: all of these hold wherever the concept does.
        sufficient: where all of these hold, so does the concept.
        exact: both lists are the same condition.
        note: why not exact, or what stands behind it.
    """

    concept: str
    players: tuple[int, ...]
    ranges: Ranges
    necessary: tuple[Clause, ...]
    sufficient: tuple[Clause, ...]
    exact: bool
    note: str

    def decide(self, values: Mapping[str, Fraction]) -> bool | None:
        """True, False or None (between the two sides) at a point of the range."""
        if all(clause.holds(self.ranges, values) for clause in self.sufficient):
            return True
        if self.exact or not all(c.holds(self.ranges, values) for c in self.necessary):
            return False
        return None
