r"""Rational numbers on either side of \(\tanh x\), and above \(\log k\).

For \(x>0\) the convergents of \(\tanh x=\cfrac{x}{1+\cfrac{x^2}{3+\cfrac{x^2}{5+\dots}}}\) lie
alternately above and below the value, because all parts are positive; and
\(1-2\cdot2^{-2\lfloor x\rfloor}\le\tanh x<1\). For the logarithm, a partial sum of \(e^u\) that is
at least k shows \(u\ge\log k\). No floating-point number decides anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, log

BITS = 80
_FAR = 64
Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between two rational ones, with the arithmetic that keeps every value inside.

    Example:
        >>> two, half = Fraction(2), Fraction(1, 2)
        >>> (Interval(half, two) * Interval(-two, half)).low
        Fraction(-4, 1)
    """

    low: Fraction
    high: Fraction

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("a division by an interval that holds 0")
        return self * Interval(1 / other.high, 1 / other.low)

    def power(self, exponent: int) -> "Interval":
        """An integer power."""
        if exponent < 0:
            return Interval(Fraction(1), Fraction(1)) / self.power(-exponent)
        ends = (self.low**exponent, self.high**exponent)
        if exponent and exponent % 2 == 0 and self.low <= 0 <= self.high:
            return Interval(Fraction(0), max(ends))
        return Interval(min(ends), max(ends))

    def through(self, ends: Callable[[Fraction], Ends]) -> "Interval":
        """An increasing function, given by enclosures of its values."""
        return Interval(ends(self.low)[0], ends(self.high)[1])


@lru_cache(maxsize=1024)
def tanh_bounds(x: Fraction, bits: int = BITS) -> Ends:
    r"""Two rational numbers about \(\tanh x\), at most \(2^{-b}\) or so apart.

    Args:
        x: the argument.
        bits: b.

    Example:
        >>> low, high = tanh_bounds(Fraction(1, 2))
        >>> low < high, round(float(low), 12), high - low < Fraction(1, 2**70)
        (True, 0.46211715726, True)
    """
    if x < 0:
        low, high = tanh_bounds(-x, bits)
        return -high, -low
    if x == 0:
        return Fraction(0), Fraction(0)
    if x > _FAR:
        return 1 - Fraction(2, 4 ** min(floor(x), bits)), Fraction(1)
    grain = 2 ** (bits + 8)
    below, above = (Fraction(side(x * grain), grain) for side in (floor, ceil))
    low = _convergents(below, grain)[0] if below else Fraction(0)
    high = min(_convergents(above, grain)[1], Fraction(1))
    return Fraction(floor(low * grain), grain), Fraction(ceil(high * grain), grain)


def _convergents(x: Fraction, grain: int) -> Ends:
    """Two neighbouring convergents for x > 0, less than one part of the grain apart."""
    above, under = (Fraction(0), x), (Fraction(1), Fraction(1))
    odd = 1
    while True:
        odd += 2
        above = above[1], odd * above[1] + x * x * above[0]
        under = under[1], odd * under[1] + x * x * under[0]
        ends = sorted((above[0] / under[0], above[1] / under[1]))
        if (ends[1] - ends[0]) * grain < 1:
            return ends[0], ends[1]


@lru_cache(maxsize=64)
def log_above(number: int, grain: int) -> Fraction:
    r"""A multiple of 1/grain that is at least \(\log k\), and above it by less than two of them.

    Args:
        number: \(k\ge1\).
        grain: the denominator, at most \(10^{12}\).

    Example:
        >>> found = log_above(2, 10**6)
        >>> found, log_above(1, 10**6)
        (Fraction(173287, 250000), Fraction(0, 1))
    """
    if number == 1:
        return Fraction(0)
    guess = Fraction(ceil(log(number) * grain), grain)
    while not _exponential_reaches(guess, number):
        guess += Fraction(1, grain)
    return guess


def _exponential_reaches(u: Fraction, number: int) -> bool:
    """Whether a partial sum of the exponential series at u >= 0 is at least a number."""
    total = term = Fraction(1)
    count = 0
    while total < number:
        count += 1
        term = term * u / count
        total += term
        if count > 2 * u and term * 2**BITS < 1:
            return False
    return True
