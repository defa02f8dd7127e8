r"""Bounds in floats that hold: how far a tensor in floats is from the polynomial it stands for.

The norm \(\|p\|\) is the largest size of a Bernstein coefficient. On a part of the box the
coefficients are averages of those on the whole, so that the norm does not grow. With unit roundoff
u and degrees of at most 4, one cut moves a coefficient by at most \(32u\|p\|\): the weights of the
averages are sums of products of at most 4 numbers, each within \(12u\) of itself, added up with
\(5u\) more, and the place of the cut is rounded as well. `UNIT` is \(64u\).
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from nashgap.numeric.numbers import Array
from nashgap.numeric.polynomials.bernstein import binomials, coefficients_range

from .ceiling import Column, Proposal, polynomial
from .program import Ball, Program

UNIT = 2.0**-47
SUMMED = 2.0**-43
"""What raising degrees may lose, of the sizes."""
ADDED = 2.0**-52
"""What every multiple that is added up may lose beside that, of the sizes of all."""
DEGREE = 4
"""In each variable, at most: what is said above of one cut."""


def norm(p: Array) -> float:
    """The largest size of a Bernstein coefficient, of a polynomial in floats."""
    low, high = coefficients_range(p)
    return float(max(-low, high))


def norms(program: Program) -> Program:
    """The norm of every polynomial, in its place; of a ball's cap with all its terms."""
    return Program(
        tuple((np.array(norm(n)), np.array(norm(d))) for n, d in program.objectives),
        tuple(
            Ball(
                np.array(norm(b.cap) + sum(map(norm, b.terms))),
                tuple(np.array(norm(v)) for v in b.terms),
            )
            for b in program.balls
        ),
        tuple(np.array(norm(p)) for p in program.above),
        program.labels,
    )


def lost(sizes: Program, cuts: int) -> Program:
    """What Bernstein coefficients may be off after so many cuts, of every polynomial."""
    return sizes.mapped(lambda size: size * (UNIT * (cuts + 1)))


def safe_bound(program: Program, sizes: Program, proposal: Proposal, cuts: int) -> Fraction | None:
    r"""A bound that the multipliers prove, as `exact_bound`, a little larger; None for none.

    Args:
        program: in floats, on the box.
        sizes: the norms on the cube.
        proposal: of `propose`.
        cuts: how often the cube was cut.
    """
    shape = program.objectives[0][0].shape
    if max(shape, default=1) > DEGREE + 1:
        return None
    multiples = _feasible(proposal.columns, proposal.values)
    rate = UNIT * (cuts + 1) + SUMMED + ADDED * len(multiples)
    above, below = np.zeros(shape), np.zeros(shape)
    loose = [0.0, 0.0]
    for column, x in multiples:
        if column.kind == "weight":
            n, d = program.objectives[column.place]
            above, below = above + x * n, below + x * d
            for k, size in enumerate(sizes.objectives[column.place]):
                loose[k] += rate * abs(x) * float(size)
            continue
        above = above + x * polynomial(program, column)
        loose[0] += rate * abs(x) * _size(sizes, column)
    scale = binomials(shape)
    above, below = above / scale + loose[0], below / scale
    if not (below > loose[1]).all():
        return None
    ratios = above / np.where(above >= 0, below - loose[1], below + loose[1])
    top = float(ratios.max())
    return Fraction(top + 2**-50 * abs(top)) if np.isfinite(top) else None


def _feasible(columns: Sequence[Column], values: Sequence[float]) -> list[tuple[Column, float]]:
    """Multipliers that are not 0, those of constraints at least 0, of terms within their cap's."""
    found, most = [], 0.0
    for column, x in zip(columns, values, strict=True):
        x = max(-most, min(most, x)) if column.kind == "term" else max(x, 0.0)
        if column.kind == "cap":
            most = x
        if x:
            found.append((column, x))
    return found


def _size(sizes: Program, column: Column) -> float:
    if column.kind == "above":
        return float(sizes.above[column.place])
    return float(sizes.balls[column.place].cap)
