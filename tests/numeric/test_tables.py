"""Nested lists and arrays into read-only tables."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nashgap.numeric import tables
from nashgap.theory.errors import BadInput

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    "given",
    [
        [["1/2", "1/2"], [1, 0]],
        ((HALF, Decimal("0.5")), (np.int64(1), 0)),
        np.array([["1/2", "1/2"], ["1", "0"]]),
        np.array([[HALF, HALF], [1, 0]], dtype=object),
        [np.array([HALF, HALF]), np.array([1, 0])],
    ],
)
def test_exact_tables(given: Any) -> None:
    table = tables.table(given, (2, 2), "x")
    assert tables.is_exact(table)
    assert table.tolist() == [[HALF, HALF], [1, 0]]
    assert all(type(entry) is Fraction for entry in table.ravel())


@pytest.mark.parametrize(
    "given",
    [
        [[0.5, "1/2"], [1, 0]],
        [[np.float32(0.5), 0.5], [1, 0]],
        np.array([[0.5, 0.5], [1, 0]], dtype=np.float32),
        np.array([[0.5, 0.5], [1, 0]], order="F"),
        [np.array([0.5, 0.5]), (1, 0)],
    ],
)
def test_one_float_makes_a_float_table(given: Any) -> None:
    table = tables.table(given, (2, 2), "x")
    assert table.dtype == np.float64
    assert table.tolist() == [[0.5, 0.5], [1, 0]]
    assert table.flags.c_contiguous


@pytest.mark.parametrize("dtype", [float, object])
def test_a_table_shares_no_memory_with_what_was_given_and_is_read_only(dtype: type) -> None:
    given: Any = np.array([1, 0], dtype=dtype)
    table = tables.table(given, (2,), "x")
    given[0] = 7
    assert table[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        table[0] = 7
    floats = tables.as_float(table)
    assert not np.shares_memory(floats, table)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([[1, 0], [1]], "x[1]: a list of length 1; needed: length 2"),
        ([[1, 0]], "x: a list of length 1; needed: length 2"),
        ([[1, 0], 5], "x[1]: given 5; needed: a list of length 2"),
        ([[1, 0], "10"], "x[1]: given '10'; needed: a list of length 2"),
        (3, "x: given 3; needed: a list of length 2"),
        (None, "x: given None; needed: a list of length 2"),
        ([[1, 0], [1, [0]]], "x[1][1]: given a list; needed: a number"),
        ([[1, None], [1, 0]], "x[0][1]: given None; needed: a number"),
        ([[1, True], [1, 0]], "x[0][1]: given True; needed: a number"),
        ([[1, 1j], [1, 0]], "x[0][1]: given 1j; needed: a number"),
        (
            [[1, 0], ["a", 0]],
            "x[1][0]: given 'a'; needed: a finite number such as \"9/10\" or 0.9",
        ),
        ([[1, 0], ["1/0", 0]], "x[1][0]: given '1/0'; needed: a denominator other than 0"),
        (
            [[1, 0], [0.5, float("nan")]],
            'x[1][1]: given nan; needed: a finite number such as "9/10" or 0.9',
        ),
        (np.array([[1, 0], [1, np.inf]]), "x[1][1]: given inf; needed: a finite number"),
        (
            np.ma.masked_array(np.eye(2), mask=np.array([[False, False], [True, False]])),
            "x[1][0]: given masked; needed: a finite number",
        ),
        (np.ones((2, 3)), "x: an array of shape [2, 3]; needed: shape [2, 2]"),
        (np.ones((2, 2), dtype=bool), "x[0][0]: given True; needed: a number"),
        ([[0.5, "1e400"], [1, 0]], "x: an entry too large for float64; needed: smaller numbers"),
    ],
)
def test_bad_tables_name_the_place(given: Any, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        tables.table(given, (2, 2), "x")
    assert str(caught.value) == message


def test_a_table_of_over_50_million_entries_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadInput, match="at most 50000000 entries"):
        tables.table([[]], (10_000, 10_000), "x")


@pytest.mark.parametrize(
    ("given", "shape"),
    [
        ([[1, 2, 3]], (1, 3)),
        ([], (0,)),
        ([[], []], (2, 0)),
        (5, ()),
        (None, ()),
        ("12", ()),
        (np.ones((2, 3)), (2, 3)),
        ([np.ones((2, 3))], (1, 2, 3)),
    ],
)
def test_shape_of(given: Any, shape: tuple[int, ...]) -> None:
    assert tables.shape_of(given) == shape


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [["1/2", "1/2"], ["1", "1/1000000000000"]],
            r"p\[1\]: sums to 1000000000001/1000000000000",
        ),
        ([["3/2", "-1/2"], ["1", "0"]], r"p\[0\]\[1\]: given -1/2; needed: a probability"),
        ([[1.5, -0.5], [1, 0]], r"p\[0\]\[1\]: given -0.5; needed: a probability"),
        ([[0.5, 0.5 + 1e-8], [1, 0]], r"p\[0\]: sums to 1.0"),
        ([["1/3", "1/3"], [0, 1]], r"p\[0\]: sums to 2/3; needed: a distribution that sums to 1"),
    ],
)
def test_rows_that_are_no_distributions(rows: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        tables.check_rows(tables.table(rows, (2, 2), "p"), "p")


def test_float_rows_may_miss_1_by_rounding() -> None:
    tables.check_rows(tables.table([[0.1] * 10], (1, 10), "p"), "p")
    tables.check_rows(tables.table([0.7, 0.3 + 1e-10], (2,), "p"), "p")


def test_a_single_wrong_distribution_is_named_without_index() -> None:
    with pytest.raises(BadInput, match=r"^p: sums to 2;"):
        tables.check_rows(tables.table([1, 1], (2,), "p"), "p")


def test_as_exact_reads_the_printed_decimals() -> None:
    table = tables.as_exact(tables.table([0.1, 0.9], (2,), "p"))
    assert table.tolist() == [Fraction(1, 10), Fraction(9, 10)]
    assert tables.as_exact(table) is table
