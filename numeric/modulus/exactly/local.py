r"""That a cell comes no nearer than a corner, on a whole neighbourhood of it.

Let \(p^*\) be the corner, \(F_k(p^*)=0\) for the active k, X a box around it. For p in X and in the
cell \(F_k(p)-F_k(p^*)=g_k\cdot(p-p^*)\le0\) with \(g_k\) among the gradients on X. Let
\(\lambda\ge0\), \(w\ge0\), \(\sum_jw_j=1\) and \(\theta_s\) be such that
\(c_a=w_j\mu(s)\xi_a+\sum_k\lambda_kg_{k,a}-\theta_s\), \(\xi\) a subgradient of the distance, is 0
for free classes and \(\ge0\) for empty ones. Then \(E(p)-E(p^*)\ge\sum_ac_a(p_a-p^*_a)\ge0\). If
such multipliers exist for every choice of gradients on X, solved for in balls, the cell comes no
nearer on X.

If r unknowns y stay free beyond the active equations, one equation being solved for one unknown,
the step from p goes to the point q(y) of the surface F = 0 that has the same y and all other masses
at their bends. Along the surface E is \(\ge\) an affine \(\ell\) with the reduced Hessian
\(\lambda Z^\top\nabla^2FZ\): positive definite on X, so that y at \(p^*\), where the derivative
vanishes, is the least.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from ...polynomials.balls import PRECISION, ball, evaluate, number, rational
from ...root import Root
from .boxes import Box
from .cells import Cell
from .corner import Corner
from .space import Row, Space

WIDER = 8
"""How much wider a neighbourhood is along the unknown that a curved surface is solved for."""
HALVINGS = 12
"""Neighbourhoods that are tried, each a quarter as wide as the one before."""


def neighbourhood(space: Space, cell: Cell, corner: Corner) -> Box | None:
    """A box around the corner in which it is proved that the cell comes no nearer."""
    from flint import ctx

    loose, wide = _loose(space, cell, corner), _solved(space, corner)
    with ctx.workprec(PRECISION):
        for k in range(HALVINGS):
            low, high = [], []
            for place, x in enumerate(corner.point):
                radius = Fraction(WIDER if place in wide else 1, 4 ** (k + 2))
                low.append(Fraction(0) if loose[place] else x - radius)
                high.append(Fraction(1) if loose[place] else x + radius)
            box = (tuple(low), tuple(high))
            if _holds(space, cell, corner, box):
                return box
    return None


def tangent(space: Space, cell: Cell, corner: Corner) -> Any | None:
    """A polynomial that is negative wherever the cell comes closer than the corner; or None."""
    from flint import ctx

    top = corner.place.high if isinstance(corner.place, Root) else corner.place
    with ctx.workprec(PRECISION):
        try:
            return _Local(space, cell, corner, (corner.point, corner.point)).tangent(
                cell.bounds, top
            )
        except ZeroDivisionError:
            return None


def _loose(space: Space, cell: Cell, corner: Corner) -> list[bool]:
    """Coordinates on which no active polynomial depends."""
    return [
        all(cell.bounds[k].degrees()[place] == 0 for k in corner.active)
        for place in range(space.size)
    ]


def _solved(space: Space, corner: Corner) -> set[int]:
    """The coordinate that a curved surface is solved for, which must leave the box with it."""
    if corner.count == len(corner.basic):
        return set()
    unknowns = [
        row.places[c - 1]
        for row, part in zip(space.rows, corner.free, strict=True)
        for c in part[1:]
    ]
    return {unknowns[k] for k in corner.basic}


def _holds(space: Space, cell: Cell, corner: Corner, box: Box) -> bool:
    try:
        return _Local(space, cell, corner, box).holds()
    except ZeroDivisionError:
        return False


class _Local:
    """Gradients in balls over one box, and the conditions on them."""

    def __init__(self, space: Space, cell: Cell, corner: Corner, box: Box) -> None:
        self.space, self.corner = space, corner
        self.bounds = [cell.bounds[k] for k in corner.active]
        self.at = [ball(a, b) for a, b in zip(*box, strict=True)]
        self.box = box
        self.slopes = [
            [evaluate(p.derivative(k), self.at) for k in range(space.size)] for p in self.bounds
        ]

    def holds(self) -> bool:
        count, fixed = self.corner.count, len(self.corner.basic)
        multipliers = self._multipliers()
        if multipliers is None or not self._signs(*multipliers):
            return False
        if count == fixed:
            return True
        return fixed == 1 and len(self.bounds) == 1 and self._bends(multipliers[0][0])

    def _pairs(self) -> Iterator[tuple[int, int, int]]:
        """(row, class, class it is exchanged with) for every unknown."""
        for r, part in enumerate(self.corner.free):
            for c in part[1:]:
                yield r, c, part[0]

    def _slope(self, k: int, row: Row, c: int) -> Any:
        return self.slopes[k][row.places[c - 1]] if c else number(Fraction(0))

    def _sign(self, row: Row, c: int) -> int:
        """Of the change of a free class from the expert."""
        r = self.space.rows.index(row)
        mass = self._mass(r, c)
        return 1 if mass > row.home[c] else -1

    def _mass(self, r: int, c: int) -> Fraction:
        masses: list[Fraction] = self.space.rows[r].masses(self.corner.point)
        return masses[c]

    def _weight(self, row: Row) -> Fraction:
        return row.weight if row.opponent in self.corner.erring else Fraction(0)

    def _multipliers(self) -> tuple[list[Any], dict[int, Any]] | None:
        r"""\(\lambda\) and w, from the equations of the basic unknowns."""
        from flint import arb_mat

        first, *others = self.corner.erring
        pairs = list(self._pairs())
        basic = [pairs[k] for k in self.corner.basic]
        size = len(basic)
        if size != len(self.bounds) + len(others):
            return None
        if size == 0:
            return [], {first: number(Fraction(1))}
        matrix, right = [], []
        for r, c, d in basic:
            row = self.space.rows[r]
            pull = self._pull(row, c, d)
            matrix.append(
                [self._slope(k, row, c) - self._slope(k, row, d) for k in range(len(self.bounds))]
                + [
                    number(pull * (int(row.opponent == j) - int(row.opponent == first)))
                    for j in others
                ]
            )
            right.append([number(-pull * int(row.opponent == first))])
        solved = arb_mat(matrix).solve(arb_mat(right)).entries()
        weights = dict(zip(others, solved[len(self.bounds) :], strict=True))
        weights[first] = number(Fraction(1)) - sum(weights.values(), number(Fraction(0)))
        return list(solved[: len(self.bounds)]), weights

    def _pull(self, row: Row, c: int, d: int) -> Fraction:
        """How the error changes as mass moves from class d to c, both free."""
        weight = self._weight(row)
        return weight * (self._sign(row, c) - self._sign(row, d)) if weight else Fraction(0)

    def _signs(self, multipliers: list[Any], weights: dict[int, Any]) -> bool:
        if not all(x >= 0 for x in (*multipliers, *weights.values())):
            return False
        return all(
            self._row(r, row, multipliers, weights.get(row.opponent, number(Fraction(0))))
            for r, row in enumerate(self.space.rows)
        )

    def _row(self, r: int, row: Row, multipliers: list[Any], share: Any) -> bool:
        r"""Whether some \(\theta_s\) fits all classes of the row."""
        level, lower, upper = self._ends(r, row, multipliers, share)
        if level is not None:
            return all(x <= level for x in lower) and all(level <= x for x in upper)
        return all(x <= y for x in lower for y in upper)

    def _ends(
        self, r: int, row: Row, multipliers: list[Any], share: Any
    ) -> tuple[Any | None, list[Any], list[Any]]:
        r"""What free classes make of \(\theta_s\), and its bounds from the others."""
        part = self.corner.free[r]
        weight = share * number(self._weight(row))
        bends = self._weight(row) > 0
        level, lower, upper = None, [], []
        for c, home in enumerate(row.home):
            slope = self._pulled(row, c, multipliers)
            if c in part:
                if c == part[0]:
                    level = slope + weight * self._sign(row, c) if bends else slope
            elif self._mass(r, c) != 0:
                lower.append(slope - weight)
                upper.append(slope + weight)
            elif bends:
                upper.append(slope - weight if home > 0 else slope + weight)
            else:
                upper.append(slope)
        return level, lower, upper

    def _pulled(self, row: Row, c: int, multipliers: list[Any]) -> Any:
        parts = (x * self._slope(k, row, c) for k, x in enumerate(multipliers))
        return sum(parts, number(Fraction(0)))

    def tangent(self, polynomials: Sequence[Any], top: Fraction) -> Any | None:
        r"""\(\xi+\sum\lambda_kF_k-\) `top` with multipliers near those of the corner.

        \(\xi\le E\) on all policies, \(\lambda\ge0\): negative where the cell comes closer.
        """
        found = self._multipliers()
        if found is None or not polynomials:
            return None
        ring = polynomials[0].context()
        variables = ring.gens()
        multipliers = [max(Fraction(0), _plain(x)) for x in found[0]]
        shares = {j: max(Fraction(0), _plain(x)) for j, x in found[1].items()}
        total = sum(shares.values(), Fraction(0))
        linear = ring.constant(rational(-top))
        for r, row in enumerate(self.space.rows):
            share = shares.get(row.opponent, Fraction(0)) / total
            weight = share * self._weight(row)
            level, lower, upper = self._ends(
                r, row, [number(x) for x in multipliers], number(share)
            )
            if level is None:
                bounds = [
                    max(map(_plain, lower), default=None),
                    min(map(_plain, upper), default=None),
                ]
                known = [x for x in bounds if x is not None]
                theta = sum(known, Fraction(0)) / len(known)
            else:
                theta = _plain(level)
            masses = row.masses(variables)
            for c, home in enumerate(row.home):
                slope = _plain(self._pulled(row, c, [number(x) for x in multipliers]))
                wanted = theta - slope
                # The slope of a linear function below the distance, and less where masses end.
                sloped = max(-weight, min(weight, wanted))
                linear = linear + rational(sloped) * (masses[c] - rational(home))
                if self._mass(r, c) == 0 and c not in self.corner.free[r] and wanted < sloped:
                    linear = linear + rational(wanted - sloped) * masses[c]
        for x, k in zip(multipliers, self.corner.active, strict=True):
            linear = linear + rational(x) * polynomials[k]
        return linear

    def _bends(self, multiplier: Any) -> bool:
        """Whether the one active surface exists across the box and curves the right way."""
        pairs = list(self._pairs())
        (basic,) = self.corner.basic
        others = [k for k in range(self.corner.count) if k != basic]
        polynomial, size = self.bounds[0], self.space.size

        def along(k: int) -> list[int]:
            r, c, d = pairs[k]
            row = self.space.rows[r]
            way = [0] * size
            if c:
                way[row.places[c - 1]] += 1
            if d:
                way[row.places[d - 1]] -= 1
            return way

        ways = [along(k) for k in range(self.corner.count)]
        slopes = [
            sum((n * self.slopes[0][m] for m, n in enumerate(way) if n), number(Fraction(0)))
            for way in ways
        ]
        second = [
            [evaluate(polynomial.derivative(a).derivative(b), self.at) for b in range(size)]
            for a in range(size)
        ]

        def form(u: Sequence[Any], v: Sequence[Any]) -> Any:
            return sum(
                (u[a] * v[b] * second[a][b] for a in range(size) for b in range(size)),
                number(Fraction(0)),
            )

        tangents = []
        for k in others:
            ratio = slopes[k] / slopes[basic]
            tangents.append([x - ratio * y for x, y in zip(ways[k], ways[basic], strict=True)])
        hessian = [[multiplier * form(u, v) for v in tangents] for u in tangents]
        return _positive(hessian) and self._crosses(pairs, basic)

    def _crosses(self, pairs: list[tuple[int, int, int]], basic: int) -> bool:
        """Whether the polynomial changes its sign along the basic unknown, all across the box."""
        r, c, d = pairs[basic]
        row = self.space.rows[r]
        if d:
            return False
        place = row.places[c - 1]
        signs = []
        for end in (self.box[0][place], self.box[1][place]):
            at = list(self._surface())
            at[place] = number(end)
            signs.append(evaluate(self.bounds[0], at))
        return bool((signs[0] < 0 and signs[1] > 0) or (signs[0] > 0 and signs[1] < 0))

    def _surface(self) -> list[Any]:
        """The box with all masses but the free ones at their bends."""
        at = list(self.at)
        for row, part in zip(self.space.rows, self.corner.free, strict=True):
            for c, place in enumerate(row.places, start=1):
                if c not in part:
                    at[place] = number(self.corner.point[place])
        return at


def _plain(x: Any) -> Fraction:
    return Fraction(float(x.mid()))


def _positive(matrix: Sequence[Sequence[Any]]) -> bool:
    """Whether all leading minors are positive."""
    from flint import arb_mat

    return all(
        arb_mat([list(row[:k]) for row in matrix[:k]]).det() > 0 for k in range(1, len(matrix) + 1)
    )
