"""The roots of a few polynomials in an interval, each isolated and named by its polynomial."""

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction

from nashgap.numeric.root import Root

from ...univariate import Poly, roots, value

FINE = Fraction(1, 2**60)


def roots_between(polynomials: Iterable[Poly], low: Fraction, high: Fraction) -> list[Root]:
    """All roots in [low, high] of irreducible polynomials; rational ones with low = high.

    Example:
        >>> square = (Fraction(-2), Fraction(0), Fraction(1))
        >>> [str(root) for root in roots_between([square], Fraction(0), Fraction(2))]
        ['the root of 1*x^2 - 2 near 1.414213562']
    """
    found = []
    for p in dict.fromkeys(map(_primitive, polynomials)):
        if len(p) == 2:
            x = Fraction(-p[0], p[1])
            found += [Root(p, x, x)] if low <= x <= high else []
        else:
            found += [Root(p, *ends) for ends in _isolated(tuple(map(Fraction, p)), low, high)]
    return found


def _primitive(p: Poly) -> tuple[int, ...]:
    whole = math.lcm(*(c.denominator for c in p))
    numbers = [int(c * whole) for c in p]
    shared = math.gcd(*numbers) * (1 if numbers[-1] > 0 else -1)
    return tuple(c // shared for c in numbers)


def _isolated(p: Poly, low: Fraction, high: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Small intervals around the roots; irreducible of degree 2 or more, so none is rational."""
    count = roots(p, low, high)
    if count == 1:
        yield _refined(p, low, high)
    elif count:
        middle = (low + high) / 2
        yield from _isolated(p, low, middle)
        yield from _isolated(p, middle, high)


def _refined(p: Poly, low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    rises = value(p, high) > 0
    while high - low > FINE:
        # Short ends: cut where the dyadic number nearest to the middle lies.
        step = Fraction(1, 2 ** (math.ceil(math.log2(1 / (high - low))) + 3))
        middle = (low + high) / 2 // step * step
        if (value(p, middle) > 0) == rises:
            high = middle
        else:
            low = middle
    # The ends that were given may be long.
    wide = (low // FINE * FINE, -(-high // FINE) * FINE)
    return wide if roots(p, *wide) == 1 else (low, high)
