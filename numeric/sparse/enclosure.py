r"""Intervals that hold the true number, and how far floating point may be off.

Let \(u=2^{-53}\). A sum of products, evaluated in any order such that each term goes through at
most k roundings and its factors carry relative errors \(\delta_1,\dots,\delta_m\), is off by at
most
\[\Big(\prod_l(1+\delta_l)\,(1-u)^{-k}-1\Big)\sum|\text{terms}|
  \le1.01\,\Big(ku+\sum_l\delta_l\Big)\sum|\text{terms}|\]
as long as \(ku+\sum\delta_l\le10^{-2}\), because \(\prod(1+x_l)\le e^{\sum x_l}\), \((1-u)^{-1}\le
e^{u(1+2u)}\) and \(e^x-1\le1.01x\) on \([0,10^{-2}]\). Underflow adds at most \(2^{-1074}\) an
operation (`TINY` covers it).

Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms (2002), Lemma 3.1.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from nashgap.theory.errors import BadInput

UNIT = 2.0**-53
TINY = 1e-290
_LARGEST = 1e-2


@dataclass(frozen=True)
class Enclosure:
    """A computed number and an interval that provably holds the true one.

    Attributes:
        value: the number computed, in [lower, upper].
        lower: lower end.
        upper: upper end.

    Example:
        >>> Enclosure.around(1.0, 0.25)
        Enclosure(value=1.0, lower=0.75, upper=1.25)
    """

    value: float
    lower: float
    upper: float

    @staticmethod
    def around(value: float, error: float) -> "Enclosure":
        """The interval of all numbers within `error` of `value`, its ends rounded outwards."""
        below, above = value - error, value + error
        # Fractions compare exactly: an end moves only where the subtraction was rounded inwards.
        if Fraction(value) - Fraction(error) < Fraction(below):
            below = math.nextafter(below, -math.inf)
        if Fraction(value) + Fraction(error) > Fraction(above):
            above = math.nextafter(above, math.inf)
        return Enclosure(value, below, above)

    @property
    def error(self) -> float:
        """The largest distance from `value` to a point of the interval, rounded up."""
        widest = max(self.upper - self.value, self.value - self.lower)
        return math.nextafter(widest, math.inf) if widest else 0.0

    def minus(self, other: "Enclosure") -> "Enclosure":
        """Every difference of a number of this interval and one of the other."""
        low = math.nextafter(self.lower - other.upper, -math.inf)
        high = math.nextafter(self.upper - other.lower, math.inf)
        return Enclosure(self.value - other.value, low, high)

    def at_least(self, floor: float) -> "Enclosure":
        """The interval for a number that is known to be at least `floor`."""
        return Enclosure(*(max(x, floor) for x in (self.value, self.lower, self.upper)))

    def __contains__(self, number: float | Fraction) -> bool:
        return self.lower <= number <= self.upper


def largest(enclosures: list[Enclosure]) -> Enclosure:
    """An enclosure of the largest of the enclosed numbers."""
    return Enclosure(
        max(e.value for e in enclosures),
        max(e.lower for e in enclosures),
        max(e.upper for e in enclosures),
    )


def relative_error(roundings: int, inherited: float) -> float:
    r"""\(1.01(ku+\sum\delta_l)\), the factor of the module's inequality, itself rounded up.

    Args:
        roundings: k, how many roundings a term goes through at most.
        inherited: the sum of the relative errors of its factors.

    Raises:
        BadInput: so many roundings that the inequality says nothing.
    """
    total = roundings * UNIT + inherited
    if not total <= _LARGEST:
        raise BadInput("game", f"relative errors of {total:.3g} in float64", f"at most {_LARGEST}")
    return 1.02 * total
