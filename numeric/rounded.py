"""Rows of probabilities that were rounded where they were written, made to sum to 1 again."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .numbers import exact

_ROWS = ("transition", "start", "policies")


def renormalised(
    raw: Mapping[str, Any], tolerance: Fraction | None
) -> tuple[Mapping[str, Any], list[str]]:
    """A game file, perhaps with nulls, whose rows sum to 1 where they missed it by little.

    Args:
        raw: the object.
        tolerance: rows that miss 1 by at most this are divided by their sums; None: no row is.

    Returns:
        The object, and what is to be told to the user.

    Example:
        >>> raw = {"start": ["0.333", "0.666"], "transition": None}
        >>> renormalised(raw, Fraction(1, 100))[0]["start"]
        [Fraction(1, 3), Fraction(2, 3)]
    """
    if tolerance is None:
        return raw, []
    made, notes = dict(raw), []
    for key in _ROWS:
        missed: list[Fraction] = []
        made[key] = _rows(raw.get(key), key, tolerance, missed)
        if missed:
            by = f"{float(max(missed)):.1e}"
            notes.append(f"{key}: rows renormalised, they missed 1 by up to {by}")
    return made, notes


def _rows(given: Any, where: str, tolerance: Fraction, missed: list[Fraction]) -> Any:
    if isinstance(given, Mapping):
        return {k: _rows(part, f"{where}.{k}", tolerance, missed) for k, part in given.items()}
    if not isinstance(given, list) or not given:
        return given
    if any(part is None or isinstance(part, (list, Mapping)) for part in given):
        return [_rows(part, f"{where}[{k}]", tolerance, missed) for k, part in enumerate(given)]
    row = [exact(x, f"{where}[{k}]") for k, x in enumerate(given)]
    total = sum(row, Fraction(0))
    off = abs(total - 1)
    if not 0 < off <= tolerance:
        return given
    missed.append(off)
    return [x / total for x in row]
