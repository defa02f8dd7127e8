r"""Polynomials on boxes in Bernstein form: their signs are read off their coefficients.

A polynomial of degree \(n_j\) in variable j is a tensor of shape \((n_1+1,\dots,n_d+1)\): on the
box \([l,h]\), with \(x_j=l_jv_j+h_ju_j\) and \(u_j+v_j=1\), its entry at \(\alpha\) is the
coefficient of \(\prod_ju_j^{\alpha_j}v_j^{n_j-\alpha_j}\). All u and v being nonnegative, a
polynomial with coefficients of one sign has that sign on the box (the Bernstein coefficients are
these divided by binomials). A polynomial of degree one in each variable has its values at the
corners for coefficients. The same functions serve floats and rationals.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

from ..numbers import Array


def product(p: Array, q: Array) -> Array:
    """The product of two polynomials in the same variables; degrees add."""
    shape = tuple(a + b - 1 for a, b in zip(p.shape, q.shape, strict=True))
    found = _zeros(shape, p.dtype)
    for place in np.ndindex(*q.shape):
        factor = q[place]
        if factor:
            at = tuple(slice(k, k + size) for k, size in zip(place, p.shape, strict=True))
            found[at] = found[at] + p * factor
    return found


def raised(p: Array, shape: Sequence[int]) -> Array:
    """The same polynomial written with higher degrees."""
    for axis, size in enumerate(shape):
        while p.shape[axis] < size:
            p = shifted(p, axis, 0) + shifted(p, axis, 1)
    return p


def shifted(p: Array, axis: int, by: int) -> Array:
    """The polynomial times u (by 1) or v (by 0) of one variable."""
    shape = (*p.shape[:axis], p.shape[axis] + 1, *p.shape[axis + 1 :])
    found = _zeros(shape, p.dtype)
    found[(slice(None),) * axis + (slice(by, by + p.shape[axis]),)] = p
    return found


def placed(p: Array, at: Sequence[int], shape: Sequence[int]) -> Array:
    r"""The polynomial times \(\prod_ju_j^{\alpha_j}v_j^{m_j-\alpha_j}\), m the missing degrees."""
    found = _zeros(tuple(shape), p.dtype)
    found[tuple(slice(k, k + size) for k, size in zip(at, p.shape, strict=True))] = p
    return found


def restricted(p: Array, axis: int, low: Any, high: Any) -> Array:
    """The polynomial on the part [low, high] of one variable's interval, both within [0, 1].

    Example:
        >>> square = np.array([0.0, 0.0, 1.0])  # u^2
        >>> restricted(square, 0, 0.0, 0.5).tolist()
        [0.0, 0.0, 0.25]
    """
    degree = p.shape[axis] - 1
    if degree == 0:
        return p
    moved = np.moveaxis(p, axis, 0)
    if degree == 1:
        ends = [moved[0] + (moved[1] - moved[0]) * x for x in (low, high)]
        return np.moveaxis(np.stack(ends), 0, axis)
    rows = _substitution(degree, low, high)
    parts = []
    for row in rows:
        total = moved[0] * row[0]
        for k in range(1, degree + 1):
            total = total + moved[k] * row[k]
        parts.append(total)
    return np.moveaxis(np.stack(parts), 0, axis)


def _substitution(degree: int, low: Any, high: Any) -> list[list[Any]]:
    """Row k: what u^m v^(n-m) contributes to the new coefficient k, m from 0 to n."""
    columns = []
    for m in range(degree + 1):
        found = [low * 0 + 1]
        for k in range(degree):
            # u becomes low v + high u, v becomes (1 - low) v + (1 - high) u.
            least, most = (low, high) if k < m else (1 - low, 1 - high)
            grown = [low * 0] * (len(found) + 1)
            for power, c in enumerate(found):
                grown[power] = grown[power] + c * least
                grown[power + 1] = grown[power + 1] + c * most
            found = grown
        columns.append(found)
    return [list(row) for row in zip(*columns, strict=True)]


def on_box(p: Array, box: Sequence[tuple[Any, Any]]) -> Array:
    """The polynomial, given on the unit cube, on a box inside it."""
    for axis, (low, high) in enumerate(box):
        if low != 0 or high != 1:
            p = restricted(p, axis, low, high)
    return p


def derivative(p: Array, axis: int, width: Any) -> Array:
    """The derivative by one variable, whose interval has this width; of degree one less."""
    degree = p.shape[axis] - 1
    moved = np.moveaxis(p, axis, 0)
    if degree == 0:
        return p * 0
    # n times the differences of Bernstein coefficients, scaled by the smaller binomials.
    parts = [(moved[k + 1] * (k + 1) - moved[k] * (degree - k)) / width for k in range(degree)]
    return np.moveaxis(np.stack(parts), 0, axis)


@cache
def binomials(shape: tuple[int, ...]) -> Array:
    """The products of binomials by which Bernstein coefficients differ from the entries."""
    found = np.ones((1,) * len(shape))
    for axis, size in enumerate(shape):
        row = [float(math.comb(size - 1, k)) for k in range(size)]
        found = found * np.reshape(row, [-1 if k == axis else 1 for k in range(len(shape))])
    found.flags.writeable = False
    return found


def coefficients_range(p: Array) -> tuple[Any, Any]:
    """Bounds on the values over the box: the least and the largest Bernstein coefficient."""
    scaled = p.ravel() / _exact_binomials(p.shape, p.dtype)
    return scaled.min(), scaled.max()


def _exact_binomials(shape: Sequence[int], dtype: Any) -> Array:
    found = binomials(shape).ravel()
    return found if np.dtype(dtype).kind == "f" else np.array([int(x) for x in found], dtype=object)


def at_point(p: Array, point: Sequence[Any]) -> Any:
    """The value at a point given in the box's own coordinates, in [0, 1]."""
    for x in reversed(point):
        degree = p.shape[-1] - 1
        total = p[..., 0] * (1 - x) ** degree
        for k in range(1, degree + 1):
            total = total + p[..., k] * (x**k * (1 - x) ** (degree - k))
        p = total
    return p if not isinstance(p, np.ndarray) else p[()]


