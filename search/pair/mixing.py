r"""A contradiction for every share in which one row mixes two successors.

With the share \(x\) given, the rows are a linear program, and its dual basis gives multipliers that
are rational functions of \(x\): by Cramer's rule, polynomials after multiplication with a
determinant. They are interpolated from exact solutions, and hold as long as all of them are at
least 0 and so is what is left of the sum; where that ends, the interval is halved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from .. import lp
from ..problem import Row, Threshold
from ..prover import ASKED, Mixed
from ..univariate import (
    Poly,
    derivative,
    divided,
    gcd,
    is_nonnegative,
    is_positive,
    poly,
    times,
    total,
    value,
)
from .nodes import ONE, ZERO, Node
from .program import Program, negative, row

FINEST = Fraction(1, 2**16)
_CONSTANT = ""
Multipliers = Mapping[str, Poly]


@dataclass(frozen=True)
class Line:
    """A row whose coefficients are polynomials in x: the sum of the terms is at most 0."""

    name: str
    terms: Mapping[str, Poly]


def mixed(program: Program, rows: Sequence[Row], node: Node, asked: Threshold) -> Mixed | None:
    """Multipliers for every share of the node's second successor; None if some share has none.

    Args:
        program: the case.
        rows: those in force whatever the share is.
        node: the row that mixes; it must have one share and two successors.
        asked: what is to be excluded.
    """
    if len(node.parts) != 1 or node.to_start:
        return None
    ends = program.shape.support(node.parts[0].support)
    if len(ends) != 2:
        return None
    return _Mixer(program, rows, node, (ends[0], ends[1]), asked).found()


class _Mixer:
    def __init__(
        self,
        program: Program,
        rows: Sequence[Row],
        node: Node,
        ends: tuple[int, int],
        asked: Threshold,
    ) -> None:
        self.program, self.rows, self.node, self.ends = program, rows, node, ends
        self.asked = asked
        self.objective = dict(program.objective)
        self.lines = {line.name: line for line in (*map(_plain, rows), *self.shared())}

    def found(self) -> Mixed | None:
        pieces: list[tuple[Fraction, Fraction, Multipliers]] = []
        todo = [(ZERO, ONE)]
        while todo:
            low, high = todo.pop()
            found = self.piece(low, high)
            if found is not None:
                at = [low, *self.touched(found, low, high), high]
                pieces += [(*part, found) for part in pairwise(at)]
                continue
            if high - low < FINEST:
                return None
            middle = (low + high) / 2
            todo += [(middle, high), (low, middle)]
        return Mixed(self.node.name, self.ends, tuple(pieces))

    def piece(self, low: Fraction, high: Fraction) -> Multipliers | None:
        """Multipliers that hold on a whole interval: those of the program at its middle or ends."""
        for x in ((low + high) / 2, low, high):
            basis = self.basis(x)
            found = None if basis is None else self.along(basis, x)
            if found is not None and self.holds(found, low, high):
                return found
        return None

    def basis(self, x: Fraction) -> list[str] | None:
        """The rows and box sides that have a share in the dual solution at x."""
        here = [_at(line, x) for line in self.lines.values()]
        best = lp.maximise(self.program.objective, here, self.program.boxes(here))
        if not isinstance(best, lp.Optimum) or self.asked.met_by(best.value):
            return None
        return list(best.multipliers)

    def along(self, basis: Sequence[str], x: Fraction) -> Multipliers | None:
        """The multipliers on these rows as polynomials; "asked" has the common denominator."""
        lines = [self.line(name) for name in basis]
        variables = sorted({v for line in lines for v in line.terms if v} | set(self.objective))
        chosen = _independent(lines, variables, x)
        if chosen is None:
            return None
        degree = sum(max(len(p) for p in line.terms.values()) - 1 for line in lines)
        xs = [x + Fraction(k, 97) for k in range(degree + 1)]
        solved = [self.solved(lines, chosen, at) for at in xs]
        if any(s is None for s in solved):
            return None
        columns = [_through(xs, [s[k] for s in solved if s]) for k in range(len(lines) + 1)]
        shared: Poly = ()
        for column in columns:
            shared = gcd(shared, column) if shared else column
        columns = [divided(c, shared)[0] for c in columns]
        if value(columns[-1], x) < 0:
            columns = [tuple(-c for c in column) for column in columns]
        return dict(zip([*basis, ASKED], columns, strict=True))

    def solved(
        self, lines: Sequence[Line], chosen: Sequence[str], x: Fraction
    ) -> list[Fraction] | None:
        """The multipliers at x times the determinant, and the determinant."""
        from flint import fmpq_mat

        matrix = fmpq_mat(len(chosen), len(lines), _flat(lines, chosen, x))
        right = fmpq_mat(len(chosen), 1, [_fmpq(self.objective.get(v, ZERO)) for v in chosen])
        factor = matrix.det()
        if not factor:
            return None
        y = matrix.solve(right)
        found = [y[k, 0] * factor for k in range(len(lines))] + [factor]
        return [Fraction(int(c.p), int(c.q)) for c in found]

    def holds(self, y: Multipliers, low: Fraction, high: Fraction) -> bool:
        """Whether they are at least 0, cancel, and leave a contradiction, all on the interval."""
        if not all(is_nonnegative(p, low, high) for p in y.values()):
            return False
        left = self.left(y)
        if left is None:
            return False
        if not self.asked.strict:
            return is_positive(left, low, high)
        return is_nonnegative(left, low, high) and is_positive(y[ASKED], low, high)

    def left(self, y: Multipliers) -> Poly | None:
        """What the sum reads, a polynomial that is at most 0; None if variables are left."""
        asked = Line(ASKED, {v: poly(-c) for v, c in self.objective.items()})
        asked = Line(ASKED, {**asked.terms, _CONSTANT: poly(self.asked.value)})
        sums: dict[str, list[Poly]] = {}
        for name, p in y.items():
            line = asked if name == ASKED else self.line(name)
            for v, c in line.terms.items():
                sums.setdefault(v, []).append(times(p, c))
        left = {v: total(terms) for v, terms in sums.items()}
        constant = left.pop(_CONSTANT, ())
        return None if any(left.values()) else constant

    def touched(self, y: Multipliers, low: Fraction, high: Fraction) -> list[Fraction]:
        """Where the sum is 0 inside: the checker sees that only at the end of a piece."""
        left = self.left(y) or ()
        twice = gcd(left, derivative(left)) if left else ()
        root = -twice[0] / twice[1] if len(twice) == 2 else low
        return [root] if low < root < high else []

    def line(self, name: str) -> Line:
        side, _, variable = name.partition(" ")
        if name in self.lines or side not in ("low", "high"):
            return self.lines[name]
        box = self.program.box(variable)
        if side == "low":
            return Line(name, {variable: poly(-1), _CONSTANT: poly(box.low)})
        return Line(name, {variable: poly(1), _CONSTANT: poly(-box.high)})

    def shared(self) -> list[Line]:
        """The node's own rows at share x of the second end."""
        node, (one, two), found = self.node, self.ends, []
        if node.w is not None:
            side = {f"W {one}": -node.scale}
            mixing = {f"W {one}": node.scale, f"W {two}": -node.scale}
            found.append(_bent(row(f"{node.name} @ w", node.w, side), mixing))
        if node.u is not None:
            side = {f"U {one}": -node.scale}
            mixing = {f"U {one}": node.scale, f"U {two}": -node.scale}
            if node.at_most:
                found.append(_bent(row(f"{node.name} @ most", node.u, side), mixing))
            if node.at_least:
                turned = row(f"{node.name} @ least", negative(node.u), negative(side))
                found.append(_bent(turned, negative(mixing)))
        return found


