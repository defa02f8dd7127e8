r"""Which constraints every best point of a box makes tight: directions that show it.

At a maximiser no direction raises all objectives that attain the minimum and all constraints that
are tight, at once (Fritz John). So if, over the whole box, some direction raises all of them but
one, that one is tight at every maximiser in the box. A ball \(\sum_k|v_k|\le c\) counts with
\(c-\sum_k|v_k|\); where the sign of \(v_k\) is open, its part of the slope may be anything from
\(-|\nabla v_k\cdot u|\) to \(|\nabla v_k\cdot u|\), and \(v_k=0\) is shown by a direction for
\(v_k\ge0\) and one for \(v_k\le0\). Slopes are intervals over the box, from Bernstein coefficients
of the derivatives; a linear program proposes directions and rationals check them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from nashgap.numeric.numbers import Array
from nashgap.numeric.polynomials.bernstein import (
    at_point,
    binomials,
    coefficients_range,
    derivative,
)

from .ceiling import sign_on, whole
from .program import Program, rational

ZERO, ONE = Fraction(0), Fraction(1)
Box = tuple[tuple[Fraction, Fraction], ...]
Slope = list[tuple[Fraction, Fraction]]


@dataclass(frozen=True)
class Active:
    """What is tight at every maximiser in a box.

    Attributes:
        objectives: those that attain the minimum. caps: balls with the signs of their terms (0: the
            term is 0 itself). terms: ball and term. above: polynomials that are 0. sides: variables
            that are 0 or 1.
    """

    objectives: tuple[int, ...]
    caps: tuple[tuple[int, tuple[int, ...]], ...]
    terms: tuple[tuple[int, int], ...]
    above: tuple[int, ...]
    sides: tuple[tuple[int, int], ...]


def guessed(program: Program, point: Sequence[float], close: float = 1e-7) -> Active:
    """What seems to be tight at a point, by its values in floats.

    Args:
        program: in floats, on the cube.
        point: all coordinates.
        close: what counts as 0.
    """
    ratios = [at_point(n, point) / at_point(d, point) for n, d in program.objectives]
    caps, terms = [], []
    for g, ball in enumerate(program.balls):
        values = [at_point(v, point) for v in ball.terms]
        if at_point(ball.cap, point) - sum(map(abs, values)) <= close:
            signs = tuple(0 if abs(v) <= close else 1 if v > 0 else -1 for v in values)
            caps.append((g, signs))
            terms += [(g, k) for k, sign in enumerate(signs) if not sign]
    return Active(
        tuple(j for j, x in enumerate(ratios) if x <= min(ratios) + close),
        tuple(caps),
        tuple(terms),
        tuple(k for k, p in enumerate(program.above) if at_point(p, point) <= close),
        tuple((k, round(x)) for k, x in enumerate(point) if min(x, 1 - x) <= close),
    )


@dataclass
class _Slopes:
    objectives: dict[int, Slope]
    caps: dict[int, Slope]
    terms: dict[tuple[int, int], Slope]
    above: dict[int, Slope]
    sides: dict[tuple[int, int], Slope]


def active(
    program: Program,
    box: Box,
    low: Fraction,
    high: Fraction,
    lost: Program | None = None,
    sign: Callable[[int, int], int] | None = None,
) -> Active | None:
    """What is tight at every maximiser in the box if its value is in [low, high]; None: not shown.

    Args:
        program: on the box, in rationals or in floats.
        box: in the coordinates of the cube, of positive widths.
        low: a value that is reached.
        high: a bound on the values in the box.
        lost: of floats, what the Bernstein coefficients may be off.
        sign: of floats, the sign of a ball's term where they do not tell.
    """
    widths = [b - a for a, b in box]
    off = program.mapped(lambda p: np.array(0.0)) if lost is None else lost
    found = _Slopes(_objectives(program, widths, low, high, off), {}, {}, {}, _sides(box))
    signs: dict[int, tuple[int, ...]] = {}
    for g, ball in enumerate(program.balls):
        less = 2 * float(off.balls[g].cap)
        known = tuple(
            _sign(v, float(off.balls[g].terms[k]), partial(sign, g, k) if sign else None)
            for k, v in enumerate(ball.terms)
        )
        loose = [k for k, seen in enumerate(known) if not seen]
        cap = whole(ball, known)
        most = sum(max(map(abs, _ends(ball.terms[k]))) for k in loose)
        if _ends(cap)[0] > most + less:
            continue
        signs[g], found.caps[g] = known, _slope(cap, widths, less)
        for k in loose:
            found.terms[g, k] = _slope(ball.terms[k], widths, float(off.balls[g].terms[k]))
    for k, p in enumerate(program.above):
        less = float(off.above[k])
        if not _ends(p)[0] > less:
            found.above[k] = _slope(p, widths, less)
    if not all(_improves(case) for case in _cases(found)):
        return None
    return Active(
        tuple(found.objectives),
        tuple((g, signs[g]) for g in found.caps),
        tuple(found.terms),
        tuple(found.above),
        tuple(found.sides),
    )


def _objectives(
    program: Program, widths: Sequence[Fraction], low: Fraction, high: Fraction, off: Program
) -> dict[int, Slope]:
    """Of the objectives that may attain a minimum in [low, high]: N - t D rises as these say."""
    found = {}
    for j, (n, d) in enumerate(program.objectives):
        above, below = map(float, off.objectives[j])
        less = 2 * (above + max(abs(float(low)), abs(float(high))) * below)
        if not _ends(n - _like(n, high) * d)[0] > less:
            ends = [_slope(n - _like(n, t) * d, widths, less) for t in (low, high)]
            found[j] = [(min(a, c), max(b, e)) for (a, b), (c, e) in zip(*ends, strict=True)]
    return found


def _sides(box: Box) -> dict[tuple[int, int], Slope]:
    """Of the sides of the cube that the box touches."""
    found = {}
    for axis, ends in enumerate(box):
        for side, x in enumerate(ends):
            if x == side:
                lead = ONE if side == 0 else -ONE
                found[axis, side] = [
                    (lead, lead) if k == axis else (ZERO, ZERO) for k in range(len(box))
                ]
    return found


@dataclass(frozen=True)
class _Case:
    """All rows rise: the first and the sides, and each cap minus the sizes of its loose terms."""

    rows: list[Slope]
    sides: list[Slope]
    caps: list[tuple[list[Slope], list[Slope]]]


def _cases(found: _Slopes) -> Iterator[_Case]:
    """Everything but one: one case for each that is to be shown tight (two for a term)."""

    def case(
        *,
        objective: int | None = None,
        ball: int | None = None,
        term: tuple[int, int] | None = None,
        sign: int = 0,
        above: int | None = None,
        side: tuple[int, int] | None = None,
    ) -> _Case:
        rows = [s for j, s in found.objectives.items() if j != objective]
        rows += [s for k, s in found.above.items() if k != above]
        sides = [s for k, s in found.sides.items() if k != side]
        caps = []
        for g, slope in found.caps.items():
            if g == ball:
                continue
            parts = [slope]
            if term is not None and term[0] == g:
                parts.append(_times(found.terms[term], -sign))
            loose = [s for (b, k), s in found.terms.items() if b == g and (b, k) != term]
            caps.append((parts, loose))
        return _Case(rows, sides, caps)

    if len(found.objectives) > 1:
        for j in found.objectives:
            yield case(objective=j)
    for g in found.caps:
        yield case(ball=g)
    for term in found.terms:
        for sign in (1, -1):
            yield case(term=term, sign=sign)
    for k in found.above:
        yield case(above=k)
    for side in found.sides:
        yield case(side=side)


def _improves(case: _Case) -> bool:
    """Whether one direction raises everything of the case, over the whole box."""
    direction = _direction(case)
    if direction is None:
        return False
    if any(_least(s, direction) <= 0 for s in case.rows):
        return False
    if any(_least(s, direction) < 0 for s in case.sides):
        return False
    for parts, loose in case.caps:
        least = sum((_least(s, direction) for s in parts), ZERO)
        if least - sum((_size(s, direction) for s in loose), ZERO) <= 0:
            return False
    return True


def _direction(case: _Case) -> list[Fraction] | None:
    from scipy.optimize import linprog

    slopes = [*case.rows, *case.sides, *(s for parts, loose in case.caps for s in (*parts, *loose))]
    if not slopes:
        return []
    size = len(slopes[0])
    loose = [s for _, parts in case.caps for s in parts]
    # Variables: the direction's positive and negative part, the sizes, the least rise.
    count = 2 * size + len(loose) + 1
    rows = []

    def low(slope: Slope) -> Array:
        row = np.zeros(count)
        row[:size] = [float(a) for a, _ in slope]
        row[size : 2 * size] = [-float(b) for _, b in slope]
        return row

    def scaled(row: Array) -> Array:
        most = np.abs(row).max()
        row = row / most if most > 0 else row
        row[-1] = -1.0
        return -row

    rows += [scaled(low(s)) for s in case.rows]
    rows += [-low(s) for s in case.sides]
    at = 2 * size
    for parts, inner in case.caps:
        row = np.sum([low(s) for s in parts], axis=0)
        for s in inner:
            row[at] = -1.0
            for sign in (1, -1):
                bound = low(_times(s, sign))
                bound[at] = 1.0
                rows.append(-bound)
            at += 1
        rows.append(scaled(row))
    cost = np.zeros(count)
    cost[-1] = -1.0
    bounds = [(0.0, 1.0)] * (2 * size) + [(0.0, None)] * len(loose) + [(None, 1.0)]
    found = linprog(cost, np.array(rows), np.zeros(len(rows)), bounds=bounds, method="highs")
    if found.status != 0 or found.x[-1] <= 1e-9:
        return None
    moved = found.x[:size] - found.x[size : 2 * size]
    return [Fraction(x).limit_denominator(10**9) for x in moved.tolist()]


def _least(slope: Slope, direction: Sequence[Fraction]) -> Fraction:
    pairs = zip(slope, direction, strict=True)
    return sum((min(a * u, b * u) for (a, b), u in pairs), ZERO)


def _size(slope: Slope, direction: Sequence[Fraction]) -> Fraction:
    return max(-_least(slope, direction), -_least(slope, [-u for u in direction]), ZERO)


def _times(slope: Slope, sign: int) -> Slope:
    return slope if sign > 0 else [(-b, -a) for a, b in slope]


def _sign(v: Array, lost: float, exactly: Callable[[], int] | None) -> int:
    """The sign on the box, 0 if the coefficients show none."""
    if v.dtype == object or exactly is None:
        return sign_on(v)
    low, high = coefficients_range(v)
    if low < -lost and high > lost:
        return 0
    return 1 if low > lost else -1 if high < -lost else exactly()


def _slope(p: Array, widths: Sequence[Fraction], lost: float) -> Slope:
    """The ranges of the derivatives; `lost` is what floats may be off."""
    if p.dtype != object:
        return _float_slope(p, widths, lost)
    found = []
    for axis, width in enumerate(map(rational, widths)):
        low, high = _ends(derivative(p, axis, width))
        found.append((Fraction(low), Fraction(high)))
    return found


def _ends(p: Array) -> tuple[Fraction, Fraction] | tuple[float, float]:
    """The range of the Bernstein coefficients in Python's numbers."""
    low, high = coefficients_range(p)
    return (_fraction(low), _fraction(high)) if p.dtype == object else (float(low), float(high))


def _float_slope(p: Array, widths: Sequence[Fraction], lost: float) -> Slope:
    # Degree times the differences of Bernstein coefficients: both ends may be off.
    flat = p / binomials(p.shape)
    found = []
    for axis, width in enumerate(widths):
        degree = p.shape[axis] - 1
        if not degree:
            found.append((ZERO, ZERO))
            continue
        steps = np.diff(flat, axis=axis)
        off = 2 * lost + 2.0**-50 * float(np.abs(steps).max())
        ends = (float(steps.min()) - off, float(steps.max()) + off)
        low, high = (Fraction(x) * degree / width for x in ends)
        found.append((low, high))
    return found


def _like(p: Array, x: Fraction) -> Any:
    return rational(x) if p.dtype == object else float(x)


def _fraction(x: Any) -> Fraction:
    return Fraction(int(x.p), int(x.q))
