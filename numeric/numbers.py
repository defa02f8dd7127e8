"""Exact numbers in and out: `"p/q"`, decimals, integers.

Fractions outside; inside flint rationals, which compute several times faster.
"""

import reprlib
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nashgap.theory.errors import BadInput
from nashgap.theory.written import NUMBER

Array = NDArray[Any]
"""Either float64 or dtype object (Fractions in public, flint rationals in the working arrays)."""

_LONGEST = 50_000
_SHORT = 50
_PYTHON_DIGITS = 4000
_PYTHON_BITS = 14_000


def exact(given: object, where: str) -> Fraction:
    """Reads one number exactly.

    Args:
        given: an int, a Fraction or Decimal, a string "p/q" or decimal, or a float, which is read
            as the decimal that it prints as.
        where: the place, for the message.

    Raises:
        BadInput: not a finite number.

    Example:
        >>> exact("9/10", "discount"), exact(0.1, "start[0]")
        (Fraction(9, 10), Fraction(1, 10))
    """
    if type(given) is Fraction:
        return given
    if isinstance(given, Fraction):
        return Fraction(given.numerator, given.denominator)
    if isinstance(given, bool):
        raise BadInput(where, f"given {given}", "a number")
    if isinstance(given, (int, np.integer)):
        return Fraction(int(given))
    written = repr(float(given)) if isinstance(given, (float, np.floating)) else given
    if isinstance(written, Decimal):
        written = str(written)
    if not isinstance(written, str):
        raise BadInput(where, f"given {short(given)}", 'a number or a string such as "9/10"')
    if len(written) > _LONGEST:
        raise BadInput(where, f"a number of {len(written)} characters", f"at most {_LONGEST}")
    try:
        number = _cached(written) if len(written) <= _SHORT else _read(written)
    except ZeroDivisionError:
        raise BadInput(where, f"given {short(given)}", "a denominator other than 0") from None
    if number is None:
        raise BadInput(where, f"given {short(given)}", 'a finite number such as "9/10" or 0.9')
    return number


def text(number: Fraction | float) -> str:
    """The exact number as "p/q" or an integer; a float as Python prints it.

    Example:
        >>> text(Fraction(9, 10)), text(Fraction(18)), text(float("inf"))
        ('9/10', '18', 'inf')
    """
    if not isinstance(number, Fraction):
        return repr(float(number))
    below = number.denominator
    return _digits(number.numerator) + ("" if below == 1 else f"/{_digits(below)}")


def _read(written: str) -> Fraction | None:
    written = written.strip()
    if not NUMBER.fullmatch(written):
        return None
    if len(written) <= _PYTHON_DIGITS:
        return Fraction(written)
    above, _, below = written.partition("/")
    if not (above.lstrip("+-") + below).isdigit():
        return None
    return Fraction(_integer(above), _integer(below or "1"))


_cached = lru_cache(maxsize=4096)(_read)
"""Files repeat few short numbers many times; long ones would fill the memory."""


def _integer(written: str) -> int:
    from flint import fmpz

    # Python refuses to read or print integers of over 4300 digits; flint does both fast.
    return int(fmpz(written.lstrip("+")))


def _digits(number: int) -> str:
    if number.bit_length() < _PYTHON_BITS:
        return str(number)
    from flint import fmpz

    return str(fmpz(number))


def short(given: object) -> str:
    """What was given, in at most 60 characters, for messages."""
    if isinstance(given, (int, Fraction)) and not isinstance(given, bool):
        shown = text(Fraction(given))
    elif isinstance(given, np.generic):
        shown = str(given)
    else:
        try:
            shown = reprlib.repr(given)
        except ValueError:  # an integer of over 4300 digits inside a list
            shown = f"a {type(given).__name__}"
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def working(array: Array) -> Array:
    """Fractions as flint rationals, floats as they are; read-only."""
    if array.dtype != object:
        return array
    from flint import fmpq

    entries = [fmpq(*x.as_integer_ratio()) for x in array.ravel().tolist()]
    return frozen(filled(entries, array.shape))


def public(array: Array) -> Array:
    """Flint rationals as Fractions; floats as they are. The result is read-only."""
    if array.dtype != object:
        return frozen(np.array(array))
    entries = [_fraction(x) for x in array.ravel().tolist()]
    return frozen(filled(entries, array.shape))


def public_number(number: Any) -> Any:
    """One flint rational as a Fraction, one NumPy float as a float."""
    return float(number) if isinstance(number, (float, np.floating)) else _fraction(number)


def filled(entries: list[Any], shape: Sequence[int]) -> Array:
    """Objects, in C order, as an array of dtype object."""
    flat = np.empty(len(entries), dtype=object)
    flat[:] = entries
    return flat.reshape(shape)


def frozen(array: Array) -> Array:
    """The same array, made read-only."""
    array.flags.writeable = False
    return array
