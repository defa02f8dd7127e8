r"""Small linear programs in rationals: \(\max c^\top x\) subject to \(Ax\le b\), \(x\ge0\).

The simplex method with Bland's rule, which never cycles. It is meant for a few dozen rows; the
arithmetic is flint's and nothing is rounded.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

Numbers = Sequence[Fraction]


def maximise(
    objective: Numbers, rows: Sequence[Numbers], bounds: Numbers
) -> tuple[Fraction, tuple[Fraction, ...]] | None:
    r"""The exact maximum and a point that attains it, or None where no point is feasible.

    Args:
        objective: c, length m.
        rows: A, each of length m.
        bounds: b, one number a row.

    Raises:
        ArithmeticError: the maximum is infinite.

    Example:
        >>> F = Fraction
        >>> maximise([F(1), F(1)], [[F(2), F(1)], [F(1), F(3)]], [F(2), F(3)])
        (Fraction(7, 5), (Fraction(3, 5), Fraction(4, 5)))
    """
    from flint import fmpq

    def number(x: Fraction) -> Any:
        return fmpq(x.numerator, x.denominator)

    m = len(objective)
    table = [
        [*map(number, row), *(fmpq(int(k == j)) for j in range(len(rows))), number(bound)]
        for k, (row, bound) in enumerate(zip(rows, bounds, strict=True))
    ]
    basis = [m + k for k in range(len(rows))]
    if not _feasible(table, basis):
        return None
    costs = [*map(number, objective), *(fmpq(0) for _ in rows)]
    _climb(table, basis, costs)
    point = [fmpq(0)] * m
    for row, column in zip(table, basis, strict=True):
        if column < m:
            point[column] = row[-1]
    found = tuple(Fraction(int(x.p), int(x.q)) for x in point)
    return sum((c * x for c, x in zip(objective, found, strict=True)), Fraction(0)), found


def _feasible(table: list[list[Any]], basis: list[int]) -> bool:
    """Makes the right-hand sides nonnegative by one artificial column, which leaves again."""
    from flint import fmpq

    if all(row[-1] >= 0 for row in table):
        return True
    extra = len(table[0]) - 1
    for row in table:
        row.insert(extra, fmpq(-1))
    _pivot(table, basis, min(range(len(table)), key=lambda k: table[k][-1]), extra)
    _climb(table, basis, [*(fmpq(0) for _ in range(extra)), fmpq(-1)])
    if extra in basis:
        left = basis.index(extra)
        if table[left][-1] != 0:
            return False
        entering = next(j for j in range(extra) if table[left][j] != 0)
        _pivot(table, basis, left, entering)
    for row in table:
        del row[extra]
    return True


def _climb(table: list[list[Any]], basis: list[int], costs: list[Any]) -> None:
    while True:
        reduced = list(costs)
        for row, column in zip(table, basis, strict=True):
            price = costs[column]
            if price != 0:
                reduced = [c - price * x for c, x in zip(reduced, row[:-1], strict=True)]
        entering = next((j for j, c in enumerate(reduced) if c > 0), None)
        if entering is None:
            return
        ratios = [
            (row[-1] / row[entering], basis[k], k)
            for k, row in enumerate(table)
            if row[entering] > 0
        ]
        if not ratios:
            raise ArithmeticError("the linear program is unbounded")
        _pivot(table, basis, min(ratios)[2], entering)


def _pivot(table: list[list[Any]], basis: list[int], row: int, column: int) -> None:
    lead = table[row][column]
    table[row] = [x / lead for x in table[row]]
    for k, other in enumerate(table):
        factor = other[column]
        if k != row and factor != 0:
            table[k] = [x - factor * y for x, y in zip(other, table[row], strict=True)]
    basis[row] = column
