"""Exact multipliers where a bound is met: the tight coefficients become equations."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from .ceiling import Column, Proposal, bound_of, entries_of
from .program import Program, rational

CLOSE = 1e-7
MOST_ENTRIES = 60_000


def meets(program: Program, proposal: Proposal, threshold: Fraction) -> bool:
    """Whether exact multipliers near the proposed ones prove the threshold.

    Args:
        program: in rationals, on the box.
        proposal: whose bound is about the threshold.
        threshold: what no feasible point is to exceed.
    """
    values = np.array(proposal.values)
    most = max(1.0, float(np.abs(values).max()))
    support = [k for k, x in enumerate(values.tolist()) if abs(x) > 1e-9 * most]
    size = program.objectives[0][0].size
    if size * len(support) > MOST_ENTRIES:
        return False
    columns = entries_of(program, proposal.columns, support, threshold)
    floats = np.array([[float(Fraction(int(x.p), int(x.q))) for x in c] for c in columns])
    worth = values[support] @ floats
    scale = np.abs(floats).max(axis=0) * most + 1e-300
    tight = [k for k in range(size) if worth[k] > -CLOSE * scale[k]]
    rows = [[c[k] for c in columns] for k in tight if any(c[k] != 0 for c in columns)]
    right: list[Any] = [0] * len(rows)
    chosen = [proposal.columns[k] for k in support]
    for row, bound in _limits(chosen, values[support].tolist()):
        rows.append(row)
        right.append(bound)
    solved = _solved(rows, right, values[support].tolist())
    if solved is None:
        return False
    full: list[Any] = [rational(Fraction(0))] * len(values)
    for k, x in zip(support, solved, strict=True):
        if x < 0 and proposal.columns[k].kind != "term":
            return False
        full[k] = x
    return bound_of(program, proposal.columns, full) <= threshold


def _limits(columns: Sequence[Column], values: Sequence[float]) -> list[tuple[list[Any], Any]]:
    """The weights sum to 1; multipliers of terms that are as large as their cap's stay so."""
    zero, one = rational(Fraction(0)), rational(Fraction(1))
    found = [([one if c.kind == "weight" else zero for c in columns], one)]
    for k, column in enumerate(columns):
        if column.kind != "term":
            continue
        for m, cap in enumerate(columns):
            same = (cap.place, cap.offset) == (column.place, column.offset)
            if cap.kind == "cap" and same and abs(abs(values[k]) - values[m]) < CLOSE * values[m]:
                row = [zero] * len(columns)
                row[k], row[m] = one, -one if values[k] > 0 else one
                found.append((row, zero))
    return found


def _solved(rows: list[list[Any]], right: list[Any], near: Sequence[float]) -> list[Any] | None:
    """A solution of the equations, free variables as proposed; None if there is none."""
    from flint import fmpq_mat

    width = len(near)
    entries = [x for row, b in zip(rows, right, strict=True) for x in (*row, b)]
    matrix, rank = fmpq_mat(len(rows), width + 1, entries).rref()
    pivots = []
    for r in range(rank):
        pivots.append(next(k for k in range(width + 1) if matrix[r, k] != 0))
    if width in pivots:
        return None
    found = [rational(Fraction(x).limit_denominator(10**6)) for x in near]
    for r, pivot in enumerate(pivots):
        free = (k for k in range(pivot + 1, width) if k not in pivots)
        found[pivot] = matrix[r, width] - sum(
            (matrix[r, k] * found[k] for k in free), rational(Fraction(0))
        )
    return found
