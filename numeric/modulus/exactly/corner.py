r"""The nearest point of a cell, exactly: which bounds and bends it lies on, and its equations.

At the nearest point some of the cell's polynomials vanish, and every class mass is 0, the expert's,
or free. With z the free coordinates the point solves \(F_k(z)=0\) for the active k,
\(E_j(z)=E_l(z)\) for opponents j, l whose errors are both the largest, and, if that leaves freedom,
the vanishing of the minors that make \(\nabla E\) a combination of the gradients. A Krawczyk test
in balls proves that one solution lies where floats saw it; it is rational, or its error is a root
of a polynomial that resultants give.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...polynomials.balls import PRECISION, evaluate, middle, number, rational, value
from ...polynomials.determinant import determinant
from ...root import Root
from .cells import Cell
from .guess import Floats
from .place import place_of
from .space import Row, Space

SNAP = 1e-6
"""How near floats must be to a bend, or a polynomial to 0, to count as there."""


@dataclass(frozen=True)
class Corner:
    """An exact point on the edge of a cell.

    Attributes:
        active: the polynomials that vanish there and fix it.
        erring: the opponents whose error is the largest.
        free: for each row, the classes that are neither empty nor at the expert's mass.
        masses: by row and class, polynomials in the free coordinates.
        basic: positions among the unknowns that the active equations are solved for.
        count: the number of unknowns.
        balls: the unknowns, in tiny balls.
        point: the coordinates, rational and within 2^-100 of the point.
        is_rational: whether `point` is the point.
        place: its error.
    """

    active: tuple[int, ...]
    erring: tuple[int, ...]
    free: tuple[tuple[int, ...], ...]
    masses: tuple[tuple[Any, ...], ...]
    basic: tuple[int, ...]
    count: int
    balls: tuple[Any, ...]
    point: tuple[Fraction, ...]
    is_rational: bool
    place: Fraction | Root

    def coordinates(self) -> list[Any]:
        """The point in balls."""
        return [evaluate(m, self.balls) for part in self.masses for m in part[1:]]


def corners(space: Space, cell: Cell, floats: Floats, near: Sequence[float]) -> Iterator[Corner]:
    """Exact points that a point in floats may stand for, the plainest first."""
    values = floats.values(near)
    touched = [k for k, v in enumerate(values.tolist()) if abs(v) < SNAP]
    errors = _errors(space, near)
    top = max(errors)
    erring = tuple(j for j, e in enumerate(errors) if e > top - SNAP)
    free = tuple(_free(row, near, row.opponent in erring) for row in space.rows)
    freedom = sum(max(0, len(part) - 1) for part in free)
    room = freedom - len(erring) + 1
    if room < 0:
        return
    for size in range(min(room, len(touched)), -1, -1):
        for active in itertools.combinations(touched, size):
            found = _solve(space, cell, active, erring, free, near)
            if found is not None:
                yield found


def _errors(space: Space, near: Sequence[float]) -> list[float]:
    spent = [0.0] * len(space.view.opponents)
    for row in space.rows:
        pairs = zip(row.masses(near), row.home, strict=True)
        spent[row.opponent] += float(row.weight) * sum(abs(p - float(e)) for p, e in pairs)
    return spent


def _free(row: Row, near: Sequence[float], erring: bool) -> tuple[int, ...]:
    bends = row.weight > 0 and erring
    return tuple(
        c
        for c, (p, e) in enumerate(zip(row.masses(near), row.home, strict=True))
        if abs(p) > SNAP and not (bends and abs(p - float(e)) < SNAP)
    )


def _solve(
    space: Space,
    cell: Cell,
    active: tuple[int, ...],
    erring: tuple[int, ...],
    free: tuple[tuple[int, ...], ...],
    near: Sequence[float],
) -> Corner | None:
    from flint import Ordering, ctx, fmpq_mpoly_ctx

    count = sum(max(0, len(part) - 1) for part in free)
    ring = fmpq_mpoly_ctx.get([f"z{k}" for k in range(max(1, count))], Ordering.lex)
    masses, guess = _masses(space, free, near, ring)
    if masses is None:
        return None
    coordinates = [m for part in masses for m in part[1:]]
    parts = [_compose(cell.bounds[k], coordinates, ring) for k in active]
    errors = {j: _error(space, masses, near, j) for j in erring}
    cost = errors[erring[0]]
    parts += [errors[j] - cost for j in erring[1:]]
    gradients = [[p.derivative(k) for k in range(count)] for p in (cost, *parts)]
    basic = _basic(gradients[1:], guess, count)
    if basic is None:
        return None
    equations = list(parts)
    for k in range(count):
        if k not in basic:
            columns = (*basic, k)
            equations.append(determinant([[row[c] for c in columns] for row in gradients]))
    with ctx.workprec(PRECISION):
        balls = _krawczyk(equations, guess) if count else ()
        if balls is None:
            return None
        exact = _rational(equations, balls)
        solved = exact if exact is not None else [middle(b) for b in balls]
        point = tuple(value(m, solved) for m in coordinates)
        place: Fraction | Root
        if exact is not None:
            place = space.error(point)
            if place != value(cost, solved):
                return None
        else:
            found = place_of(equations, cost, balls)
            if found is None:
                return None
            place = found
        if not _is_as_seen(space, masses, near, (free, erring), balls):
            return None
    return Corner(
        active, erring, free, masses, basic, count, tuple(balls), point, exact is not None, place
    )


def _masses(
    space: Space, free: Sequence[tuple[int, ...]], near: Sequence[float], ring: Any
) -> tuple[Any, list[float]]:
    """The class masses in the unknowns, and the unknowns in floats."""
    variables = ring.gens()
    guess: list[float] = []
    found = []
    for row, part in zip(space.rows, free, strict=True):
        at = row.masses(near)
        fixed = {
            c: Fraction(0) if abs(at[c]) < SNAP else e
            for c, e in enumerate(row.home)
            if c not in part
        }
        rest = ring.constant(rational(1 - sum(fixed.values(), Fraction(0))))
        masses = {c: ring.constant(rational(x)) for c, x in fixed.items()}
        for c in part[1:]:
            masses[c] = variables[len(guess)]
            rest = rest - masses[c]
            guess.append(float(at[c]))
        if part:
            masses[part[0]] = rest
        elif not rest.is_zero():
            return None, guess
        found.append(tuple(masses[c] for c in range(len(row.home))))
    return tuple(found), guess


def _error(space: Space, masses: Any, near: Sequence[float], opponent: int) -> Any:
    """The error of one opponent where the signs of all changes are those seen in floats."""
    total = 0 * masses[0][0]
    for row, part in zip(space.rows, masses, strict=True):
        if row.opponent != opponent:
            continue
        for mass, home, seen in zip(part, row.home, row.masses(near), strict=True):
            sign = 1 if seen > float(home) else -1
            total = total + rational(row.weight * sign) * (mass - rational(home))
    return total


def _is_as_seen(
    space: Space,
    masses: Any,
    near: Sequence[float],
    chosen: tuple[Sequence[Sequence[int]], Sequence[int]],
    balls: Sequence[Any],
) -> bool:
    """Whether the free masses are positive, moved the way that floats saw, and nobody errs more."""
    free, erring = chosen
    spent = [number(Fraction(0)) for _ in space.view.opponents]
    for row, part, made in zip(space.rows, free, masses, strict=True):
        seen = row.masses(near)
        for c, home in enumerate(row.home):
            mass = evaluate(made[c], balls)
            moved = mass - number(home)
            spent[row.opponent] += number(row.weight) * abs(moved)
            if c not in part:
                continue
            if not mass > 0:
                return False
            bends = row.weight > 0 and row.opponent in erring
            if bends and not (moved > 0 if seen[c] > float(home) else moved < 0):
                return False
    top = spent[erring[0]]
    return all(e < top for j, e in enumerate(spent) if j not in erring)


def _compose(polynomial: Any, coordinates: Sequence[Any], ring: Any) -> Any:
    # The ring of a space without coordinates has one that nothing uses.
    return polynomial.compose(*(coordinates or [ring.constant(0)]), ctx=ring)


def _basic(rows: Sequence[Sequence[Any]], guess: list[float], count: int) -> tuple[int, ...] | None:
    """Unknowns by which the equations can be solved: the largest minor in floats."""
    import numpy as np

    if not rows:
        return ()
    if len(rows) > count:
        return None
    at = [Fraction(x) for x in guess]
    matrix = np.array([[float(value(p, at)) for p in row] for row in rows])
    scale = np.abs(matrix).max(axis=1, keepdims=True)
    if not scale.all():
        return None
    matrix = matrix / scale
    sizes = {
        columns: abs(float(np.linalg.det(matrix[:, columns])))
        for columns in itertools.combinations(range(count), len(rows))
    }
    best = max(sizes, key=lambda c: sizes[c])
    return best if sizes[best] > 1e-9 else None


def _krawczyk(equations: Sequence[Any], guess: list[float]) -> tuple[Any, ...] | None:
    """Balls of radius 2^-150 that hold exactly one common zero, near the guess."""
    from flint import arb, arb_mat

    size = len(equations)
    slopes = [[p.derivative(k) for k in range(size)] for p in equations]

    def jacobian(at: Sequence[Any]) -> Any:
        return arb_mat([[evaluate(p, at) for p in row] for row in slopes])

    at = [arb(x) for x in guess]
    for _ in range(12):
        right = arb_mat([[evaluate(p, at)] for p in equations])
        try:
            step = jacobian(at).solve(right)
        except ZeroDivisionError:
            return None
        at = [(x - step[k, 0]).mid() for k, x in enumerate(at)]
    if any(not x.is_finite() or abs(float(x) - g) > 1e-3 for x, g in zip(at, guess, strict=True)):
        return None
    radius = arb(0, 2.0**-150)
    wide = [x + radius for x in at]
    try:
        inverse = jacobian(at).inv()
    except ZeroDivisionError:
        return None
    inverse = arb_mat(size, size, [x.mid() for x in inverse.entries()])
    here = inverse * arb_mat([[evaluate(p, at)] for p in equations])
    rest = inverse * jacobian(wide)
    for k in range(size):
        spread = sum(((arb(int(k == m)) - rest[k, m]) * radius for m in range(size)), arb(0))
        if not radius.contains_interior(spread - here[k, 0]):
            return None
    return tuple(wide)


def _rational(equations: Sequence[Any], balls: Sequence[Any]) -> list[Fraction] | None:
    """The solution if it is rational: the simplest fractions of the balls, tried."""
    from ..markov import simplest

    width = Fraction(1, 2**150)
    found = [simplest(middle(b) - width, middle(b) + width) for b in balls]
    if any(value(p, found) != 0 for p in equations):
        return None
    return found
