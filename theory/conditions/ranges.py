r"""Symbols that range over open intervals, and the signs of polynomials in them.

A polynomial on a box lies between its least and greatest Bernstein coefficient; if none is negative
and one is positive, it is positive in the open box, because every Bernstein polynomial is.
"""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from sympy import QQ
from sympy.polys.rings import PolyElement, PolyRing

MAX_COEFFICIENTS = 20_000


@dataclass(frozen=True)
class Ranges:
    r"""The open box \(l_x<x<u_x\), cut by further inequalities \(q>0\).

    Attributes:
        bounds: symbol to (lower, upper), both rational and finite.
        further: polynomials that are positive by assumption, as elements of `ring`.

    Example:
        >>> ranges = Ranges({"p": (Fraction(0), Fraction(1))})
        >>> p = ranges.ring.gens[0]
        >>> ranges.sign(1 - p), ranges.sign(p - 2), ranges.sign(2*p - 1), ranges.sign(p - p)
        (1, -1, None, 0)
    """

    bounds: Mapping[str, tuple[Fraction, Fraction]]
    further: tuple[PolyElement, ...] = ()
    _signs: dict[PolyElement, int | None] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def ring(self) -> PolyRing:
        """Polynomials in the symbols, in the order given, over the rationals."""
        return PolyRing(tuple(self.bounds), QQ)

    def sign(self, polynomial: PolyElement) -> int | None:
        """1 or -1 where it is proved positive or negative on the range, 0 if it is zero.

        None says that neither is proved; the polynomial may change its sign.
        """
        if polynomial not in self._signs:
            self._signs[polynomial] = self._sign(polynomial)
        return self._signs[polynomial]

    def _sign(self, polynomial: PolyElement) -> int | None:
        if not polynomial:
            return 0
        if polynomial.is_ground:
            return 1 if polynomial.LC > 0 else -1
        for known in self.further:
            ratio = polynomial.LC / known.LC
            if polynomial == known * ratio:
                return 1 if ratio > 0 else -1
        coefficients = self.bernstein(polynomial)
        if coefficients is None:
            return None
        if all(c >= 0 for c in coefficients):
            return 1
        return -1 if all(c <= 0 for c in coefficients) else None

    def bernstein(self, polynomial: PolyElement) -> list[Any] | None:
        """The Bernstein coefficients on the box, or None where there are too many."""
        degrees = polynomial.degrees()
        if math.prod(d + 1 for d in degrees) > MAX_COEFFICIENTS:
            return None
        table = self._power_table(polynomial, degrees)
        for axis, degree in enumerate(degrees):
            table = _to_bernstein(table, axis, degree)
        grid = itertools.product(*(range(d + 1) for d in degrees))
        return [table.get(place, QQ(0)) for place in grid]

    def _power_table(self, polynomial: PolyElement, degrees: Any) -> dict[tuple[int, ...], Any]:
        """Coefficients after the box is moved to the unit box."""
        table = dict(polynomial.terms())
        for axis, (lower, upper) in enumerate(self.bounds.values()):
            if degrees[axis]:
                table = _moved(table, axis, _rational(lower), _rational(upper - lower))
        return table

    def contains(self, values: Mapping[str, Fraction]) -> bool:
        """Whether a point lies in the range."""
        point = [_rational(values[name]) for name in self.bounds]
        inside = all(lower < values[name] < upper for name, (lower, upper) in self.bounds.items())
        return inside and all(at(q, point) > 0 for q in self.further)


def at(polynomial: PolyElement, point: list[Any]) -> Any:
    """The value of a polynomial at a point of the ring's rationals."""
    return polynomial.evaluate(list(zip(polynomial.ring.gens, point, strict=True)))


def _rational(value: Fraction) -> Any:
    return QQ(value.numerator, value.denominator)


def _moved(
    table: Mapping[tuple[int, ...], Any], axis: int, shift: Any, scale: Any
) -> dict[tuple[int, ...], Any]:
    """Puts shift + scale*x in the place of one variable."""
    moved: dict[tuple[int, ...], Any] = {}
    for place, coefficient in table.items():
        power = place[axis]
        for k in range(power + 1):
            term = coefficient * math.comb(power, k) * scale**k * shift ** (power - k)
            target = (*place[:axis], k, *place[axis + 1 :])
            moved[target] = moved.get(target, QQ(0)) + term
    return moved


def _to_bernstein(
    table: Mapping[tuple[int, ...], Any], axis: int, degree: int
) -> dict[tuple[int, ...], Any]:
    found: dict[tuple[int, ...], Any] = {}
    for place, coefficient in table.items():
        j = place[axis]
        for k in range(j, degree + 1):
            weight = _weight(k, j, degree)
            target = (*place[:axis], k, *place[axis + 1 :])
            found[target] = found.get(target, QQ(0)) + coefficient * weight
    return found


@cache
def _weight(k: int, j: int, degree: int) -> Any:
    return QQ(math.comb(k, j), math.comb(degree, j))
