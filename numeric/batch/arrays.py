"""The few array operations of the batch kernel, on any library that follows the array API standard.

The batch axis B comes last everywhere, so that every operation runs along contiguous memory and no
loop over games is left.
"""

import math
from collections.abc import Iterator
from functools import cache
from typing import Any

import array_api_compat
import numpy as np

Array = Any
"""An array of any library that `array_api_compat` knows: NumPy, torch, CuPy, ..."""

IN_CACHE = 3 << 16
"""Floats of the transitions in a chunk: 1.5 MiB, about what one core keeps close."""
SHORTEST = 256
"""Games in a chunk at least: below, the cost of each call shows."""


_NAMESPACES: dict[type, Any] = {}


def namespace(array: Array) -> Any:
    """The array API namespace of an array, looked up once for each type: the kernel asks often."""
    kind = type(array)
    if kind not in _NAMESPACES:
        _NAMESPACES[kind] = array_api_compat.array_namespace(array)
    return _NAMESPACES[kind]


def is_array(given: Array) -> bool:
    """Whether this is an array of a library that is known here."""
    return bool(array_api_compat.is_array_api_obj(given))


def average(table: Array, weights: Array, axis: int) -> Array:
    r"""\(\sum_aw(s,a)\,x(s,\dots,a,\dots)\): averages one axis with weights of the state.

    Args:
        table: shape [S, ..., A, ..., B].
        weights: shape [S, A, B].
        axis: where A stands in `table`, at least 1.

    Returns:
        shape [S, ..., ..., B], the axis gone.
    """
    xp = namespace(table)
    shape = tuple(table.shape)
    if isinstance(table, np.ndarray):
        names = "szyxwvutrqponmlkjihgfedcb"[: len(shape) - 1]
        rest = names.replace(names[axis], "")
        return xp.einsum(f"{names}B,s{names[axis]}B->{rest}B", table, weights)
    spread = (shape[0], *(1,) * (axis - 1), shape[axis], *(1,) * (len(shape) - axis - 2), shape[-1])
    return xp.sum(table * xp.reshape(weights, spread), axis=axis)


def lookahead(table: Array, values: Array) -> Array:
    r"""\(Q(s,a)=r(s,a)+\gamma\sum_tP(t\mid s,a)V(t)\).

    Args:
        table: \((\gamma P\mid r)\), shape [S, A, S+1, B].
        values: shape [S, B].

    Returns:
        shape [S, A, B].
    """
    xp = namespace(table)
    if isinstance(table, np.ndarray):
        found = xp.einsum("satB,tB->saB", table[:, :, :-1, :], values)
        found += table[:, :, -1, :]
        return found
    return table[:, :, -1, :] + xp.sum(table[:, :, :-1, :] * values, axis=2)


def replaced(table: Array, marked: Array, columns: Array) -> Array:
    """The table [S, B] with its marked columns, [B], replaced by `columns` in their order.

    The table may be changed: pass one of your own.
    """
    xp = namespace(table)
    if isinstance(table, np.ndarray):
        table[:, marked] = columns
        return table
    place = xp.where(marked, xp.cumulative_sum(xp.astype(marked, xp.int64)) - 1, 0)
    return xp.where(marked, xp.take(columns, place, axis=-1), table)


def chunks(games: Any) -> Iterator[slice]:
    """Cuts a batch of games so that the work on each part stays in the cache of a CPU."""
    return slices(games.transition, axis=-1, least=SHORTEST)


def slices(table: Array, *, axis: int, least: int = 1) -> Iterator[slice]:
    """Cuts one axis of a table in parts of about `IN_CACHE` floats, at least one part.

    An accelerator gets everything in one piece.

    Args:
        table: of any shape.
        axis: the axis to cut.
        least: how long a part is at least, where the axis is long enough.
    """
    size = part = table.shape[axis]
    if "cpu" in str(array_api_compat.device(table)).lower():
        _keep_freed_memory()
        one = math.prod(table.shape) // max(1, size)
        part = max(least, IN_CACHE // max(1, one))
    for low in range(0, max(1, size), max(1, part)):
        yield slice(low, min(low + part, size))


@cache
def _keep_freed_memory() -> None:
    """Lets glibc reuse freed blocks instead of giving them back and faulting their pages in again.

    Freeing one large block, never touched, raises its thresholds for good; the kernel runs almost
    twice as fast for it. Elsewhere it does nothing.
    """
    np.empty(1 << 21)
