r"""That a cell keeps away from the expert, by branch and bound on boxes of opponents.

A box holds no point of the cell with an error below D if its least error is at least D, if one of
the cell's polynomials is \(\ge0\) all over it, if one of the given tangents is, or if it lies in
one of the given neighbourhoods, where that is proved already. A tangent is a polynomial that is
negative wherever the cell comes closer than D: \(\xi(p)+\sum_k\lambda_kF_k(p)-D\) with
\(\lambda\ge0\) and a linear \(\xi\le E\).
"""

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from ...numbers import Array
from ...polynomials.integers import coefficients, cut, halve, rounded
from ...root import Root
from .cells import Cell
from .space import Space

Box = tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
Place = Fraction | Root
SMALL = 2.0**-16
"""The width at which a box is handed back as one that does not settle."""
_ROUNDING = 1e-11


@dataclass(frozen=True)
class Clear:
    """The cell holds no point whose error is below the place."""

    boxes: int


@dataclass(frozen=True)
class Near:
    """A point in the cell, or one of a box that does not settle, or the last before the end."""

    point: list[float]
    boxes: int
    spent: bool = False


@dataclass(order=True)
class _Piece:
    error: float
    turn: int
    low: tuple[Fraction, ...] = field(compare=False)
    high: tuple[Fraction, ...] = field(compare=False)
    form: Array = field(compare=False)


def search(
    space: Space,
    cell: Cell,
    place: Place | None,
    inside: Callable[[Sequence[float]], bool],
    *,
    tangents: Sequence[Any] = (),
    known: Sequence[Box] = (),
    cuts: Sequence[Sequence[Fraction]] = (),
    most: int,
) -> Clear | Near:
    """Settles whether the cell comes closer than `place` (None: whether it is empty).

    Args:
        space: the opponents.
        cell: the cell.
        place: D.
        inside: whether a point, in floats, seems to lie in the cell.
        tangents: see the module.
        known: neighbourhoods in which the cell does not come closer.
        cuts: by coordinate, where boxes are cut before they are halved.
        most: boxes that may be opened.
    """
    size, near = space.size, space.plain
    if not cell.bounds:
        return Near([float(x) for x in space.home], 0)
    form = coefficients([*cell.bounds, *tangents], size)
    limit = 3.0 if place is None else float(place.high if isinstance(place, Root) else place)
    heap: list[_Piece] = []
    count = 0

    def push(low: tuple[Fraction, ...], high: tuple[Fraction, ...], form: Array) -> None:
        flat = form.reshape(len(form), -1)
        if np.any(flat.min(axis=1) >= 0):
            return
        error = near.least_error([float(x) for x in low], [float(x) for x in high])
        if error is None:  # which floats do not decide
            error = space.least_error(low, high)
        if error is None or error >= limit + _ROUNDING:
            return
        if place is not None and error >= limit - _ROUNDING and _reaches(space, low, high, place):
            return
        if any(_within(low, high, box) for box in known):
            return
        heapq.heappush(heap, _Piece(float(error), len(heap) + count, low, high, form))

    push((Fraction(0),) * size, (Fraction(1),) * size, form)
    while heap:
        piece = heapq.heappop(heap)
        count += 1
        middle = [float(a + b) / 2 for a, b in zip(piece.low, piece.high, strict=True)]
        if count > most:
            return Near(middle, count, spent=True)
        if inside(middle) and near.error(middle) < limit - _ROUNDING:
            return Near(middle, count)
        axis, at = _where(piece, cuts, place is None)
        if axis is None:
            return Near(middle, count)
        if at is None:
            form = piece.form if piece.form.dtype != object else rounded(piece.form)
            parts = halve(form, axis)
            at = (piece.low[axis] + piece.high[axis]) / 2
        else:
            part = (at - piece.low[axis]) / (piece.high[axis] - piece.low[axis])
            parts = cut(piece.form, axis, part)
        push(piece.low, _put(piece.high, axis, at), parts[0])
        push(_put(piece.low, axis, at), piece.high, parts[1])
    return Clear(count)


def _reaches(space: Space, low: Sequence[Fraction], high: Sequence[Fraction], place: Place) -> bool:
    error = space.least_error(low, high)
    return bool(error >= (place.high if isinstance(place, Root) else place))


def _within(low: Sequence[Fraction], high: Sequence[Fraction], box: Box) -> bool:
    return all(a <= x for a, x in zip(box[0], low, strict=True)) and all(
        x <= b for x, b in zip(high, box[1], strict=True)
    )


def _where(
    piece: _Piece, cuts: Sequence[Sequence[Fraction]], signs_only: bool
) -> tuple[int | None, Fraction | None]:
    """The next cut that is asked for, else half of the coordinate that changes most."""
    if piece.form.dtype == object:
        for axis, wanted in enumerate(cuts):
            for x in wanted:
                if piece.low[axis] < x < piece.high[axis]:
                    return axis, x
    form = piece.form.astype(float)
    form = form / np.maximum(np.abs(form).reshape(len(form), -1).max(axis=1), 1e-300).reshape(
        (-1,) + (1,) * (form.ndim - 1)
    )
    best, chosen = 0.0, None
    for axis in range(form.ndim - 1):
        width = float(piece.high[axis] - piece.low[axis])
        if width <= SMALL or (signs_only and form.shape[axis + 1] == 1):
            continue
        change = float(np.abs(np.diff(form, axis=axis + 1)).max(initial=0.0))
        change = max(change, 0.05 * width)
        if change > best:
            best, chosen = change, axis
    return chosen, None


def _put(ends: tuple[Fraction, ...], axis: int, x: Fraction) -> tuple[Fraction, ...]:
    return (*ends[:axis], x, *ends[axis + 1 :])
