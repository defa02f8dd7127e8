"""Nested lists or arrays of numbers, read into read-only arrays of a known shape.

All entries are int, string, Fraction or Decimal: the table is exact, dtype object with Fractions.
Any float in it: float64.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from .numbers import Array, exact, filled, frozen, short, working

LARGEST = 50_000_000
"""Entries that one table may have."""

LARGEST_SHOWN = 200
"""Entries beyond which the `repr` of a game or a policy no longer rebuilds it."""

_ROUNDING = "1e-9"

_NUMBERS = (int, str, Fraction, Decimal, float, np.integer, np.floating)


def shape_of(given: Any) -> tuple[int, ...]:
    """The shape that the first entries of a nested list suggest."""
    shape: list[int] = []
    while isinstance(given, (list, tuple)):
        shape.append(len(given))
        given = given[0] if given else None
    return (*shape, *given.shape) if isinstance(given, np.ndarray) else tuple(shape)


def table(given: Any, shape: Sequence[int], where: str) -> Array:
    """Reads a table.

    Args:
        given: nested lists or a NumPy array of numbers.
        shape: the shape it must have.
        where: its name, for messages.

    Raises:
        BadInput: another shape, too many entries, or an entry that is not a finite number.
    """
    if math.prod(shape) > LARGEST:
        raise BadInput(where, f"a table of shape {list(shape)}", f"at most {LARGEST} entries")
    if isinstance(given, np.ndarray):
        return _from_array(given, tuple(shape), where)
    leaves = _leaves(given, tuple(shape), where)
    read = filled([_number(x, k, shape, where) for k, x in enumerate(leaves)], shape)
    inexact = any(isinstance(x, (float, np.floating)) for x in leaves)
    return as_float(read, where) if inexact else frozen(read)


def is_exact(array: Array) -> bool:
    """Whether the entries are rationals and not floats."""
    return array.dtype == object


def as_float(array: Array, where: str = "table") -> Array:
    """The nearest float64 table.

    Raises:
        BadInput: an entry is too large for float64.
    """
    try:
        return frozen(array.astype(float, order="C"))
    except OverflowError:
        raise BadInput(where, "an entry too large for float64", "smaller numbers") from None


def as_exact(array: Array) -> Array:
    """The table with each float read as the decimal that it prints as."""
    if is_exact(array):
        return array
    return frozen(filled([exact(x, "table") for x in array.ravel().tolist()], array.shape))


def source(array: Array) -> str:
    """Nested lists that give the table back: integers, "p/q", or floats.

    Example:
        >>> source(table(["1/2", "1"], [2], "x"))
        "['1/2', 1]"
    """
    if not is_exact(array):
        return repr(array.tolist())
    entries = [x.numerator if x.denominator == 1 else str(x) for x in array.ravel().tolist()]
    return repr(filled(entries, array.shape).tolist())


def check_rows(array: Array, where: str, tolerance: float = 1e-9) -> None:
    """Checks that the last axis holds distributions: exactly when exact, else to `tolerance`.

    Raises:
        BadInput: a negative probability, or a row with another sum.
    """
    check_entries(array, _negative(array), where, "a probability in [0, 1]")
    sums = np.asarray(working(array).sum(axis=-1))
    wrong = sums != 1 if is_exact(array) else np.abs(sums - 1) > tolerance
    places = np.argwhere(wrong)
    if len(places):
        place = tuple(places[0].tolist())
        given = f"sums to {short(array[place].sum())}"
        raise BadInput(
            name(where, place), given, "a distribution that sums to 1" + mend(array[place].sum())
        )


def mend(total: Any) -> str:
    """What to do where a row sums to this, if it misses 1 by what rounding leaves."""
    if abs(float(total) - 1) > float(_ROUNDING):
        return ""
    return f"; --tolerance {_ROUNDING} renormalises rows of a game file that were rounded"


def check_entries(array: Array, wrong: Array, where: str, needed: str) -> None:
    """Refuses the first entry at which `wrong` is true.

    Raises:
        BadInput: there is one.
    """
    places = np.argwhere(wrong)
    if len(places):
        place = tuple(places[0].tolist())
        raise BadInput(name(where, place), f"given {short(array[place])}", needed)


def _negative(array: Array) -> Array:
    if not is_exact(array):
        return array < 0
    # Comparing Fractions takes ten times as long as looking at their signs.
    signs = [x.numerator < 0 for x in array.ravel().tolist()]
    return np.array(signs).reshape(array.shape)


def name(where: str, place: Sequence[int]) -> str:
    """`rewards[0][2]` and the like."""
    return where + "".join(f"[{k}]" for k in place)


def _leaves(given: Any, shape: tuple[int, ...], where: str) -> list[Any]:
    level = [_listed(given)]
    for depth, size in enumerate(shape):
        for k, part in enumerate(level):
            if not isinstance(part, (list, tuple)):
                place = _place(where, k, shape[:depth])
                raise BadInput(place, f"given {short(part)}", f"a list of length {size}")
            if len(part) != size:
                place = _place(where, k, shape[:depth])
                raise BadInput(place, f"a list of length {len(part)}", f"length {size}")
        level = [_listed(x) for part in level for x in part]
    return level


def _listed(part: Any) -> Any:
    return part.tolist() if isinstance(part, np.ndarray) else part


def _number(leaf: Any, k: int, shape: Sequence[int], where: str) -> Fraction | float:
    if type(leaf) is Fraction or (type(leaf) is float and math.isfinite(leaf)):
        return leaf
    if not isinstance(leaf, _NUMBERS) or isinstance(leaf, bool):
        given = "a list" if isinstance(leaf, (list, tuple)) else short(leaf)
        raise BadInput(_place(where, k, shape), f"given {given}", "a number")
    try:
        return exact(leaf, where)
    except BadInput as error:
        raise BadInput(_place(where, k, shape), error.given, error.needed) from None


def _place(where: str, k: int, shape: Sequence[int]) -> str:
    return name(where, [int(x) for x in np.unravel_index(k, tuple(shape))])


def _from_array(given: Array, shape: tuple[int, ...], where: str) -> Array:
    if given.shape != shape:
        raise BadInput(where, f"an array of shape {list(given.shape)}", f"shape {list(shape)}")
    if not np.issubdtype(given.dtype, np.floating):
        return table(given.tolist(), shape, where)
    # A masked entry is missing, whatever number lies beneath the mask.
    missing = np.ma.getmaskarray(given) | ~np.isfinite(np.asarray(given))
    check_entries(given, missing, where, "a finite number")
    return frozen(np.array(given, dtype=float, order="C"))
