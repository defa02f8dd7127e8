r"""A linear program of a few rows in floats: a primal simplex that also gives the multipliers.

Maximise \(c^\top x\), \(x\ge0\), where some rows \(a^\top x=b\) and the others \(a^\top x\le b\)
may be exceeded at a cost. Nothing here is trusted: who uses the multipliers makes them exact. It
is ten times faster than to hand a program of six rows over to a solver of large ones.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
EXCESS = 1e6
"""What it costs to exceed a row by 1: no multiplier is more."""
_STEPS = 200
"""The most exchanges."""
_SMALL = 1e-11
"""An entry below this is zero."""
_IDLE = 1e-8
"""A column that would gain less does not enter."""


@dataclass(frozen=True)
class Found:
    """An optimum, up to rounding: the point, and a multiplier for each row."""

    point: Floats
    multipliers: Floats


def maximise(gain: Floats, rows: Floats, bounds: Floats, basis: list[int]) -> Found | None:
    r"""The optimum; None if it is not reached.

    Args:
        gain: \(c\), [n].
        rows: \(a\), [m, n]; as many of the first are equalities as `basis` has columns.
        bounds: \(b\), [m].
        basis: columns that satisfy the equalities together, each at least 0.

    Example:
        >>> found = maximise(
        ...     np.array([1.0, 0.0]), np.array([[1.0, 1.0], [3.0, 1.0]]), np.array([1.0, 2.0]), [1]
        ... )
        >>> found.point.round(9).tolist(), found.multipliers.round(9).tolist()
        ([0.5, 0.5], [-0.5, 0.5])
    """
    equal, (count, columns) = len(basis), rows.shape
    loose = count - equal
    slack = np.vstack([np.zeros((equal, loose)), np.eye(loose)])
    whole = np.hstack([rows, slack, -slack])
    costs = np.concatenate([gain, np.zeros(loose), np.full(loose, -EXCESS)])
    first = np.linalg.solve(rows[:equal, basis], bounds[:equal])
    left = bounds[equal:] - rows[equal:, basis] @ first
    basic = [*basis, *(columns + k if v >= 0 else columns + loose + k for k, v in enumerate(left))]
    table = np.linalg.solve(whole[:, basic], np.column_stack([whole, bounds]))
    prices = np.append(costs, 0.0) - costs[basic] @ table
    for _ in range(_STEPS):
        enters = int(prices[:-1].argmax())
        if prices[enters] <= _IDLE:
            point = np.zeros(whole.shape[1])
            point[basic] = table[:, -1]
            multipliers = np.linalg.solve(whole[:, basic].T, costs[basic]).astype(np.float64)
            return Found(point[:columns], multipliers)
        column = table[:, enters]
        able = np.flatnonzero(column > _SMALL)
        if not able.size:
            return None
        leaves = int(able[(table[able, -1] / column[able]).argmin()])
        row = table[leaves] / column[leaves]
        table -= np.outer(column, row)
        table[leaves] = row
        prices -= prices[enters] * row
        basic[leaves] = enters
    return None
