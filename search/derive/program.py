r"""The smallest right side that a library of instances gives, as a linear program, and its lift.

An instance is a non-negative number \(f_k\), linear in atoms (values, means, errors) with
coefficients in \(\gamma\) and n. A bound of the target \(T\) in the named atoms q is an identity

\[\sum_qb_q\,q-T=\sum_kc_kf_k,\qquad b_q\ge0,\ c_k\ge0,\]

so for numbers \(\gamma\), n the best one is a linear program: minimise \(\sum_qw_qb_q\). Its
optimal vertex names the few instances that are needed. For these the identity is solved over the
field of rational functions of \(\gamma\) and n, and the signs of the solution are proved for the
whole range.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nashgap.search import lp
from nashgap.search.multipliers import (
    POINTS,
    Candidate,
    Coefficients,
    Point,
    number_at,
    rows_at,
    solve,
)
from nashgap.search.problem import Box, Row
from nashgap.theory.polynomial import Monomial
from nashgap.theory.rational import Rational
from nashgap.theory.signs import is_nonnegative

from .written import tidy

_MOST = Fraction(10**9)
_NAMED = "coefficient of "

Weights = Mapping[Monomial, Fraction]


@dataclass(frozen=True)
class Lifted:
    """A bound with its multipliers, as functions of gamma and n.

    Attributes:
        bound: the coefficient of each named atom, zeros left out.
        multipliers: the multiplier of each instance that is used, by its name.
        weights: those of the objective that it was the optimum of.
        point: the numbers gamma and n at which it was.
    """

    bound: Mapping[Monomial, Rational]
    multipliers: Mapping[str, Rational]
    weights: Weights
    point: Point

    @property
    def said(self) -> tuple[tuple[Monomial, str], ...]:
        """Equal for equal bounds."""
        return tuple(sorted((q, str(b)) for q, b in self.bound.items()))

    def value(self, weights: Weights, point: Point) -> Fraction:
        """The objective at a point."""
        return sum((weights[q] * number_at(b, point) for q, b in self.bound.items()), Fraction(0))


class Program:
    """The program of one target."""

    def __init__(
        self, target: Coefficients, named: Sequence[Monomial], instances: Sequence[Candidate]
    ) -> None:
        """Keeps the instances that can take part.

        Args:
            target: what is to be bounded from above.
            named: the atoms that the bound may speak of; () is the constant 1.
            instances: what may be added up.
        """
        self.target = target
        self.named = tuple(named)
        minus_one = Rational.constant(-1)
        self.everything = tuple(instances)
        named_ones = [Candidate(_name(q), {q: minus_one}, 0) for q in self.named]
        self.wanted = {m: -c for m, c in target.items()}
        kept = {m: {_sign(-c)} for m, c in self.wanted.items()}
        self.instances = useful(kept, [*named_ones, *instances], _sign)
        self._kept: dict[Point, list[Row] | None] = {}
        self._seen: dict[tuple[Point, tuple[Fraction, ...]], Lifted | None] = {}

    def best(self, weights: Weights, points: Sequence[Point] = POINTS) -> Lifted | None:
        """The best bound for given weights, valid for all gamma and n; None where there is none.

        The vertices of several points are tried in turn until one lifts with all its signs.
        """
        for point in points:
            found = self._solve(self._objective(weights), point)
            if found is None:
                return None
            lifted = self._lifted(found, weights, point)
            if lifted is not None:
                return lifted
        return None

    def _lifted(self, found: lp.Optimum, weights: Weights, point: Point) -> Lifted | None:
        """The bound of an optimum; the same one for equal optima."""
        values = tuple(found.point.get(_name(q), Fraction(0)) for q in self.named)
        if (point, values) not in self._seen:
            support = self._support(found, weights, point)
            self._seen[point, values] = self._lift(support, weights, point)
        return self._seen[point, values]

    def wanting(self) -> tuple[str, ...]:
        """Atoms with whose bound there would be one; none where that is not enough either.

        Every atom beside the named ones may enter the bound then, at a high price.
        """
        known = {m for c in self.everything for m in c.value} | set(self.target)
        more = [m for m in known if m not in self.named and len(m) == 1 and m not in self.target]
        wider = Program(self.target, [*self.named, *sorted(more)], self.everything)
        weights = dict.fromkeys(wider.named, Fraction(1))
        lifted = wider.best(weights | dict.fromkeys(more, Fraction(100)))
        if lifted is None:
            return ()
        return tuple(m[0][0] for m in lifted.bound if m in more)

    def is_undominated(self, lifted: Lifted, point: Point) -> bool:
        """Whether no other bound is smaller in one coefficient and larger in none, at a point."""
        zero = Rational.constant(0)
        values = {q: number_at(lifted.bound.get(q, zero), point) for q in self.named}
        columns = {c.name for c in self.instances}
        rows = [
            Row(f"at most {_name(q)}", ((_name(q), Fraction(1)),), "<=", value)
            for q, value in values.items()
            if _name(q) in columns
        ]
        found = self._solve(self._objective(dict.fromkeys(self.named, Fraction(1))), point, *rows)
        return found is not None and -found.value == sum(values.values())

    def _objective(self, weights: Weights) -> dict[str, Fraction]:
        return {_name(q): -weights[q] for q in self.named}

    def _support(self, found: lp.Optimum, weights: Weights, point: Point) -> frozenset[str]:
        """The columns of an optimal vertex, among those one that uses what one likes to use."""
        first = self._objective(weights)
        optimum = Row("optimum", tuple((x, c) for x, c in first.items()), "==", found.value)
        costs = {c.name: Fraction(-c.cost) for c in self.instances}
        second = self._solve(costs, point, optimum)
        return frozenset(x for x, v in (second or found).point.items() if v)

    def _solve(
        self, objective: Mapping[str, Fraction], point: Point, *more: Row
    ) -> lp.Optimum | None:
        if point not in self._kept:
            self._kept[point] = rows_at(self.wanted, self.instances, point)
        rows = self._kept[point]
        if rows is None:
            return None
        boxes = {c.name: Box(Fraction(0), _MOST) for c in self.instances}
        terms = [(x, c) for x, c in objective.items() if x in boxes]
        known = tuple(
            Row(
                row.name, tuple((x, c) for x, c in row.terms if x in boxes), row.relation, row.bound
            )
            for row in more
        )
        found = lp.maximise(terms, [*rows, *known], boxes)
        return found if isinstance(found, lp.Optimum) else None

    def _lift(self, support: frozenset[str], weights: Weights, point: Point) -> Lifted | None:
        chosen = [c for c in self.instances if c.name in support]
        solved = solve(self.wanted, chosen)
        if solved is None or not all(map(is_nonnegative, solved.values())):
            return None
        bound = {q: tidy(solved[_name(q)]) for q in self.named if _name(q) in solved}
        used = {c.name: tidy(solved[c.name]) for c in chosen if c.name in solved}
        multipliers = {x: c for x, c in used.items() if not x.startswith(_NAMED)}
        return Lifted(bound, multipliers, weights, point)


def useful(
    kept: Mapping[Monomial, Collection[int]],
    instances: Sequence[Candidate],
    sign: Callable[[Rational], int],
) -> list[Candidate]:
    """Leaves out, again and again, what holds an atom that nothing else could cancel.

    Args:
        kept: the signs with which atoms occur elsewhere.
        instances: what may be added up.
        sign: 1 or -1 for a coefficient of one sign, else 0.
    """
    left = list(instances)
    while True:
        signs = {m: set(s) for m, s in kept.items()}
        for column in left:
            for monomial, coefficient in column.value.items():
                signs.setdefault(monomial, set()).add(sign(coefficient))
        alone = {m for m, s in signs.items() if s in ({1}, {-1})}
        fewer = [c for c in left if alone.isdisjoint(c.value)]
        if len(fewer) == len(left):
            return left
        left = fewer


def _sign(coefficient: Rational) -> int:
    """1 or -1 where the sign is the same over the range, else 0."""
    if is_nonnegative(coefficient):
        return 1
    return -1 if is_nonnegative(-coefficient) else 0


def _name(atom: Monomial) -> str:
    return _NAMED + ("*".join(name for name, _ in atom) or "1")
