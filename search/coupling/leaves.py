"""A leaf of a proof: ranges, the bound on the gain that they allow, and how to split them."""

from dataclasses import dataclass
from fractions import Fraction

from ..checkers.two_states import REGRETS, Ranges, ordered
from .corners import Multipliers, Program, Scene
from .splits import ERRORS, Split, spread, widest

_ROUNDING = Fraction(1, 10**5)
"""Rounding may matter this close above the goal."""
_ZERO = Fraction(0)


@dataclass(frozen=True)
class Leaf:
    """Ranges, the bound on the gain in units of H that they allow, and its proof.

    Attributes:
        value: the bound. multipliers: its proof; None where there is nothing to show.
        spread: how far the solution lies apart, and where to split: the place and the number.
        centre: the point in the middle of the solution.
    """

    ranges: Ranges
    value: Fraction
    multipliers: Multipliers | None
    spread: Split | None = None
    centre: Ranges | None = None

    @property
    def regrets(self) -> Ranges:
        """The ranges that are no errors."""
        return {place: part for place, part in self.ranges.items() if place in REGRETS}


def solved(scene: Scene, ranges: Ranges, goal: Fraction | None = None) -> Leaf:
    """Multipliers for ranges: floats find them, and the mass makes them exact.

    They are the best ones up to rounding; where that might decide, the best ones.
    """
    cut = ordered(ranges)
    if cut is None:
        return Leaf(ranges, _ZERO, None)
    program = Program(scene, cut)
    found = program.rounded()
    if found is None:
        most = max(program.gains)
        return Leaf(ranges, most, {"mass": most}, widest(cut, ERRORS))
    multipliers, point = found
    value = program.value(multipliers)
    if may_be(value, goal):
        multipliers = program.exact() or multipliers
        value = program.value(multipliers)
    return Leaf(ranges, value, multipliers, *spread(scene, cut, program.corners, point))


def may_be(value: Fraction, goal: Fraction | None) -> bool:
    """Whether rounding may be why a value is above the goal, or above 0."""
    return 0 < value - (goal or _ZERO) < _ROUNDING
