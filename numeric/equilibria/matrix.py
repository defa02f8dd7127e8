r"""Zero-sum matrix games, many at a time, by the simplex method.

With payoffs shifted so that all are at least 1, the column player's problem \(\max\sum_by_b\),
\(My\le1\), \(y\ge0\) starts from the feasible basis \(y=0\); the value is \(1/\sum_by_b\), the
strategies are the normalised solution and its multipliers (Dantzig 1951). All games take their
pivots together. Steepest reduced cost first; after a while Bland's rule, which cannot cycle.

What comes out is a suggestion in floats: whoever needs a proof bounds the gap of the result.
"""

from typing import NamedTuple

import numpy as np

from ..numbers import Array

_ZERO = 1e-11


class MatrixSolutions(NamedTuple):
    """Values [B] for the row player and strategies [B, m], [B, k]."""

    values: Array
    rows: Array
    columns: Array


def solve_matrix_games(payoffs: Array) -> MatrixSolutions:
    """Values and optimal strategies of a batch of matrix games.

    Args:
        payoffs: the row player's, shape [B, m, k], float64.

    Example:
        >>> import numpy as np
        >>> found = solve_matrix_games(np.array([[[1.0, -1.0], [-1.0, 1.0]]]))
        >>> found.values.round(12).tolist(), found.rows.round(12).tolist()
        ([0.0], [[0.5, 0.5]])
    """
    batch, m, k = payoffs.shape
    lowest = payoffs.min(axis=(1, 2))
    spread = np.maximum(payoffs.max(axis=(1, 2)) - lowest, 1e-300)
    tableau = np.zeros((batch, m + 1, k + m + 1))
    tableau[:, :m, :k] = (payoffs - lowest[:, None, None]) / spread[:, None, None] + 1
    tableau[:, :m, k : k + m] = np.eye(m)
    tableau[:, :m, -1] = 1
    tableau[:, m, :k] = -1
    basis = np.tile(np.arange(k, k + m), (batch, 1))
    _pivot_all(tableau, basis)
    total = tableau[:, m, -1]
    columns = np.zeros((batch, k + m))
    np.put_along_axis(columns, basis, tableau[:, :m, -1], axis=1)
    values = (1 / total - 1) * spread + lowest
    rows = _distributions(tableau[:, m, k : k + m])
    return MatrixSolutions(values, rows, _distributions(columns[:, :k]))


def _pivot_all(tableau: Array, basis: Array) -> None:
    m = basis.shape[1]
    active = np.arange(len(tableau))
    patience = 4 * tableau.shape[2]
    for turn in range(50 * tableau.shape[2]):
        costs = tableau[active, m, :-1]
        active = active[(costs < -_ZERO).any(axis=1)]
        if not len(active):
            return
        part = tableau[active]
        costs = part[:, m, :-1]
        entering = costs.argmin(axis=1) if turn < patience else (costs < -_ZERO).argmax(axis=1)
        at = np.arange(len(active))
        column = part[at, :, entering]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(column[:, :m] > _ZERO, part[:, :m, -1] / column[:, :m], np.inf)
        least = ratios.min(axis=1)
        # Among ties the basic variable of least index leaves, as Bland's rule wants.
        tied = ratios <= least[:, None] + _ZERO
        leaving = np.where(tied, basis[active], tableau.shape[2]).argmin(axis=1)
        row = part[at, leaving] / column[at, leaving][:, None]
        part -= column[:, :, None] * row[:, None, :]
        part[at, leaving] = row
        tableau[active] = part
        basis[active, leaving] = entering


def _distributions(weights: Array) -> Array:
    kept = np.where(weights > _ZERO, weights, 0.0)
    scaled: Array = kept / kept.sum(axis=1, keepdims=True)
    return scaled
