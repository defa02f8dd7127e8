"""Linear systems, in flint rationals (exact) or float64 by the dtype of the matrix."""

import math
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from .numbers import Array, filled


def solve(matrix: Array, right: Array) -> Array:
    """Solves `matrix @ x = right`.

    Args:
        matrix: shape [m, m], invertible; dtype object with flint rationals, or float64.
        right: shape [m] or [m, k].

    Returns:
        x, of the shape and arithmetic of `right`.

    Raises:
        BadInput: the float64 matrix is singular to working precision.
    """
    if matrix.dtype != object:
        try:
            return np.linalg.solve(matrix, right)
        except np.linalg.LinAlgError:
            given = "so close to 1 that I - gamma P is singular in float64"
            raise BadInput("discount", given, "a smaller one, or an exact game") from None
    from flint import fmpq_mat

    m = matrix.shape[0]
    columns = 1 if right.ndim == 1 else right.shape[1]
    left = fmpq_mat(m, m, matrix.ravel().tolist())
    solution = left.solve(fmpq_mat(m, columns, right.ravel().tolist()))
    return filled(solution.entries(), right.shape)


def times(matrix: Array, vector: Array) -> Array:
    """`matrix @ vector` over the last axis of a matrix of any shape [..., m]."""
    m = matrix.shape[-1]
    if matrix.dtype != object:
        product: Array = (matrix.reshape(-1, m) @ vector).reshape(matrix.shape[:-1])
        return product
    from flint import fmpq_mat

    left = fmpq_mat(matrix.size // m, m, matrix.ravel().tolist())
    return filled((left * fmpq_mat(m, 1, vector.tolist())).entries(), matrix.shape[:-1])


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
    rest = shape[:axis] + shape[axis + 1 :]
    blocks = array.reshape(shape[0], math.prod(shape[1:axis]), shape[axis], -1)
    if array.dtype == object and _is_pure(weights):
        # A pure policy, the common case in exact work, picks entries and computes nothing.
        return blocks[np.arange(shape[0]), :, weights.argmax(axis=1)].reshape(rest)
    mixed: Array = np.matmul(weights[:, None, None, :], blocks).reshape(rest)
    return mixed


def residual_matrix(kernel: Array, gamma: Any) -> Array:
    r"""\(I-\gamma P\) for a kernel P of shape [S, S]."""
    matrix: Array = kernel * -gamma
    matrix.flat[:: len(matrix) + 1] += 1
    return matrix


def _is_pure(weights: Array) -> bool:
    ones = weights == 1
    return bool((ones.sum(axis=1) == 1).all() and (ones | (weights == 0)).all())
