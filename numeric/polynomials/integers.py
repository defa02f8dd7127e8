r"""Signs of polynomials on boxes, from Bernstein coefficients in integers.

On a box a polynomial of degree \(d_k\) in coordinate k lies between its least and greatest
coefficient in the tensor Bernstein basis. Cuts at fractions are exact, each polynomial up to a
positive factor; on small boxes the coefficients are rounded down to 64 bits, and halving rounds
down again: what is then at least 0 is so.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from ..numbers import Array

BITS = 44


def coefficients(polynomials: Sequence[Any], size: int) -> Array:
    """Bernstein coefficients on the unit box, [K, d_1+1, ..., d_size+1], exact integers."""
    degrees = [max(p.degrees()[k] for p in polynomials) for k in range(size)]
    found = np.zeros((len(polynomials), *(d + 1 for d in degrees)), dtype=object)
    for row, polynomial in zip(found, polynomials, strict=True):
        scale = math.lcm(*(int(c.q) for c in polynomial.coeffs()), 1)
        for powers, c in polynomial.to_dict().items():
            row[tuple(int(x) for x in powers[:size])] = int(c.p) * (scale // int(c.q))
    for k, degree in enumerate(degrees):
        matrix = np.array(
            [
                [
                    math.comb(i, j) * (math.factorial(degree) // math.comb(degree, j))
                    for j in range(degree + 1)
                ]
                for i in range(degree + 1)
            ],
            dtype=object,
        )
        found = np.moveaxis(np.tensordot(matrix, found, axes=(1, k + 1)), 0, k + 1)
    return found


def cut(form: Array, axis: int, part: Fraction) -> tuple[Array, Array]:
    """The coefficients on both sides of `part` of the way along a coordinate, exactly."""
    left, right = part.denominator - part.numerator, part.numerator
    return _casteljau(form, axis, lambda a, b: left * a + right * b, part.denominator)


def halve(form: Array, axis: int) -> tuple[Array, Array]:
    """Both halves along a coordinate, rounded down; `form` as `rounded` returns it."""
    return _casteljau(form, axis, lambda a, b: (a + b) >> 1, 1)


def _casteljau(form: Array, axis: int, mean: Any, scale: int) -> tuple[Array, Array]:
    now = np.moveaxis(form, axis + 1, 0)
    degree = len(now) - 1
    low, high = [now[0] * scale**degree], [now[-1] * scale**degree]
    for step in range(1, degree + 1):
        now = mean(now[:-1], now[1:])
        rest = scale ** (degree - step)
        low.append(now[0] * rest)
        high.append(now[-1] * rest)
    return np.moveaxis(np.stack(low), 0, axis + 1), np.moveaxis(np.stack(high[::-1]), 0, axis + 1)


def rounded(form: Array) -> Array:
    """64-bit integers, each polynomial scaled to about `BITS` bits and rounded down."""
    found = np.empty(form.shape, dtype=np.int64)
    for k, row in enumerate(form):
        flat = row.ravel().tolist()
        shift = max(abs(x) for x in flat).bit_length() - BITS
        found[k] = np.array([x >> shift if shift > 0 else x << -shift for x in flat]).reshape(
            row.shape
        )
    return found
