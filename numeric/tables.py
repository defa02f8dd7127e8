"""Nested lists or arrays of numbers, read into read-only arrays of a known shape.

All entries are int, string, Fraction or Decimal: the table is exact, dtype object with Fractions. Any
float in it: float64.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from .numbers import Array, exact

LARGEST = 50_000_000
"""Entries that one table may have."""

_LEAVES = (int, str, Fraction, Decimal, float, np.number, bool, type(None))


def shape_of(given: Any) -> tuple[int, ...]:
    """The shape that the first entries of a nested list suggest."""
    if isinstance(given, np.ndarray):
        return given.shape
    shape: list[int] = []
    while isinstance(given, (list, tuple)):
        shape.append(len(given))
        if not given:
            break
        given = given[0]
    return tuple(shape)


def table(given: Any, shape: Sequence[int], where: str) -> Array:
    """Reads a table.

    Args:
        given: nested lists or a NumPy array of numbers.
        shape: the shape it must have.
        where: its name, for messages.

    Raises:
        BadInput: another shape, too many entries, or an entry that is not a finite number.
    """
    size = int(np.prod([int(n) for n in shape], dtype=object))
    if size > LARGEST:
        raise BadInput(where, f"a table of shape {list(shape)}", f"at most {LARGEST} entries")
    if isinstance(given, np.ndarray):
        return _from_array(given, tuple(shape), where)
    leaves = list(_walk(given, tuple(shape), where))
    if any(isinstance(leaf, (float, np.floating)) for leaf, _ in leaves):
        flat = np.array([_as_float(leaf, place) for leaf, place in leaves], dtype=float)
    else:
        flat = np.empty(size, dtype=object)
        flat[:] = [exact(leaf, place) for leaf, place in leaves]
    return _frozen(flat.reshape(shape))


def is_exact(array: Array) -> bool:
    """Whether the entries are rationals and not floats."""
    return array.dtype == object


def as_float(array: Array) -> Array:
    """The nearest float64 table."""
    return _frozen(array.astype(float))


def as_exact(array: Array) -> Array:
    """The table with each float read as the decimal that it prints as."""
    if is_exact(array):
        return array
    out = np.empty(array.shape, dtype=object)
    out.ravel()[:] = [exact(float(x), "entry") for x in array.ravel()]
    return _frozen(out)


def check_rows(array: Array, where: str, tolerance: float = 1e-9) -> None:
    """Checks that the last axis holds distributions: exactly when exact, else to `tolerance`.

    Raises:
        BadInput: a negative probability, or a row with another sum.
    """
    negative = np.argwhere(array < 0)
    if len(negative):
        place = tuple(int(k) for k in negative[0])
        raise BadInput(name(where, place), f"given {array[place]}", "a probability in [0, 1]")
    sums = array.sum(axis=-1)
    wrong = sums != 1 if is_exact(array) else np.abs(sums - 1) > tolerance
    places = np.argwhere(np.asarray(wrong))
    if len(places):
        place = tuple(int(k) for k in places[0])
        total = sums[place] if place else sums
        raise BadInput(name(where, place), f"sums to {total}", "a distribution that sums to 1")


def name(where: str, place: Sequence[int]) -> str:
    """`rewards[0][2]` and the like."""
    return where + "".join(f"[{k}]" for k in place)


def _walk(given: Any, shape: tuple[int, ...], where: str) -> Iterator[tuple[Any, str]]:
    if not shape:
        if not isinstance(given, _LEAVES) or given is None:
            kind = "a list" if isinstance(given, (list, tuple)) else f"{given!r:.60}"
            raise BadInput(where, f"given {kind}", "a number")
        yield given, where
        return
    if isinstance(given, np.ndarray):
        given = given.tolist()
    if not isinstance(given, (list, tuple)):
        raise BadInput(where, f"given {given!r:.60}", f"a list of length {shape[0]}")
    if len(given) != shape[0]:
        raise BadInput(where, f"a list of length {len(given)}", f"length {shape[0]}")
    for k, item in enumerate(given):
        yield from _walk(item, shape[1:], f"{where}[{k}]")


def _from_array(given: Array, shape: tuple[int, ...], where: str) -> Array:
    if given.shape != shape:
        raise BadInput(where, f"an array of shape {list(given.shape)}", f"shape {list(shape)}")
    if given.dtype != object and np.issubdtype(given.dtype, np.floating):
        places = np.argwhere(~np.isfinite(given))
        if len(places):
            place = tuple(int(k) for k in places[0])
            raise BadInput(name(where, place), f"given {given[place]}", "a finite number")
        return _frozen(np.array(given, dtype=float))
    return table(given.tolist(), shape, where)


def _as_float(leaf: Any, where: str) -> float:
    return float(exact(leaf, where))


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array
