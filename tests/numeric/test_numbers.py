"""Reading and printing exact numbers."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import fmpq

from nashgap.numeric.numbers import exact, public, public_number, short, text, working
from nashgap.theory.errors import BadInput


class Half(Fraction):
    """Prints and adds otherwise than a Fraction."""

    def __str__(self) -> str:
        return "a half"


@pytest.mark.parametrize(
    ("given", "number"),
    [
        (3, Fraction(3)),
        (np.int64(-3), Fraction(-3)),
        (np.uint8(3), Fraction(3)),
        ("9/10", Fraction(9, 10)),
        ("-4/6", Fraction(-2, 3)),
        ("+1/2", Fraction(1, 2)),
        (" 0.25 ", Fraction(1, 4)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1e-3", Fraction(1, 1000)),
        ("1.5E+2", Fraction(150)),
        ("-0", Fraction(0)),
        (0.1, Fraction(1, 10)),
        (-0.0, Fraction(0)),
        (1e-320, Fraction("1e-320")),
        (np.float64(0.1), Fraction(1, 10)),
        (Decimal("0.10"), Fraction(1, 10)),
        (Decimal("1E+2"), Fraction(100)),
        (Fraction(2, 6), Fraction(1, 3)),
    ],
)
def test_numbers_are_read_as_written(given: Any, number: Fraction) -> None:
    assert exact(given, "x") == number
    assert type(exact(given, "x")) is Fraction


def test_a_subclass_of_fraction_becomes_a_plain_one() -> None:
    assert type(exact(Half(1, 2), "x")) is Fraction
    assert text(exact(Half(1, 2), "x")) == "1/2"


@pytest.mark.parametrize(
    "given",
    [
        *("", "nan", "inf", "-Infinity", "1/0", "1/-2", "1 / 2", "0x1", "1_000", "1e9999", "two"),
        *("1/2/3", "1.0/2", "٣", "--1", "1e", "9" * 60_000, "0." + "1" * 6000),
        *(float("nan"), float("inf"), np.float64("nan"), Decimal("NaN"), Decimal("1E+5000")),
        *(True, np.True_, None, 1j, [1], {"a": 1}, b"1", object()),
    ],
    ids=lambda given: f"{type(given).__name__} {given!s:.12}",
)
def test_what_is_no_number_is_refused_with_its_place(given: Any) -> None:
    with pytest.raises(BadInput, match=r"^start\[3\]: .*; needed: ") as caught:
        exact(given, "start[3]")
    assert caught.value.where == "start[3]"
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("digits", [10, 4200, 12_000])
def test_long_numbers_are_printed_and_read_back(digits: int) -> None:
    """Python itself refuses to print integers of over 4300 digits."""
    number = Fraction(-(10**digits) - 1, 7 * 10**digits + 3)
    assert exact(text(number), "x") == number
    assert exact("+" + text(-number), "x") == -number
    assert len(short(10**digits)) <= 60
    assert len(short([10**digits])) <= 60


def test_text() -> None:
    assert text(Fraction(18)) == "18"
    assert text(Fraction(-9, 10)) == "-9/10"
    assert text(0.1) == "0.1"
    assert text(np.float64(0.1)) == "0.1"
    assert text(float("inf")) == "inf"


def test_working_and_public_are_inverse_and_read_only() -> None:
    fractions = np.array([[Fraction(1, 3), Fraction(0)], [Fraction(-7, 2), Fraction(5)]])
    inside = working(fractions)
    assert inside.tolist() == [[fmpq(1, 3), 0], [fmpq(-7, 2), 5]]
    outside = public(inside)
    assert outside.tolist() == fractions.tolist()
    assert all(type(x) is Fraction for x in outside.ravel())
    for array in (inside, outside, public(np.ones(2))):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    assert public_number(fmpq(2, 4)) == Fraction(1, 2)
    assert type(public_number(np.float64(2))) is float


def test_transposed_arrays_keep_their_entries() -> None:
    fractions = np.array([[Fraction(1), Fraction(2)], [Fraction(3), Fraction(4)]]).T
    assert working(fractions).tolist() == [[1, 3], [2, 4]]
    assert public(working(fractions)).tolist() == [[1, 3], [2, 4]]
