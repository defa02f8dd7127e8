r"""Upper bounds on a program over a box: multipliers that floats propose and rationals check.

With weights \(w_j\ge0\) and polynomials \(\lambda_g,\mu_k\) of which \(\lambda_g\ge|\mu_k|\) in
every Bernstein coefficient, each feasible x satisfies
\(\lambda_gc_g-\sum_{k\in g}\mu_kv_k\ge\lambda_g(c_g-\sum_k|v_k|)\ge0\). So if no coefficient of

\[\sum_jw_jN_j+\sum_g\bigl(\lambda_gc_g-\sum_{k\in g}\mu_kv_k\bigr)-t\sum_jw_jD_j\]

is positive, then \(\min_jN_j/D_j\le t\) on the feasible part of the box. A linear program in floats
proposes the multipliers for a threshold; the least t for them is then computed exactly.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.numeric.numbers import Array
from nashgap.numeric.polynomials.bernstein import placed, raised

from .program import Ball, Program, common, rational

LOWEST = -1.0
"""How far below the threshold a bound is looked for, in units of the program's range."""
MOST_OFFSETS = 30


@dataclass(frozen=True)
class Column:
    """One multiplier: what it multiplies, the shift in degrees, and its value.

    Attributes:
        kind: "weight", "cap", "term" or "above". place: which objective, ball or polynomial.
        term: which term of the ball. signs: of a cap, the terms that come with it.
    """

    kind: str
    place: int
    offset: tuple[int, ...] | None = None
    term: int = 0
    signs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Multipliers and the bound that they give in floats."""

    bound: float
    columns: tuple[Column, ...]
    values: tuple[float, ...]


def propose(program: Program, threshold: float, *, rich: bool) -> Proposal:
    """The multipliers whose bound lies furthest below the threshold, from a linear program.

    Args:
        program: in floats, on the box.
        threshold: t.
        rich: polynomials as multipliers of the constraints, else constants.
    """
    from scipy.optimize import linprog

    shape = program.objectives[0][0].shape
    scale = np.sum([d for _, d in program.objectives], axis=0).ravel()
    columns, entries, tied = _columns(program, shape, threshold, rich)
    matrix = np.array(entries).reshape(len(entries), -1) / scale
    sizes = np.maximum(np.abs(matrix).max(axis=1), 1e-300)
    weights = sum(c.kind == "weight" for c in columns)
    sizes[:weights] = 1.0
    matrix = matrix / sizes[:, None]
    count = len(columns)
    rows = [np.concatenate([matrix.T, -np.ones((matrix.shape[1], 1))], axis=1)]
    for k, cap in tied:
        for sign in (1.0, -1.0):
            row = np.zeros(count + 1)
            row[k], row[cap] = sign / sizes[k], -1.0 / sizes[cap]
            rows.append(row[None])
    upper = np.concatenate(rows)
    right = np.zeros(len(upper))
    cost = np.zeros(count + 1)
    cost[-1] = 1.0
    equal = np.zeros((1, count + 1))
    equal[0, :weights] = 1.0
    spread = max(1.0, float(np.abs(matrix[:weights]).max()))
    bounds: list[tuple[float | None, float | None]] = [
        (None if c.kind == "term" else 0.0, None) for c in columns
    ]
    bounds.append((LOWEST * spread, None))
    found = linprog(cost, upper, right, equal, [1.0], bounds=bounds, method="highs")
    if found.status != 0:
        values = np.array([1.0 / weights if c.kind == "weight" else 0.0 for c in columns])
        return Proposal(float("inf"), tuple(columns), tuple(values.tolist()))
    values = found.x[:count] / sizes
    return Proposal(threshold + float(found.x[-1]), tuple(columns), tuple(values.tolist()))


def _columns(
    program: Program, shape: tuple[int, ...], threshold: float, rich: bool
) -> tuple[list[Column], list[Array], list[tuple[int, int]]]:
    columns = [Column("weight", j) for j in range(len(program.objectives))]
    entries = [n - threshold * d for n, d in program.objectives]
    tied = []
    for g, ball in enumerate(program.balls):
        signs = tuple(sign_on(v) for v in ball.terms)
        cap = whole(ball, signs)
        size = _size(ball)
        for offset in _offsets(size, shape, rich):
            at = len(columns)
            columns.append(Column("cap", g, offset, signs=signs))
            entries.append(_spread(cap, size, offset, shape))
            for k, (v, sign) in enumerate(zip(ball.terms, signs, strict=True)):
                if not sign:
                    tied.append((len(columns), at))
                    columns.append(Column("term", g, offset, term=k))
                    entries.append(-_spread(v, size, offset, shape))
    for k, p in enumerate(program.above):
        for offset in _offsets(p.shape, shape, rich):
            columns.append(Column("above", k, offset))
            entries.append(_spread(p, p.shape, offset, shape))
    return columns, entries, tied


def whole(ball: Ball, signs: Sequence[int]) -> Array:
    """The cap minus the terms whose sign is known."""
    known = [v * sign for v, sign in zip(ball.terms, signs, strict=True) if sign]
    shape = common(ball.cap, *known)
    found = raised(ball.cap, shape)
    for v in known:
        found = found - raised(v, shape)
    return found


def sign_on(v: Array) -> int:
    """The sign that the coefficients show on the box; 0 if they show none."""
    if (v >= 0).all():
        return 1
    return -1 if (v <= 0).all() else 0


def _offsets(
    size: Sequence[int], shape: tuple[int, ...], rich: bool
) -> Iterator[tuple[int, ...] | None]:
    missing = [range(n - m + 1) for n, m in zip(shape, size, strict=True)]
    if rich and np.prod([len(part) for part in missing]) <= MOST_OFFSETS:
        yield from itertools.product(*missing)
    else:
        yield None


def _spread(
    p: Array, size: Sequence[int], offset: tuple[int, ...] | None, shape: tuple[int, ...]
) -> Array:
    return raised(p, shape) if offset is None else placed(raised(p, size), offset, shape)


def exact_bound(program: Program, proposal: Proposal) -> Fraction:
    """The least bound that the multipliers give, rounded to rationals first.

    Args:
        program: in rationals, on the box.
        proposal: of `propose`.
    """
    return bound_of(program, proposal.columns, _rounded(proposal))


def bound_of(program: Program, columns: Sequence[Column], values: Sequence[Any]) -> Fraction:
    """The least t for exact multipliers, which are made feasible where they are not."""
    objectives = [(k, c.place) for k, c in enumerate(columns) if c.kind == "weight"]
    above: Any = sum(
        (program.objectives[j][0] * values[k] for k, j in objectives), start=rational(0)
    )
    below: Any = sum(
        (program.objectives[j][1] * values[k] for k, j in objectives), start=rational(0)
    )
    most = rational(0)
    for column, x in zip(columns, values, strict=True):
        if column.kind == "cap":
            most = x
        if column.kind == "term":
            # The terms follow their cap; a sign that floats got wrong is no harm either.
            x = max(-most, min(most, x))
        if x and column.kind != "weight":
            above = above + polynomial(program, column) * x
    ratios: Array = above / below
    ratio = max(ratios.ravel().tolist())
    return Fraction(int(ratio.p), int(ratio.q))


def entries_of(
    program: Program, columns: Sequence[Column], chosen: Sequence[int], threshold: Fraction
) -> list[list[Any]]:
    """The coefficients that the chosen multipliers stand for, at a threshold."""
    found = []
    for k in chosen:
        column = columns[k]
        if column.kind == "weight":
            n, d = program.objectives[column.place]
            found.append((n - rational(threshold) * d).ravel().tolist())
        else:
            found.append(polynomial(program, column).ravel().tolist())
    return found


def polynomial(program: Program, column: Column) -> Array:
    """What a multiplier of a constraint multiplies, in the shape of the objectives."""
    shape = program.objectives[0][0].shape
    if column.kind == "above":
        p = program.above[column.place]
        return _spread(p, p.shape, column.offset, shape)
    ball = program.balls[column.place]
    known = column.kind == "cap"
    part = whole(ball, column.signs) if known else -ball.terms[column.term]
    return _spread(part, _size(ball), column.offset, shape)


def _size(ball: Ball) -> tuple[int, ...]:
    return common(ball.cap, *ball.terms)


def _rounded(proposal: Proposal) -> list[Any]:
    found = []
    for column, x in zip(proposal.columns, proposal.values, strict=True):
        near = Fraction(x).limit_denominator(10**6) if abs(x) < 10**6 else Fraction(round(x))
        if abs(near - Fraction(x)) > 1e-10 * abs(x):
            near = Fraction(x)
        if column.kind != "term":
            near = max(near, Fraction(0))
        found.append(rational(near))
    return found
