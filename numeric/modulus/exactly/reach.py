r"""That a cell has points as near a corner as one likes, and one of them.

From a rational corner along a segment to a point of the cell each \(F_k\) is a polynomial in the
way gone; the segment starts inside the cell iff its first coefficient that is not 0 is negative for
all k. At an irrational corner, where the active polynomials have independent gradients in the free
unknowns and the others are negative, the implicit function theorem gives such points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...polynomials.balls import PRECISION, evaluate, rational, value
from .cells import Cell
from .corner import Corner
from .guess import Floats
from .space import Space

HALVINGS = 60


@dataclass(frozen=True)
class Reached:
    """Points of the cell tend to the corner; `way` leads from its rational point into the cell."""

    way: tuple[Fraction, ...]


def reached(
    space: Space, cell: Cell, corner: Corner, floats: Floats, inner: Sequence[Sequence[float]]
) -> Reached | None:
    """A proof that the cell reaches the corner, or None."""
    if not corner.is_rational and not _independent(cell, corner):
        return None
    for way in _ways(space, corner, floats, inner):
        if not corner.is_rational or _starts_inside(cell, corner.point, way):
            return Reached(way)
    return None


def _independent(cell: Cell, corner: Corner) -> bool:
    """Whether the other polynomials are negative at an irrational corner.

    The active ones have independent gradients: the Krawczyk test has inverted their Jacobian.
    """
    from flint import ctx

    with ctx.workprec(PRECISION):
        at = corner.coordinates()
        return all(evaluate(p, at) < 0 for k, p in enumerate(cell.bounds) if k not in corner.active)


def _ways(
    space: Space, corner: Corner, floats: Floats, inner: Sequence[Sequence[float]]
) -> Iterator[tuple[Fraction, ...]]:
    near = [float(x) for x in corner.point]
    if corner.active:
        # Down all active polynomials at once, along the free masses.
        matrix = floats.gradients(near)[list(corner.active)]
        moves = np.array(list(_exchanges(space, corner)), dtype=float)
        if moves.size:
            step = np.linalg.lstsq(matrix @ moves.T, -np.ones(len(matrix)), rcond=None)[0]
            way = moves.T @ step
            size = float(np.abs(way).max(initial=0.0))
            if size > 0:
                yield tuple(Fraction(x / size).limit_denominator(10**6) for x in way.tolist())
    for point in inner:
        yield tuple(Fraction(x) - y for x, y in zip(point, corner.point, strict=True))


def _exchanges(space: Space, corner: Corner) -> Iterator[list[int]]:
    for row, part in zip(space.rows, corner.free, strict=True):
        for c in part[1:]:
            way = [0] * space.size
            way[row.places[c - 1]] += 1
            if part[0]:
                way[row.places[part[0] - 1]] -= 1
            yield way


def _starts_inside(cell: Cell, point: Sequence[Fraction], way: Sequence[Fraction]) -> bool:
    from flint import Ordering, fmpq_mpoly_ctx

    ring = fmpq_mpoly_ctx.get(["t"], Ordering.lex)
    (t,) = ring.gens()
    line = [ring.constant(rational(x)) + rational(w) * t for x, w in zip(point, way, strict=True)]
    for polynomial in cell.bounds:
        terms = polynomial.compose(*line, ctx=ring).to_dict()
        if not terms or terms[min(terms)] > 0:
            return False
    return True


def witness(
    space: Space, cell: Cell, corner: Corner, found: Reached, beyond: Fraction
) -> tuple[Fraction, ...] | None:
    """An inner point of the cell whose error exceeds the corner's by at most `beyond`."""
    top = space.error(corner.point) + beyond
    middle = [Fraction(1, len(row.home)) for row in space.rows for _ in row.places]
    start = [x if corner.is_rational else x.limit_denominator(10**9) for x in corner.point]
    part = Fraction(1)
    for _ in range(HALVINGS):
        along = [x + part * w for x, w in zip(start, found.way, strict=True)]
        mixed = part / 8
        for _ in range(24):
            point = tuple(x + mixed * (m - x) for x, m in zip(along, middle, strict=True))
            if _is_inside(space, cell, point) and space.error(point) <= top:
                return point
            mixed = mixed / 8
        part = part / 2
    return None


def _is_inside(space: Space, cell: Cell, point: Sequence[Fraction]) -> bool:
    if any(m <= 0 for row in space.rows for m in row.masses(point)):
        return False
    return all(value(p, point) < 0 for p in cell.bounds)
