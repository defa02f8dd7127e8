"""Leaves for every share in which one node mixes two successors: multipliers are polynomials."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ..checker import MalformedError, _integer, _list, _number, _object
from ..univariate import Poly, is_nonnegative, is_positive, poly, times
from ..univariate import total as add
from .nodes import Bounded, Path
from .rows import Rows, shared

MOST_DEGREE = 30


def every_share(rows: Rows, given: Mapping[str, Any], path: Path, where: str) -> str | None:
    """A contradiction for each share x of the second end; None if there is one everywhere."""
    words = given["mixed"].split(" ") if isinstance(given["mixed"], str) else []
    if len(words) < 2:
        raise MalformedError(f"{where}: needed the name of a node")
    s = _integer(words[1], where)
    node = rows.node(words[0], s, words[2:], path) if s in rows.states else None
    ends = [_integer(t, where) for t in _list(given["ends"], where)]
    if node is None or len(node.shares) != 1 or len(ends) != 2:
        return "no node of one share is in force, or not two ends are named"
    if sorted(rows.support(node.shares[0][1]) or ()) != sorted(ends):
        return "the ends are not all the successors"
    reached = Fraction(0)
    for part in _list(given["pieces"], where):
        item = _object(part, where, {"from", "to", "leaf"})
        low, high = _number(item["from"], where), _number(item["to"], where)
        if low != reached or high <= low:
            return "the pieces do not follow one another from 0"
        reached = high
        fault = piece(rows, given["mixed"], node, ends, item["leaf"], path, (low, high))
        if fault:
            return f"from {low} to {high}: {fault}"
    return None if reached == 1 else "the pieces do not end at 1"


def piece(
    rows: Rows,
    name: str,
    node: Bounded,
    ends: list[int],
    given: object,
    path: Path,
    between: tuple[Fraction, Fraction],
) -> str | None:
    """Adds up rows times polynomials in x; None if that is a contradiction on the interval."""
    if not isinstance(given, dict):
        raise MalformedError("piece: needed an object of multipliers")
    total: dict[str, Poly] = {}
    multipliers = {key: _polynomial(written, key) for key, written in given.items()}
    for key, y in multipliers.items():
        of, _, kind = key.partition(" @ ")
        row = rows.row(key, path) if of != name else None
        both = shared(node, ends, kind) if of == name else None if row is None else (row, {})
        if both is None:
            return f"{key!r:.60} is no row in force here"
        if not is_nonnegative(y, *between):
            return f"{key!r:.60} has a negative multiplier"
        for power, form in enumerate(both):
            for x, c in form.items():
                shift = (Fraction(0),) * power + (c,)
                total[x] = add((total.get(x, ()), times(y, shift)))
    constant = total.pop("", ())
    if any(total.values()):
        return "the variables do not cancel"
    strict = rows.said.strict and is_positive(multipliers.get("asked", ()), *between)
    if is_positive(constant, *between) or (strict and is_nonnegative(constant, *between)):
        return None
    return "the sum is no contradiction"


def _polynomial(given: object, where: str) -> Poly:
    coefficients = _list(given, where)
    if len(coefficients) > MOST_DEGREE:
        raise MalformedError(f"{where:.60}: needed a smaller degree")
    return poly(*(_number(c, where) for c in coefficients))
