r"""Multipliers \(c_k\ge0\) with \(\sum_kc_kf_k=d\), as functions of \(\gamma\) and n.

The \(f_k\) and d are polynomials in quantities whose coefficients are rational functions of
\(\gamma\) and n. At sample points an exact linear program over numbers tells which few \(f_k\)
suffice there; for these the identity is solved over the field of rational functions, and the signs
of the solution are proved over the whole range. Where a point has no solution there is none at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nashgap.theory.polynomial import Monomial, Polynomial
from nashgap.theory.rational import Rational
from nashgap.theory.signs import is_nonnegative
from nashgap.theory.words import PARAMETERS

from . import lp
from .problem import Box, Row

Coefficients = Mapping[Monomial, Rational]
"""A polynomial in the quantities: its monomials and their coefficients in gamma and n."""
Point = tuple[Fraction, Fraction]

POINTS: tuple[Point, ...] = tuple(
    (Fraction(gamma), Fraction(n))
    for gamma, n in (
        ("1/2", 2), ("9/10", 3), ("1/10", 2), ("99/100", 5), ("1/3", 1), ("0", 4), ("7/10", 12),
    )
)  # fmt: skip
_MOST = Fraction(10**9)


@dataclass(frozen=True)
class Candidate:
    """One non-negative number that may be used.

    Attributes:
        name: unique.
        value: what it is.
        cost: how little one likes to use it.
    """

    name: str
    value: Coefficients
    cost: int


def coefficients(function: Rational) -> Coefficients | None:
    """A rational function as a polynomial in the quantities, or None if it is none.

    Example:
        >>> eps, gamma = Rational.variable("eps_BC"), Rational.variable("gamma")
        >>> {str(m): str(c) for m, c in coefficients(gamma * eps + gamma).items()}
        {"(('eps_BC', 1),)": 'gamma', '()': 'gamma'}
    """
    if any(not factor.variables <= PARAMETERS for factor, _ in function.under):
        return None
    grouped: dict[Monomial, dict[Monomial, Fraction]] = {}
    for monomial, c in function.top.terms.items():
        outer = tuple(pair for pair in monomial if pair[0] not in PARAMETERS)
        inner = tuple(pair for pair in monomial if pair[0] in PARAMETERS)
        grouped.setdefault(outer, {})[inner] = c
    under = Rational(Polynomial.constant(1), function.under)
    return {outer: Rational(Polynomial.of(inner)) * under for outer, inner in grouped.items()}


def find(
    wanted: Coefficients, candidates: Sequence[Candidate], fixed: Mapping[str, Rational]
) -> Mapping[str, Rational] | None:
    """Multipliers by the candidates' names, zeros left out, each proved non-negative; or None.

    Args:
        wanted: the polynomial to reach.
        candidates: what may be added up.
        fixed: numbers for gamma or n, already put into the others.
    """
    tried: set[frozenset[str]] = set()
    for point in _points(fixed):
        support = _support(wanted, candidates, point)
        if support is None:
            return None
        if support in tried:
            continue
        tried.add(support)
        chosen = [c for c in candidates if c.name in support]
        solved = solve(wanted, chosen)
        if solved is not None and all(map(is_nonnegative, solved.values())):
            return solved
    return None


def is_possible(
    wanted: Coefficients, candidates: Sequence[Candidate], fixed: Mapping[str, Rational]
) -> bool:
    """Whether there are multipliers at the first of the sample points, without which none are."""
    return _support(wanted, candidates, next(_points(fixed))) is not None


def _points(fixed: Mapping[str, Rational]) -> Iterator[Point]:
    def put(name: str, value: Fraction) -> Fraction:
        known = fixed[name].top.as_constant() if name in fixed else None
        return value if known is None else known

    yield from dict.fromkeys((put("gamma", g), put("n", n)) for g, n in POINTS)


def _support(
    wanted: Coefficients, candidates: Sequence[Candidate], point: Point
) -> frozenset[str] | None:
    """The candidates that an optimal vertex uses at one point; None if nothing adds up there."""
    written = rows_at(wanted, candidates, point)
    if written is None:
        return None
    costs = [(c.name, Fraction(-c.cost)) for c in candidates]
    boxes = {c.name: Box(Fraction(0), _MOST) for c in candidates}
    found = lp.maximise(costs, written, boxes)
    if not isinstance(found, lp.Optimum):
        return None
    return frozenset(name for name, value in found.point.items() if value)


def rows_at(
    wanted: Coefficients, candidates: Iterable[Candidate], point: Point
) -> list[Row] | None:
    """At one point, what multipliers must satisfy; None if a monomial is in no candidate."""
    rows: dict[Monomial, list[tuple[str, Fraction]]] = {monomial: [] for monomial in wanted}
    for candidate in candidates:
        for monomial, coefficient in candidate.value.items():
            number = number_at(coefficient, point)
            if number:
                rows.setdefault(monomial, []).append((candidate.name, number))
    written = []
    for k, (monomial, terms) in enumerate(rows.items()):
        bound = number_at(wanted[monomial], point) if monomial in wanted else Fraction(0)
        if not terms and bound:
            return None
        if terms:
            written.append(Row(f"row {k}", tuple(terms), "==", bound))
    return written


def number_at(coefficient: Rational, point: Point) -> Fraction:
    """The value of a function of gamma and n at a point."""
    value = _value(coefficient.top, point)
    for factor, power in coefficient.under:
        value /= _value(factor, point) ** power
    return value


def _value(polynomial: Polynomial, point: Point) -> Fraction:
    at: dict[str, Fraction] = dict(zip(("gamma", "n"), point, strict=True))
    total = Fraction(0)
    for monomial, c in polynomial.terms.items():
        for name, exponent in monomial:
            c *= at[name] ** exponent
        total += c
    return total


def solve(wanted: Coefficients, chosen: Sequence[Candidate]) -> dict[str, Rational] | None:
    """The exact solution over rational functions; None if there is none or more than one."""
    zero = Rational.constant(0)
    monomials = dict.fromkeys((*wanted, *(m for c in chosen for m in c.value)))
    rows = [[*(c.value.get(m, zero) for c in chosen), wanted.get(m, zero)] for m in monomials]
    size = len(chosen)
    for k in range(size):
        pivot = next((r for r in range(k, len(rows)) if not rows[r][k].is_zero), None)
        if pivot is None:
            return None
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for r in range(len(rows)):
            if r != k and not rows[r][k].is_zero:
                factor = rows[r][k]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[k], strict=True)]
    if any(not row[-1].is_zero for row in rows[size:]):
        return None
    return {c.name: rows[k][-1] for k, c in enumerate(chosen) if not rows[k][-1].is_zero}
