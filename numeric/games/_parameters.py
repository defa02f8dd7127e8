"""Parameters of named games: exact numbers, whole numbers and choices, each with its range."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nashgap.theory.errors import BadInput

from ..numbers import exact, text


@dataclass(frozen=True)
class Parameter:
    """One parameter of a named game.

    Attributes:
        default: the value taken when none is given, as text.
        meaning: what it is.
        range: what it may be.
        read: turns what a user gave into the value; its second argument is the place for messages.
    """

    default: str
    meaning: str
    range: str
    read: Callable[[object, str], Any]


def number(
    default: str,
    meaning: str,
    low: str,
    high: str,
    *,
    ends: str = "[]",
    also: str = "",
) -> Parameter:
    """An exact number in an interval.

    Args:
        default: as "p/q".
        meaning: what it is.
        low: lower end.
        high: upper end.
        ends: `[` or `(`, then `]` or `)`.
        also: a further restriction that depends on other parameters, in words.

    Example:
        >>> number("9/10", "discount", "0", "1", ends="[)").range
        'in [0, 1)'
    """
    shown = f"in {ends[0]}{low}, {high}{ends[1]}"

    def read(given: object, where: str) -> Fraction:
        value = exact(given, where)
        above = value >= Fraction(low) if ends[0] == "[" else value > Fraction(low)
        below = value <= Fraction(high) if ends[1] == "]" else value < Fraction(high)
        if not (above and below):
            raise BadInput(where, f"given {text(value)}", f"a number {shown}")
        return value

    return Parameter(default, meaning, f"{shown}, {also}" if also else shown, read)


def integer(default: int, meaning: str, low: int, high: int) -> Parameter:
    """A whole number from `low` to `high`."""

    def read(given: object, where: str) -> int:
        value = exact(given, where)
        if value.denominator != 1 or not low <= value <= high:
            raise BadInput(where, f"given {text(value)}", f"a whole number {low}..{high}")
        return int(value)

    return Parameter(str(default), meaning, f"{low}..{high}", read)


def choice(default: str, meaning: str, *options: str) -> Parameter:
    """One of a few words."""

    def read(given: object, where: str) -> str:
        if not isinstance(given, str) or given not in options:
            raise BadInput(where, f"given {given!r:.60}", f"one of {', '.join(options)}")
        return given

    return Parameter(default, meaning, " | ".join(options), read)


DISCOUNT = number("9/10", "discount", "0", "1", ends="[)")
OPEN_DISCOUNT = number("9/10", "discount", "0", "1", ends="()")


def within(where: str, value: Fraction, high: Fraction, formula: str) -> None:
    """Checks an upper end that depends on other parameters.

    Raises:
        BadInput: `value > high`.
    """
    if value > high:
        raise BadInput(where, f"given {text(value)}", f"at most {formula} = {text(high)}")
