r"""What the last variable can be where polynomials vanish: resultants remove the others.

Let f be zeros of all polynomials of a system. The resultant of two of them by one variable vanishes
there too, so that the variables go one after the other. Of each polynomial only the factors are
kept that may vanish at the zero that is asked about: in a box, or at a point known in a ball. The
last coordinate of the zero is a root of what is left.
"""

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod
from typing import Any

HARDEST = 120_000
"""What a resultant may cost, see `_cost`: a second or two."""
LARGEST = 500
"""How many terms may fit below the degrees of a polynomial in several variables that is factored:
half a second; four times as many have taken a minute."""


def eliminated(
    system: Sequence[Any],
    unknowns: Sequence[int],
    names: Sequence[str],
    may_vanish: Callable[[Any], bool],
) -> list[tuple[Fraction, ...]] | None:
    """Irreducible polynomials, the constant first; the last coordinate is a root of one.

    None there are if the system has no such zero; None is returned if there is no answer.

    Args:
        system: of flint's `fmpq_mpoly`.
        unknowns: the variables to remove, by their positions.
        names: of all variables.
        may_vanish: whether a polynomial may be 0 at the zero.
    """
    system = [p for p in system if not p.is_zero()]
    if not all(map(_can_be_factored, system)):
        return None
    relevant = [_relevant(p, may_vanish) for p in system]
    system = [p for p in relevant if p is not None]
    if len(system) < len(relevant):
        return []
    left = list(unknowns)
    while left:
        pick = _pivot(system, left)
        if pick is None:
            return None
        variable, pivot = pick
        made = []
        for p in system:
            if p is pivot:
                continue
            if p.degrees()[variable] > 0:
                if _cost(pivot, p, variable) > HARDEST:
                    return None
                p = pivot.resultant(p, names[variable])
                if p.is_zero():
                    continue
                if not _can_be_factored(p):
                    return None
                p = _relevant(p, may_vanish)
                if p is None:
                    return []
            made.append(p)
        left.remove(variable)
        left = [k for k in left if any(p.degrees()[k] > 0 for p in made)]
        system = made
    factors = [_monic(factor) for p in system for factor, _ in p.factor()[1]]
    return list(dict.fromkeys(factors)) or None


def on_ranges(ranges: Sequence[tuple[Fraction, Fraction]]) -> Callable[[Any], bool]:
    """Whether interval arithmetic leaves 0 among a polynomial's values on a box."""
    return lambda p: _spans_zero(p, ranges)


def _monic(p: Any) -> tuple[Fraction, ...]:
    """The coefficients of a polynomial in the last variable alone, the constant first."""
    found = [Fraction(0)] * (int(p.degrees()[-1]) + 1)
    for powers, c in p.to_dict().items():
        found[int(powers[-1])] = Fraction(int(c.p), int(c.q))
    return tuple(c / found[-1] for c in found)


def _pivot(system: Sequence[Any], left: Sequence[int]) -> tuple[int, Any] | None:
    """The variable and the polynomial that are cheapest to remove."""
    choices = [
        ((p.degrees()[k], len(p), sum(q.degrees()[k] > 0 for q in system), at, k), k, p)
        for k in left
        for at, p in enumerate(system)
        if p.degrees()[k] > 0
    ]
    if not choices:
        return None
    _, variable, pivot = min(choices, key=lambda c: c[0])
    return variable, pivot


def _cost(p: Any, q: Any, variable: int) -> int:
    """The square of the size of Sylvester's matrix times the most terms of its determinant."""
    one, other = ([int(n) for n in x.degrees()] for x in (p, q))
    first, second = one[variable], other[variable]
    terms = 1
    for k, (m, n) in enumerate(zip(one, other, strict=True)):
        terms *= 1 if k == variable else first * n + second * m + 1
    return (first + second) ** 2 * terms


def _can_be_factored(p: Any) -> bool:
    """Whether it is known to be quick."""
    degrees = [int(n) for n in p.degrees() if n]
    return len(degrees) < 2 or prod(n + 1 for n in degrees) <= LARGEST


def _relevant(p: Any, may_vanish: Callable[[Any], bool]) -> Any | None:
    """The factors that may vanish, once each; None if none can."""
    if p.is_constant():
        return None
    kept = [factor for factor, _ in p.factor()[1] if may_vanish(factor)]
    if not kept:
        return None
    found = kept[0]
    for factor in kept[1:]:
        found = found * factor
    return found


def _spans_zero(p: Any, ranges: Sequence[tuple[Fraction, Fraction]]) -> bool:
    low, high = Fraction(0), Fraction(0)
    for place, c in p.to_dict().items():
        ends = [Fraction(int(c.p), int(c.q))] * 2
        for power, (a, b) in zip(map(int, place), ranges, strict=True):
            if not power:
                continue
            most = [a**power, b**power]
            least = [Fraction(0)] if power % 2 == 0 and a < 0 < b else []
            choices = [x * y for x, y in itertools.product(ends, most + least)]
            ends = [min(choices), max(choices)]
        low, high = low + ends[0], high + ends[1]
    return low <= 0 <= high
