r"""Rational functions through exact values: found by exact linear algebra, not by rounding.

Sought are polynomials \(N,D\) of least size with \((1-\gamma)\,y\,D(x)=N(x)\) at every point \(x\)
with value \(y\). The factor \(1-\gamma\) turns discounted sums into averages, which have smaller
degrees. A fit has at least one point more than it has unknowns, if possible one value of each
variable more than could be interpolated, and says nothing beyond its points: whether it is a
formula is for points that it has not seen to tell.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm, prod
from typing import Any

from nashgap.numeric.numbers import text

Point = tuple[Fraction, ...]
Powers = tuple[int, ...]
Polynomial = Mapping[Powers, int]
MOST = (3, 2, 2)
"""The largest power of each variable."""
_PRIME = (1 << 61) - 1


@dataclass(frozen=True)
class Formula:
    r"""\(N/((1-\gamma)D)\).

    Attributes:
        variables: their names, the discount first.
        above: \(N\), integer coefficients by powers.
        below: \(D\).
        text: how it is written, where that is known already.

    Example:
        >>> points = [((F,), 2 * F / (1 - F)) for F in map(Fraction, ("1/2", "2/3", "3/4"))]
        >>> found = fitted(("gamma",), points)
        >>> str(found), found.at((Fraction(9, 10),))
        ('2*gamma/(1 - gamma)', Fraction(18, 1))
    """

    variables: tuple[str, ...]
    above: Polynomial
    below: Polynomial
    text: str = field(default="", compare=False)

    def at(self, point: Point) -> Fraction | None:
        """The value at a point, or None at a pole."""
        bottom = (1 - point[0]) * value(self.below, point)
        return value(self.above, point) / bottom if bottom else None

    def __str__(self) -> str:
        from .printed import printed

        return self.text or printed(self)

    def json(self) -> dict[str, object]:
        """The formula as text and as coefficients."""
        return {
            "text": str(self),
            "variables": list(self.variables),
            "above": _written(self.above),
            "below": _written(self.below),
        }


def value(polynomial: Polynomial, point: Point) -> Fraction:
    """A polynomial at a point."""
    return sum(
        (c * prod((x**k for x, k in zip(point, powers, strict=True)), start=Fraction(1))
         for powers, c in polynomial.items()),
        start=Fraction(0),
    )  # fmt: skip


def fitted(variables: Sequence[str], points: Sequence[tuple[Point, Fraction]]) -> Formula | None:
    """The rational function of least degrees through all points, one more than it has unknowns."""
    boxes = list(itertools.product(*(range(most + 1) for most in MOST[: len(variables)])))
    pairs = [(a, b) for a in boxes for b in boxes if _size(a) + _size(b) <= len(points)]
    seen = [len({point[k] for point, _ in points}) for k in range(len(variables))]

    def order(pair: tuple[Powers, Powers]) -> tuple[object, ...]:
        above, below = pair
        spare = all(a + b + 1 < n for a, b, n in zip(above, below, seen, strict=True))
        return not spare, sum(above) + sum(below), sum(below), pair

    pairs.sort(key=order)
    averages = [(point, y * (1 - point[0])) for point, y in points]
    for above, below in pairs:
        found = _through(_monomials(above), _monomials(below), averages)
        if found is not None:
            return Formula(tuple(variables), *found)
    return None


def _size(box: Powers) -> int:
    return prod(most + 1 for most in box)


def _monomials(box: Powers) -> list[Powers]:
    return list(itertools.product(*(range(most + 1) for most in box)))


def _through(
    above: Sequence[Powers], below: Sequence[Powers], points: Sequence[tuple[Point, Fraction]]
) -> tuple[Polynomial, Polynomial] | None:
    """The one solution up to a factor, or None: there is none, or more than one."""
    from flint import fmpq, fmpq_mat, nmod_mat

    unknowns = len(above) + len(below)
    residues = [_row(above, below, point, y, _residue) for point, y in points]
    if nmod_mat(residues, _PRIME).rank() != unknowns - 1:
        return None  # rank modulo a prime is at most the rank; a fit is confirmed exactly below
    rows = [_row(above, below, point, y, Fraction) for point, y in points]
    cells = [[fmpq(x.numerator, x.denominator) for x in row] for row in rows]
    reduced, rank = fmpq_mat(cells).rref()
    if rank != unknowns - 1:
        return None
    solution = _kernel([[reduced[i, j] for j in range(unknowns)] for i in range(rank)], unknowns)
    scale = lcm(*(x.denominator for x in solution))
    whole = [int(x * scale) for x in solution]
    common = gcd(*whole)
    top, bottom = whole[: len(above)], whole[len(above) :]
    sign = common if next((c for c in bottom if c), 1) > 0 else -common
    n = {powers: c // sign for powers, c in zip(above, top, strict=True) if c}
    d = {powers: c // sign for powers, c in zip(below, bottom, strict=True) if c}
    return (n, d) if all(value(d, point) for point, _ in points) else None


def _row(
    above: Sequence[Powers],
    below: Sequence[Powers],
    point: Point,
    y: Fraction,
    number: Callable[[Fraction], Any],
) -> list[Any]:
    r"""The coefficients of \(N(x)-yD(x)\), in the field that `number` maps to."""
    xs, minus = [number(x) for x in point], number(-y)
    top = [prod(x**k for x, k in zip(xs, powers, strict=True)) for powers in above]
    bottom = [prod(x**k for x, k in zip(xs, powers, strict=True)) for powers in below]
    return [*top, *(minus * m for m in bottom)]


def _residue(x: Fraction) -> Any:
    from flint import nmod

    return nmod(x.numerator % _PRIME, _PRIME) / nmod(x.denominator % _PRIME, _PRIME)


def _kernel(rows: Sequence[Sequence[object]], unknowns: int) -> list[Fraction]:
    """The kernel of a reduced matrix whose rank is one less than the number of unknowns."""
    pivots = [next(j for j in range(unknowns) if row[j] != 0) for row in rows]
    (free,) = set(range(unknowns)) - set(pivots)
    found = [Fraction(0)] * unknowns
    found[free] = Fraction(1)
    for row, pivot in zip(rows, pivots, strict=True):
        found[pivot] = -Fraction(str(row[free]))
    return found


def formula_of(raw: Mapping[str, Any]) -> Formula:
    """Reads what `Formula.json` made."""
    return Formula(
        tuple(raw["variables"]), _read(raw["above"]), _read(raw["below"]), str(raw["text"])
    )


def _read(raw: Mapping[str, str]) -> Polynomial:
    return {tuple(map(int, powers.split())): int(c) for powers, c in raw.items()}


def _written(polynomial: Polynomial) -> dict[str, str]:
    return {" ".join(map(str, powers)): text(Fraction(c)) for powers, c in polynomial.items()}
