"""Linear systems, in flint rationals (exact) or float64 by the dtype of the matrix."""

import numpy as np

from .numbers import Array


def solve(matrix: Array, right: Array) -> Array:
    """Solves `matrix @ x = right`.

    Args:
        matrix: shape [m, m], invertible; dtype object with flint rationals, or float64.
        right: shape [m] or [m, k].

    Returns:
        x, of the shape and arithmetic of `right`.
    """
    if matrix.dtype != object:
        return np.linalg.solve(matrix, right)
    from flint import fmpq_mat

    m = matrix.shape[0]
    columns = 1 if right.ndim == 1 else right.shape[1]
    left = fmpq_mat(m, m, matrix.ravel().tolist())
    solution = left.solve(fmpq_mat(m, columns, right.ravel().tolist()))
    return _entries(solution.entries(), right.shape)


def times(matrix: Array, vector: Array) -> Array:
    """`matrix @ vector` over the last axis of a matrix of any shape [..., m]."""
    if matrix.dtype != object:
        return matrix @ vector
    from flint import fmpq_mat

    m = matrix.shape[-1]
    rows = matrix.size // m
    product = fmpq_mat(rows, m, matrix.ravel().tolist()) * fmpq_mat(m, 1, vector.tolist())
    return _entries(product.entries(), matrix.shape[:-1])


def average(array: Array, weights: Array, axis: int) -> Array:
    """Averages one axis with weights that depend on the first axis.

    Args:
        array: shape [S, ..., A, ...].
        weights: shape [S, A].
        axis: where A stands in `array`, at least 1.

    Returns:
        shape [S, ..., ...], the axis gone.
    """
    shape = array.shape
    before = int(np.prod(shape[1:axis], dtype=int))
    blocks = array.reshape(shape[0], before, shape[axis], -1)
    mixed = np.matmul(weights[:, None, None, :], blocks)
    return mixed.reshape(shape[:axis] + shape[axis + 1 :])


def _entries(flat: list[object], shape: tuple[int, ...]) -> Array:
    out = np.empty(len(flat), dtype=object)
    out[:] = flat
    return out.reshape(shape)
