r"""That no combination of instances gives a better bound, for every gamma and n at once.

A bound \(\sum_qb_q\,q-T=\sum_kc_kf_k\) is beaten by none that is smaller in one coefficient and
larger in none if there are numbers y for the atoms (values, means, errors) with

\[f_k(y)\ge0\ \text{for all k},\qquad y_q>0\ \text{for the named q},\qquad T(y)=\sum_qb_qy_q:\]

for any other bound, \(\sum_q(b'_q-b_q)y_q=\sum_kc'_kf_k(y)\ge0\). These y are multipliers of the
dual program; they need not come from a game. Here they are functions of \(\gamma\) and n:
polynomials in \(t=\gamma/(1-\gamma)\) and \(m=n-n_0\), and \(f_k(y)\) times a positive denominator
is asked to have non-negative coefficients in t and m, which is one linear program for the whole
range. What it finds is put into the instances once more, and the signs are proved by `signs`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Literal

from nashgap.search import lp
from nashgap.search.multipliers import Candidate, Coefficients
from nashgap.search.problem import Box, Row
from nashgap.theory.polynomial import Monomial, Polynomial
from nashgap.theory.rational import Rational
from nashgap.theory.signs import is_nonnegative, sign

from .program import useful
from .written import moved, written

_ZERO, _ONE = Rational.constant(0), Rational.constant(1)
_LARGEST = Fraction(10**6)
_SIZES = ((2, 0), (3, 1))
"""Degrees of the multipliers in t and m that are tried."""

Place = tuple[int, int]
"""A power of t and one of m."""
Expanded = Mapping[Place, Fraction]


@dataclass(frozen=True)
class Optimal:
    r"""Multipliers of the dual program.

    Attributes:
        least: they serve for all \(n\ge\) `least` and \(0\le\gamma<1\).
        multipliers: a function of gamma and n for each atom; those left out are 0.
    """

    least: int
    multipliers: Mapping[Monomial, Rational]

    @property
    def span(self) -> str:
        """For which gamma and n, in words."""
        return f"0 <= gamma < 1, n >= {self.least}"

    def json(self) -> dict[str, object]:
        """The range, and the multipliers in plain text."""
        shown = {"*".join(x for x, _ in m) or "1": written(y) for m, y in self.multipliers.items()}
        return {"range": self.span, "multipliers": shown}


def optimal(
    bound: Mapping[Monomial, Rational],
    target: Coefficients,
    named: Sequence[Monomial],
    instances: Iterable[Candidate],
    *,
    least: Sequence[int] = (1, 2),
) -> Optimal | None:
    """Checked multipliers that show a bound to be the best of the instances, or None.

    Args:
        bound: its coefficients.
        target: what it bounds.
        named: the atoms that a bound may speak of.
        instances: what could have been added up.
        least: the numbers of players from which on it may be the best, tried in turn.
    """
    everything = _relevant(target, named, instances)
    for lowest in least:
        for size in _SIZES:
            found = _multipliers(_excess(bound, target), named, everything, lowest, size)
            if found is None:
                continue
            made = Optimal(lowest, found)
            if shows(made, bound, target, named, everything):
                return made
    return None


def shows(
    given: Optimal,
    bound: Mapping[Monomial, Rational],
    target: Coefficients,
    named: Sequence[Monomial],
    instances: Iterable[Candidate],
) -> bool:
    """Whether the multipliers satisfy every condition over their whole range."""

    def at_least_zero(value: Rational) -> bool:
        return is_nonnegative(_moved(value, given.least - 1))

    y = given.multipliers
    return (
        _value(_excess(bound, target), y).is_zero
        and all(at_least_zero(y.get(q, _ZERO) - _ONE) for q in named)
        and all(at_least_zero(_value(one.value, y)) for one in instances)
    )


def _excess(bound: Mapping[Monomial, Rational], target: Coefficients) -> Coefficients:
    """T - sum of b_q q."""
    atoms = dict.fromkeys((*target, *bound))
    return {m: target.get(m, _ZERO) - bound.get(m, _ZERO) for m in atoms}


def _value(of: Coefficients, y: Mapping[Monomial, Rational]) -> Rational:
    total = _ZERO
    for monomial, coefficient in of.items():
        if monomial in y:
            total = total + coefficient * y[monomial]
    return total


def _relevant(
    target: Coefficients, named: Sequence[Monomial], instances: Iterable[Candidate]
) -> list[Candidate]:
    """Those that a combination at some gamma and n may contain.

    The others hold an atom whose coefficients have one strict sign on the whole range wherever it
    occurs.
    """
    kept = dict.fromkeys((*target, *named), (0,))
    return useful(kept, [one for one in instances if one.value], _strict)


def _strict(coefficient: Rational) -> int:
    """1 or -1 where the sign is strict and the same over the range, else 0."""
    found = sign(coefficient.top)
    for factor, power in coefficient.under:
        found *= sign(factor) ** power
    return found


def _multipliers(
    excess: Coefficients,
    named: Sequence[Monomial],
    instances: Sequence[Candidate],
    least: int,
    size: tuple[int, int],
) -> dict[Monomial, Rational] | None:
    """A solution of the linear program, as functions of gamma and n."""
    atoms = dict.fromkeys([*excess, *named, *(m for one in instances for m in one.value)])
    places = [(i, j) for i in range(size[0] + 1) for j in range(size[1] + 1)]
    number = {(m, p): f"{k} {p}" for k, m in enumerate(atoms) for p in places}
    boxes = {x: Box(-_LARGEST, _LARGEST) for x in number.values()}
    for q in named:
        boxes |= {number[q, p]: Box(Fraction(int(p == (0, 0))), _LARGEST) for p in places}
    rows = []
    for k, condition in enumerate([excess, *(one.value for one in instances)]):
        expanded = _expanded(condition, least)
        if expanded is None:
            return None
        terms: dict[Place, dict[str, Fraction]] = {}
        for monomial, polynomial in expanded.items():
            for ((a, b), c), (i, j) in ((x, p) for x in polynomial.items() for p in places):
                row = terms.setdefault((a + i, b + j), {})
                name = number[monomial, (i, j)]
                row[name] = row.get(name, Fraction(0)) - c
        relation: Literal["<=", "=="] = "==" if k == 0 else "<="
        rows += [
            Row(f"{k} {p}", tuple((x, c) for x, c in row.items() if c), relation, Fraction(0))
            for p, row in terms.items()
        ]
    price = [(number[q, p], Fraction(-1)) for q in named for p in places]
    found = lp.maximise(price, rows, boxes)
    if not isinstance(found, lp.Optimum):
        return None
    made = {m: _function({p: found.point.get(number[m, p]) for p in places}, least) for m in atoms}
    return {m: y for m, y in made.items() if not y.is_zero}


def _expanded(condition: Coefficients, least: int) -> Mapping[Monomial, Expanded] | None:
    """Each coefficient in powers of t and m, times one positive denominator for all of them."""
    under: dict[Polynomial, int] = {}
    for coefficient in condition.values():
        for factor, power in coefficient.under:
            under[factor] = max(under.get(factor, 0), power)
    direction = 1
    for factor, power in under.items():
        direction *= sign(factor) ** power
    if not direction:
        return None
    tops = {}
    for monomial, coefficient in condition.items():
        top, mine = coefficient.top, dict(coefficient.under)
        for factor, power in under.items():
            top = top * factor ** (power - mine.get(factor, 0))
        tops[monomial] = top.scale(Fraction(direction))
    degree = max(
        (dict(powers).get("gamma", 0) for top in tops.values() for powers in top.terms), default=0
    )
    return {monomial: _in_t_and_m(top, degree, least) for monomial, top in tops.items()}


def _in_t_and_m(polynomial: Polynomial, degree: int, least: int) -> Expanded:
    r"""Times \((1+t)^{\mathrm{degree}}\), with \(\gamma=t/(1+t)\) and \(n=n_0+m\)."""
    found: dict[Place, Fraction] = {}
    for powers, c in polynomial.terms.items():
        gamma, n = dict(powers).get("gamma", 0), dict(powers).get("n", 0)
        for a in range(degree - gamma + 1):
            for b in range(n + 1):
                place = gamma + a, b
                term = c * comb(degree - gamma, a) * comb(n, b) * least ** (n - b)
                found[place] = found.get(place, Fraction(0)) + term
    return {place: c for place, c in found.items() if c}


def _function(coefficients: Mapping[Place, Fraction | None], least: int) -> Rational:
    gamma = Rational.variable("gamma")
    t = gamma / (_ONE - gamma)
    m = Rational.variable("n") - Rational.constant(least)
    total = _ZERO
    for (i, j), c in coefficients.items():
        if c:
            total = total + Rational.constant(c) * t.power(i) * m.power(j)
    return total


def _moved(function: Rational, by: int) -> Rational:
    """The same with n + by for n."""
    if not by:
        return function
    under = {moved(factor, by): power for factor, power in function.under}
    return Rational.reduced(moved(function.top, by), under)
