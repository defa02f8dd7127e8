"""Polynomials over balls of real numbers: every value that is possible is inside."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

PRECISION = 320
"""Bits that balls are computed with."""


def ball(low: Fraction, high: Fraction) -> Any:
    """A ball that holds an interval."""
    return number(low).union(number(high))


def number(x: Fraction) -> Any:
    """A ball that holds a fraction."""
    from flint import arb, fmpq

    return arb(fmpq(x.numerator, x.denominator))


def evaluate(polynomial: Any, at: Sequence[Any]) -> Any:
    """All values of a polynomial on a product of balls, and more."""
    from flint import arb

    total = arb(0)
    for powers, c in polynomial.to_dict().items():
        term = arb(c)
        for x, power in zip(at, powers, strict=False):
            # flint's own powers go through logarithms, which balls around 0 do not have.
            for _ in range(int(power)):
                term = term * x
        total = total + term
    return total


def middle(x: Any) -> Fraction:
    """The middle of a ball."""
    mantissa, power = x.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(power)


def rational(x: Fraction | Any) -> Any:
    """A fraction as flint's."""
    from flint import fmpq

    return fmpq(x.numerator, x.denominator)


def value(polynomial: Any, at: Sequence[Fraction]) -> Fraction:
    """The exact value at a rational point."""
    from flint import fmpq

    total = fmpq(0)
    for powers, c in polynomial.to_dict().items():
        term = c
        for x, power in zip(at, powers, strict=False):
            if power:
                term = term * rational(x) ** int(power)
        total += term
    return Fraction(int(total.p), int(total.q))
