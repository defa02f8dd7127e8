r"""Every extreme Nash equilibrium of a bimatrix game, in rationals.

With payoffs shifted to be positive, strategies of the row player are, up to scale, the points of
\(\{x\ge0:B^\top x\le1\}\), those of the column player of \(\{y\ge0:Ay\le1\}\). A vertex of either
is found from supports I, J of equal size: \(B_{IJ}^\top x_I=1\) with \(x_I>0\). A pair of vertices
is an equilibrium exactly if each strategy played is a best response (\(x_a>0\Rightarrow(Ay)_a=1\)
and vice versa). These pairs are all equilibria of a nondegenerate game; of a degenerate one they
are the corners, and every equilibrium is a mixture of corners.

Source: O. L. Mangasarian, Equilibrium points of bimatrix games, J. SIAM 12 (1964).
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import Array, filled, public, working
from ..tables import shape_of, table

Strategies = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
LARGEST = 200_000
"""Pairs of supports that are tried at most."""


def bimatrix_equilibria(first: Any, second: Any) -> tuple[Strategies, ...]:
    """All extreme equilibria, in lexicographic order of the supports.

    Args:
        first: the row player's payoffs, shape [m, k], exact numbers.
        second: the column player's payoffs, the same shape.

    Raises:
        BadInput: shapes differ, floats, or too many pairs of supports.

    Example:
        >>> for x, y in bimatrix_equilibria([[2, 0], [0, 1]], [[1, 0], [0, 2]]):
        ...     print(*x, *y)
        1 0 1 0
        0 1 0 1
        2/3 1/3 1/3 2/3
    """
    left, right = _payoffs(first, "first"), _payoffs(second, "second")
    if left.shape != right.shape:
        given = f"shapes {list(left.shape)} and {list(right.shape)}"
        raise BadInput("payoffs", given, "the same shape [m, k]")
    m, k = left.shape
    pairs = comb(m + k, m) - 1
    if pairs > LARGEST:
        raise BadInput("payoffs", f"{pairs} pairs of supports", f"at most {LARGEST}")
    rows = list(_vertices(right.T))
    columns = list(_vertices(left))
    found = []
    for x, paid_columns in rows:
        for y, paid_rows in columns:
            if _answers(x, paid_rows) and _answers(y, paid_columns):
                found.append((_normalised(x), _normalised(y)))
    return tuple(found)


def _payoffs(given: Any, where: str) -> Array:
    shape = shape_of(given)
    if len(shape) != 2 or 0 in shape:
        raise BadInput(where, f"shape {list(shape)}", "a matrix [m, k] of payoffs")
    read = table(given, shape, where)
    if read.dtype != object:
        raise BadInput(where, "floats", "exact numbers: whole, Fraction or text")
    exact = working(read)
    # A shift changes no best response.
    shifted: Array = exact + (1 - min(exact.ravel().tolist()))
    return shifted


def _vertices(paid: Array) -> Iterator[tuple[Array, Array]]:
    """Vertices z other than 0 of {z >= 0: paid @ z <= 1}, each with `paid @ z`."""
    from flint import fmpq_mat

    constraints, size = paid.shape
    seen: set[tuple[Any, ...]] = set()
    for width in range(1, min(constraints, size) + 1):
        ones = fmpq_mat(width, 1, [1] * width)
        for support in combinations(range(size), width):
            for tight in combinations(range(constraints), width):
                system = fmpq_mat(width, width, paid[np.ix_(tight, support)].ravel().tolist())
                if system.det() == 0:
                    continue
                part = system.solve(ones).entries()
                if min(part) <= 0:
                    continue
                point = working(filled([Fraction(0)] * size, (size,))).copy()
                point[list(support)] = part
                reached = paid @ point
                key = tuple((int(x.p), int(x.q)) for x in point)
                if max(reached) <= 1 and key not in seen:
                    seen.add(key)
                    yield point, reached


def _answers(strategy: Array, reached: Array) -> bool:
    return all(at == 0 or top == 1 for at, top in zip(strategy, reached, strict=True))


def _normalised(point: Array) -> tuple[Fraction, ...]:
    return tuple(public(point / sum(point.tolist())).tolist())
