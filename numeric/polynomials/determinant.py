"""Determinants of small matrices of polynomials, which are not divided."""

from collections.abc import Sequence
from typing import Any


def determinant(matrix: Sequence[Sequence[Any]]) -> Any:
    """By the first column, zeros left out.

    Example:
        >>> determinant([[1, 2], [3, 4]])
        -2
    """
    if len(matrix) == 1:
        return matrix[0][0]
    total = 0 * matrix[0][0]
    for k, row in enumerate(matrix):
        if row[0] != 0:
            minor = [line[1:] for m, line in enumerate(matrix) if m != k]
            part = row[0] * determinant(minor)
            total = total + part if k % 2 == 0 else total - part
    return total
