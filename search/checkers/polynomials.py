r"""Sums of rows that depend on a number \(x\in[0,1]\), with polynomials in x as multipliers.

1. *Pieces* [l, h] follow one another from 0 to 1, so every x lies in one; each has its own sum.
2. *A sum* says that \(\sum_jy_j(x)(f_j+xg_j)\le0\) for rows \(f_j+xg_j\le0\), if \(y_j\ge0\) on the
   piece. If all variables cancel, power by power, what is left is a polynomial in x. If it is above
   0 on the piece, or at least 0 and a strict row has \(y_j>0\) on all of it, no x there has such
   rows.
3. *Signs.* \(\sum c_kx^k\) of degree n is at least 0 on [l, h] if no coefficient of \(\sum
   c_k(l+hy)^k(1+y)^{n-k}\) is negative, as \(x=(l+hy)/(1+y)\) with \(y\ge0\); if the first and the
   last, the values at l and h, are positive too, it is above 0. Or both may be so on either half.
"""

from collections.abc import Callable
from fractions import Fraction

from .common import ONE, ZERO, MalformedError, list_, number, object_
from .sums import Form, Row

MOST_TERMS = 30
Line = tuple[Row, Form]
"""A row at x = 0, and what x is multiplied with."""


def fault_of_pieces(line_of: Callable[[str], Line | None], given: object, where: str) -> str | None:
    """Why pieces are no contradiction for every x; None if they are one (1)."""
    reached = ZERO
    for part in list_(given, where):
        piece = object_(part, where, {"from", "to", "leaf"})
        low, high = number(piece["from"], where), number(piece["to"], where)
        if low != reached or high <= low:
            return "the pieces do not follow one another from 0"
        if fault := fault_of_piece(line_of, piece["leaf"], (low, high)):
            return f"from {low} to {high}: {fault}"
        reached = high
    return None if reached == 1 else "the pieces do not end at 1"


def fault_of_piece(
    line_of: Callable[[str], Line | None], given: object, on: tuple[Fraction, Fraction]
) -> str | None:
    """Adds up rows times polynomials; None if that is a contradiction on the piece (2)."""
    if not isinstance(given, dict):
        raise MalformedError("piece: needed an object of multipliers")
    total, strict = dict[tuple[str, int], Fraction](), False
    for name, written in given.items():
        y, line = [number(c, f"{name:.60}") for c in list_(written, f"{name:.60}")], line_of(name)
        if line is None or len(y) > MOST_TERMS:
            return f"{name!r:.60} is no row in force here, or of too high a degree"
        if not is_least(y, *on):
            return f"{name!r:.60} has a multiplier that may be negative"
        row, slope = line
        strict = strict or (row.is_strict and is_least(y, *on, above=True))
        for k, c in enumerate(y):
            for power, side in ((k, row.form), (k + 1, slope)):
                for x, d in side.items():
                    total[x, power] = total.get((x, power), ZERO) + c * d
    if any(c for (x, _), c in total.items() if x):
        return "the variables do not cancel"
    left = [total.get(("", k), ZERO) for k in range(MOST_TERMS + 1)]
    left = left[: max((k + 1 for k, c in enumerate(left) if c), default=0)]
    return None if is_least(left, *on, above=not strict) else "the sum is no contradiction"


def is_least(
    p: list[Fraction], low: Fraction, high: Fraction, *, above: bool = False, halvings: int = 40
) -> bool:
    """Whether a polynomial is at least 0, or above 0, on an interval (3)."""
    found = [ZERO] * len(p)
    for k, c in enumerate(p):
        term = [c]
        for one, y in [(low, high)] * k + [(ONE, ONE)] * (len(p) - 1 - k):
            term = [x * one + z * y for x, z in zip([*term, ZERO], [ZERO, *term], strict=True)]
        found = [x + z for x, z in zip(found, term, strict=True)]
    first, last = (found[0], found[-1]) if found else (ZERO, ZERO)
    if min(first, last) < 0 or (above and not (first and last)) or not halvings:
        return False
    if min(found, default=ZERO) >= 0:
        return True
    halves = (low, (low + high) / 2), ((low + high) / 2, high)
    return all(is_least(p, *half, above=above, halvings=halvings - 1) for half in halves)
