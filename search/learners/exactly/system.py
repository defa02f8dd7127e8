r"""The value of a best point as an algebraic number, by resultants.

At a maximiser of value t whose tight constraints are known, the attaining objectives satisfy
\(N_j-tD_j=0\), the tight constraints \(g=0\), and the gradients of these functions by the variables
that lie on no side are linearly dependent (Fritz John): with r functions in f variables, all
\(r\times r\) minors vanish. These are f + 1 equations in t and f variables, and elimination leaves
polynomials that the value is a root of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nashgap.numeric.polynomials.bernstein import powers
from nashgap.numeric.polynomials.determinant import determinant
from nashgap.numeric.polynomials.elimination import eliminated, on_ranges

from ...univariate import Poly
from .active import Active, Box
from .ceiling import whole
from .program import Program, rational

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
        within = on_ranges([*box, (low, high)])
        return eliminated(self.equations, self.free, self.names, within)

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
    return [determinant([[row[k] for k in (*base, last)] for row in slopes]) for last in rest]