def fixed(p: Array, axis: int, x: Any) -> Array:
    """The polynomial with one variable fixed at x of its interval, in one variable fewer."""
    moved = np.moveaxis(p, axis, -1)
    degree = p.shape[axis] - 1
    total = moved[..., 0] * (1 - x) ** degree
    for k in range(1, degree + 1):
        total = total + moved[..., k] * (x**k * (1 - x) ** (degree - k))
    return np.asarray(total, dtype=p.dtype)


def is_flat(p: Array, axis: int) -> bool:
    """Whether the polynomial does not depend on the variable."""
    degree = p.shape[axis] - 1
    moved = np.moveaxis(p, axis, 0)
    return all(np.all(moved[k] == moved[0] * math.comb(degree, k)) for k in range(1, degree + 1))


def powers(p: Array) -> dict[tuple[int, ...], Fraction]:
    """The coefficients by powers of the variables, of a rational tensor on the unit cube."""
    for axis in range(p.ndim):
        degree = p.shape[axis] - 1
        moved = np.moveaxis(p, axis, 0)
        parts = []
        for k in range(degree + 1):
            # u^m (1-u)^(n-m) holds u^k with coefficient (-1)^(k-m) C(n-m, k-m).
            total = moved[k]
            for m in range(k):
                total = total + moved[m] * ((-1) ** (k - m) * math.comb(degree - m, k - m))
            parts.append(total)
        p = np.moveaxis(np.stack(parts), 0, axis)
    entries = zip(np.ndindex(*p.shape), p.ravel().tolist(), strict=True)
    return {place: Fraction(int(x.p), int(x.q)) for place, x in entries if x != 0}


def _zeros(shape: tuple[int, ...], dtype: Any) -> Array:
    if np.dtype(dtype).kind == "f":
        return np.zeros(shape)
    from flint import fmpq

    found: Array = np.empty(shape, dtype=object)
    found.fill(fmpq(0))
    return found
