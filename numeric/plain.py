"""Numbers and tables as plain text, for terminals."""

import textwrap
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

WIDTH = 100
LONGEST_NUMBER = 24


def number(value: Any) -> str:
    """An exact number with a decimal beside it, or the decimal alone when the exact one is long.

    Example:
        >>> from fractions import Fraction
        >>> number(Fraction(18)), number(Fraction(9, 22)), number(0.1)
        ('18', '9/22 ≈ 0.40909', '0.1')
        >>> number(Fraction(28, 5))
        '28/5 = 5.6'
    """
    from .numbers import text

    if not isinstance(value, Fraction):
        return str(value) if isinstance(value, (int, str)) else f"{value:.6g}"
    written = text(value)
    if value.denominator == 1 and len(written) <= LONGEST_NUMBER:
        return written
    if len(written) > LONGEST_NUMBER:
        return f"{decimal(value)} (exact in --json, {len(written)} characters)"
    shown = f"{float(value):.5g}"
    return f"{written} {'=' if Fraction(shown) == value else '≈'} {decimal(value)}"


def decimal(value: Fraction) -> str:
    """Five significant digits of a Fraction of any size.

    Example:
        >>> from fractions import Fraction
        >>> decimal(Fraction(2, 3)), decimal(Fraction(1, 10**400)), decimal(Fraction(10**400))
        ('0.66667', 'below 1e-307', 'above 1e+307')
    """
    size = abs(value)
    if size > 10**307:
        return "above 1e+307" if value > 0 else "below -1e+307"
    if 0 < size < Fraction(1, 10**307):
        return "below 1e-307" if value > 0 else "above -1e-307"
    return f"{float(value):.5g}"


def counted(count: int, noun: str) -> str:
    """How many there are of something.

    Example:
        >>> counted(1, "state"), counted(2, "state")
        ('1 state', '2 states')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def table(rows: Iterable[Sequence[str]], indent: str = "  ") -> list[str]:
    """Left-aligned columns, two spaces apart; the last column is wrapped at 100 characters.

    Example:
        >>> table([("a", "1"), ("long", "2")])
        ['  a     1', '  long  2']
    """
    listed = [[str(cell) for cell in row] for row in rows]
    if not listed:
        return []
    widths = [max(len(row[k]) for row in listed) for k in range(len(listed[0]))]
    return [line for row in listed for line in _wrapped(row, widths, indent)]


def _wrapped(row: Sequence[str], widths: Sequence[int], indent: str) -> list[str]:
    head = indent + "".join(
        cell.ljust(width) + "  " for cell, width in zip(row[:-1], widths, strict=False)
    )
    room = max(WIDTH - len(head), 30)
    parts = textwrap.wrap(row[-1], room, break_on_hyphens=False) or [""]
    blank = " " * len(head)
    return [((head if k == 0 else blank) + part).rstrip() for k, part in enumerate(parts)]
