"""Exact numbers in and out: `"p/q"`, decimals, integers; fractions outside, flint rationals inside."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nashgap.theory.errors import BadInput

Array = NDArray[Any]
"""Either float64 or dtype object (Fractions in public, flint rationals in the working arrays)."""

_NUMBER = re.compile(r"[+-]?(\d+(/\d+)?|(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d{1,3})?)")
_LONGEST = 4000


def exact(given: object, where: str) -> Fraction:
    """Reads one number exactly.

    Args:
        given: an int, a Fraction or Decimal, a string "p/q" or decimal, or a float, which is read as
            the decimal that it prints as.
        where: the place, for the message.

    Raises:
        BadInput: not a finite number.

    Example:
        >>> exact("9/10", "discount"), exact(0.1, "start[0]")
        (Fraction(9, 10), Fraction(1, 10))
    """
    if isinstance(given, Fraction):
        return given
    if isinstance(given, bool):
        raise BadInput(where, f"given {given}", "a number")
    if isinstance(given, (int, np.integer)):
        return Fraction(int(given))
    written = repr(float(given)) if isinstance(given, (float, np.floating)) else given
    if isinstance(written, Decimal):
        written = str(written)
    if not isinstance(written, str):
        raise BadInput(where, f"given {_short(given)}", 'a number or a string such as "9/10"')
    written = written.strip()
    if len(written) > _LONGEST:
        raise BadInput(where, f"a number of {len(written)} characters", f"at most {_LONGEST}")
    if not _NUMBER.fullmatch(written):
        raise BadInput(where, f"given {_short(given)}", 'a finite number such as "9/10" or 0.9')
    try:
        return Fraction(written)
    except ZeroDivisionError:
        raise BadInput(where, f"given {_short(given)}", "a denominator other than 0") from None


def text(number: Fraction | float) -> str:
    """The exact number as "p/q" or an integer; a float as Python prints it.

    Example:
        >>> text(Fraction(9, 10)), text(Fraction(18)), text(float("inf"))
        ('9/10', '18', 'inf')
    """
    return str(number) if isinstance(number, Fraction) else repr(float(number))


def _short(given: object) -> str:
    shown = repr(given)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _rational(number: Any) -> Any:
    from flint import fmpq

    return fmpq(number.numerator, number.denominator)


def _fraction(number: Any) -> Fraction:
    return Fraction(int(number.p), int(number.q))


def working(array: Array) -> Array:
    """Fractions as flint rationals, which compute several times faster; floats as they are."""
    return _map(_rational, array) if array.dtype == object else array


def public(array: Array) -> Array:
    """Flint rationals as Fractions; floats as they are. The result is read-only."""
    shown = _map(_fraction, array) if array.dtype == object else np.array(array)
    shown.flags.writeable = False
    return shown


def public_number(number: Any) -> Any:
    """One flint rational as a Fraction, one NumPy float as a float."""
    return float(number) if isinstance(number, (float, np.floating)) else _fraction(number)


def _map(function: Any, array: Array) -> Array:
    out = np.empty(array.shape, dtype=object)
    out.ravel()[:] = [function(x) for x in array.ravel()]
    return out
