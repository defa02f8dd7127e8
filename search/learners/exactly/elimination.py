r"""The value of a best point as an algebraic number, by resultants.

At a maximiser of value t whose tight constraints are known, the attaining objectives satisfy
\(N_j-tD_j=0\), the tight constraints \(g=0\), and the gradients of these functions by the variables
that lie on no side are linearly dependent (Fritz John): with r functions in f variables, all
\(r\times r\) minors vanish. These are f + 1 equations in t and f variables. Resultants remove the
variables one after the other; of each polynomial only the factors that can vanish on the box are
kept. The value is a root of what is left.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...univariate import Poly, poly
from .active import Active, Box
from .bernstein import powers
from .ceiling import whole
from .program import Program, rational

HARDEST = 120_000
"""What a resultant may cost, see `_cost`: a second or two."""
ROUNDS = 9
ROUND = 60
FINEST = 2**400
SHORTEST = 10**30
CERTAIN = Fraction(1, 2**320)
"""A number with a shorter denominator than `SHORTEST` is this close by chance only to itself."""


@dataclass(frozen=True)
class System:
    """The equations of a maximiser and its value.

    Attributes:
        equations: as many as unknowns, or more.
        tight: how many of them say what is tight, the first.
        sides: variables that are 0 or 1. free: the others.
        names: of all variables, "t" last.
    """

    equations: tuple[Any, ...]
    tight: int
    sides: dict[int, int]
    free: tuple[int, ...]
    names: tuple[str, ...]

    def values(self, box: Box, low: Fraction, high: Fraction) -> list[Poly] | None:
        """Irreducible polynomials; a value in [low, high] in the box is a root of one.

        None there are if no solution lies in the box; None is returned if there is no answer.
        """
        return _eliminated(list(self.equations), self.free, self.names, [*box, (low, high)])

    def near(
        self, point: Sequence[Fraction], value: Fraction
    ) -> Iterator[tuple[tuple[Fraction, ...], tuple[int, ...]]]:
        """Solutions near a point by Newton's method, and how far to move each to be safe.

        First one of short numbers, if there is one, to be taken as it is; then one of long ones.
        """
        here = [*(Fraction(self.sides.get(k, x)) for k, x in enumerate(point)), value]
        last = len(point)
        if len(self.equations) == len(self.free) + 1:
            yield from _newton(self.equations, (*self.free, last), here, self.names)
        # Where a whole surface is best, all coordinates but a few may be short.
        tight = self.equations[: self.tight]
        slopes = [_at(p.derivative(self.names[k]), here) for p in tight[1:] for k in self.free]
        moving = tuple(self.free[k] for k in independent(len(tight) - 1, slopes))
        if len(moving) < len(tight) - 1 or len(moving) == len(self.free):
            return
        for k in self.free:
            if k not in moving:
                here[k] = here[k].limit_denominator(ROUND)
        yield from _newton(tight, (*moving, last), here, self.names)


def independent(count: int, entries: Sequence[Any]) -> list[int]:
    """Columns of a matrix of so many rows that are independent and span the others."""
    from flint import fmpq_mat

    if not entries:
        return []
    width = len(entries) // count
    echelon, rank = fmpq_mat(count, width, list(entries)).rref()
    return [next(k for k in range(width) if echelon[r, k] != 0) for r in range(rank)]


def _newton(
    equations: Sequence[Any], places: Sequence[int], start: Sequence[Fraction], names: Sequence[str]
) -> Iterator[tuple[tuple[Fraction, ...], tuple[int, ...]]]:
    slopes = [[p.derivative(names[k]) for k in places] for p in equations]
    here, step = list(start), None
    for _ in range(ROUNDS):
        step = _step(equations, slopes, here)
        if step is None:
            return
        for k, x in zip(places, step, strict=True):
            here[k] = Fraction(round((here[k] - x) * FINEST), FINEST)
    if step is None or max(abs(x) for x in step) > CERTAIN:
        return
    short = tuple(x.limit_denominator(SHORTEST) for x in here[:-1])
    if all(abs(x - y) <= CERTAIN for x, y in zip(short, here, strict=False)):
        yield short, ()
    yield tuple(Fraction(round(x * 2**60), 2**60) for x in here[:-1]), (52, 44, 36)


def _at(p: Any, point: Sequence[Fraction]) -> Any:
    return p(*map(rational, point))


def system_of(program: Program, found: Active) -> System:
    """The equations of a maximiser of which it is known what is tight.

    Args:
        program: in rationals, on the cube.
        found: what is tight.
    """
    from flint import Ordering, fmpq_mpoly_ctx

    size = program.objectives[0][0].ndim
    names = (*(f"x{k}" for k in range(size)), "t")
    context = fmpq_mpoly_ctx.get(names, Ordering.lex)
    sides = dict(found.sides)
    free = tuple(k for k in range(size) if k not in sides)

    def read(p: Any) -> Any:
        terms = {(*place, 0): rational(c) for place, c in powers(p).items()}
        made = context.from_dict(terms)
        return made.subs({f"x{k}": side for k, side in sides.items()}) if sides else made

    t = context.gen(size)
    functions = []
    for j in found.objectives:
        n, d = program.objectives[j]
        functions.append(read(n) - t * read(d))
    functions += [read(whole(program.balls[g], signs)) for g, signs in found.caps]
    functions += [read(program.balls[g].terms[k]) for g, k in found.terms]
    functions += [read(program.above[k]) for k in found.above]
    minors = _minors(functions, free, names)
    return System((*functions, *minors), len(functions), sides, free, names)


def _step(
    equations: Sequence[Any], slopes: Sequence[Sequence[Any]], here: Sequence[Fraction]
) -> list[Fraction] | None:
    from flint import fmpq_mat

    at = [rational(x) for x in here]
    count = len(equations)
    matrix = fmpq_mat(count, count, [p(*at) for row in slopes for p in row])
    if matrix.det() == 0:
        return None
    found = matrix.solve(fmpq_mat(count, 1, [p(*at) for p in equations]))
    return [Fraction(int(x.p), int(x.q)) for x in found.entries()]


def _minors(functions: Sequence[Any], free: Sequence[int], names: Sequence[str]) -> list[Any]:
    """The minors that vanish because the gradients are dependent."""
    count = len(functions)
    if count > len(free):
        return []
    slopes = [[p.derivative(names[k]) for k in free] for p in functions]
    # Columns that are hit least often first: their minors are short.
    base, rest = range(count - 1), range(count - 1, len(free))
    return [_det([[row[k] for k in (*base, last)] for row in slopes]) for last in rest]


def _det(rows: list[list[Any]]) -> Any:
    if len(rows) == 1:
        return rows[0][0]
    total = None
    for k, entry in enumerate(rows[0]):
        if entry.is_zero():
            continue
        minor = _det([row[:k] + row[k + 1 :] for row in rows[1:]])
        part = entry * minor if k % 2 == 0 else -(entry * minor)
        total = part if total is None else total + part
    return total if total is not None else rows[0][0] * 0


def _eliminated(
    system: list[Any],
    free: Sequence[int],
    names: Sequence[str],
    ranges: Sequence[tuple[Fraction, Fraction]],
) -> list[Poly] | None:
    relevant = [_relevant(p, ranges) for p in system if not p.is_zero()]
    system = [p for p in relevant if p is not None]
    if len(system) < len(relevant):
        return []
    left = list(free)
    while left:
        pick = _pivot(system, left)
        if pick is None:
            return None
        variable, pivot = pick
        others = [p for p in system if p is not pivot]
        made = []
        for p in others:
            if p.degrees()[variable] > 0:
                if _cost(pivot, p, variable) > HARDEST:
                    return None
                p = pivot.resultant(p, names[variable])
                if p.is_zero():
                    continue
                p = _relevant(p, ranges)
                if p is None:
                    return []
            made.append(p)
        left.remove(variable)
        left = [k for k in left if any(p.degrees()[k] > 0 for p in made)]
        system = made
    found: list[Poly] = []
    for p in system:
        for factor, _ in p.factor()[1]:
            coefficients = [Fraction(0)] * (int(factor.degrees()[-1]) + 1)
            for place, c in factor.to_dict().items():
                coefficients[int(place[-1])] = Fraction(int(c.p), int(c.q))
            found.append(poly(*coefficients))
    return [p for p in dict.fromkeys(found) if len(p) > 1] or None


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


def _relevant(p: Any, ranges: Sequence[tuple[Fraction, Fraction]]) -> Any | None:
    """The factors that can vanish on the ranges, once each; None if none can."""
    if p.is_constant():
        return None
    kept = [factor for factor, _ in p.factor()[1] if _can_vanish(factor, ranges)]
    if not kept:
        return None
    found = kept[0]
    for factor in kept[1:]:
        found = found * factor
    return found


def _can_vanish(p: Any, ranges: Sequence[tuple[Fraction, Fraction]]) -> bool:
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
