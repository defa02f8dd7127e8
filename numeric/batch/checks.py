"""What a batch must satisfy; each check names the array and the first game that fails."""

from typing import Any

import array_api_compat

from nashgap.theory.errors import BadInput

from .arrays import Array, is_array, namespace


def floats(name: str, array: Array) -> None:
    """Checks that this is an array of real floats.

    Raises:
        BadInput: it is something else.
    """
    if not is_array(array):
        raise BadInput(name, f"given a {type(array).__name__}", "an array (NumPy, torch, ...)")
    if not namespace(array).isdtype(array.dtype, "real floating"):
        raise BadInput(name, f"dtype {array.dtype}", "real floats, such as float64")


def like(name: str, array: Any, shape: tuple[int, ...], other: Array) -> None:
    """Checks shape, and library, dtype and device against another array.

    Raises:
        BadInput: they differ.
    """
    floats(name, array)
    if tuple(array.shape) != shape:
        raise BadInput(name, f"shape {list(array.shape)}", f"shape {list(shape)}")
    if namespace(array) is not namespace(other):
        given = f"an array of {namespace(array).__name__}"
        raise BadInput(name, given, f"one of {namespace(other).__name__}, as the transition is")
    if array.dtype != other.dtype:
        raise BadInput(name, f"dtype {array.dtype}", f"{other.dtype}, as the transition has")
    here, there = array_api_compat.device(array), array_api_compat.device(other)
    if here != there:
        raise BadInput(name, f"on device {here}", f"{there}, where the transition is")


def distributions(name: str, array: Array, axis: int) -> None:
    """Checks that one axis holds distributions, to 1e-9 or to 64 rounding errors a summand.

    Raises:
        BadInput: a negative probability, or another sum.
    """
    xp = namespace(array)
    close = max(1e-9, 64 * array.shape[axis] * float(xp.finfo(array.dtype).eps))
    holds(name, "probabilities in [0, 1]", array >= 0)
    holds(name, "rows that sum to 1", abs(xp.sum(array, axis=axis) - 1) <= close)


def holds(name: str, needed: str, truth: Array) -> None:
    """Checks that an array of shape [..., B] is true everywhere.

    Raises:
        BadInput: it is false somewhere; the message names the first game.
    """
    xp = namespace(truth)
    if bool(xp.all(truth)):
        return
    wrong = ~xp.all(xp.reshape(truth, (-1, truth.shape[-1])), axis=0)
    raise BadInput(name, f"game {int(xp.nonzero(wrong)[0][0])} has others", needed)