def _plain(given: Row) -> Line:
    terms = {v: poly(c) for v, c in given.terms}
    return Line(given.name, {**terms, _CONSTANT: poly(-given.bound)})


def _bent(given: Row, mixing: Mapping[str, Fraction]) -> Line:
    line = dict(_plain(given).terms)
    for v, c in mixing.items():
        line[v] = total((line.get(v, ()), poly(0, c)))
    return Line(given.name, line)


def _at(line: Line, x: Fraction) -> Row:
    values = {v: value(p, x) for v, p in line.terms.items()}
    constant = values.pop(_CONSTANT, ZERO)
    return Row(line.name, tuple((v, c) for v, c in values.items() if c), "<=", -constant)


def _independent(lines: Sequence[Line], variables: Sequence[str], x: Fraction) -> list[str] | None:
    """As many variables as lines, whose coefficients make a regular matrix at x."""
    from flint import fmpq_mat

    turned = fmpq_mat(len(variables), len(lines), _flat(lines, variables, x)).transpose()
    reduced, rank = turned.rref()
    if rank < len(lines):
        return None
    pivots = [next(k for k in range(len(variables)) if reduced[i, k]) for i in range(len(lines))]
    return [variables[k] for k in pivots]


def _flat(lines: Sequence[Line], variables: Sequence[str], x: Fraction) -> list[Any]:
    return [_fmpq(value(line.terms.get(v, ()), x)) for v in variables for line in lines]


def _fmpq(number: Fraction) -> Any:
    from flint import fmpq

    return fmpq(number.numerator, number.denominator)


def _through(xs: Sequence[Fraction], ys: Sequence[Fraction]) -> Poly:
    """The polynomial of least degree through points (Lagrange)."""
    terms = []
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        term = poly(y)
        for j, other in enumerate(xs):
            if j != i:
                term = times(term, poly(-other / (x - other), 1 / (x - other)))
        terms.append(term)
    return total(terms)
