"""Expressions of the claim language over intervals: the range of a bound while errors vary."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from nashgap.theory.enclosure import tanh_bounds
from nashgap.theory.expression import Call, Expression, Name, fold


class UnboundedError(ArithmeticError):
    """A division by an interval that holds zero: the range has no end."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`; arithmetic encloses the exact range.

    Example:
        >>> Interval(Fraction(0), Fraction(1)) - Interval(Fraction(0), Fraction(1))
        Interval(low=Fraction(-1, 1), high=Fraction(1, 1))
    """

    low: Fraction
    high: Fraction

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [x * y for x in (self.low, self.high) for y in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        if other.low <= 0 <= other.high:
            raise UnboundedError("a division by an interval that holds 0")
        return self * Interval(1 / other.high, 1 / other.low)


def enclosure(expression: Expression, names: Mapping[str, Interval]) -> Interval:
    """An interval that holds every value of the expression while its names stay in theirs.

    Exact where each name that varies stands once.

    Args:
        expression: of the claim language.
        names: an interval for each name in it.

    Raises:
        UnboundedError: a divisor may be 0.

    Example:
        >>> from nashgap.theory.claim import parse_claim
        >>> right = parse_claim("NashGap <= 2*eps_BC/(1-gamma)").right
        >>> half = Interval(Fraction(1, 2), Fraction(1, 2))
        >>> enclosure(right, {"eps_BC": Interval(Fraction(0), Fraction(1)), "gamma": half}).high
        Fraction(4, 1)
    """

    def leaf(node: Name | Call) -> Interval:
        if isinstance(node, Name):
            return names[node.name]
        parts = [enclosure(argument, names) for argument in node.arguments]
        if node.function == "tanh":
            return Interval(tanh_bounds(parts[0].low)[0], tanh_bounds(parts[0].high)[1])
        choose = min if node.function == "min" else max
        return Interval(choose(x.low for x in parts), choose(x.high for x in parts))

    return fold(expression, leaf, lambda x: Interval(x, x), _power)


def _power(base: Interval, exponent: int) -> Interval:
    if exponent < 0:
        return Interval(Fraction(1), Fraction(1)) / _power(base, -exponent)
    ends = (base.low**exponent, base.high**exponent)
    if exponent % 2 == 0 and base.low <= 0 <= base.high:
        return Interval(Fraction(0) if exponent else Fraction(1), max(ends))
    return Interval(min(ends), max(ends))
