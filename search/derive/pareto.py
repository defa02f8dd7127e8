r"""The bounds that no other one beats, where several quantities trade off.

A linear program gives the best bound for one choice of weights. The weights that are tried: every
order of importance of the named atoms, and then those for which two bounds that were found are
worth the same, as long as that gives new ones.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, permutations, product

from nashgap.search.multipliers import POINTS, Point, number_at
from nashgap.theory.polynomial import Monomial
from nashgap.theory.rational import Rational
from nashgap.theory.signs import is_nonnegative

from .program import Lifted, Program, Weights

_FEW, _ROUNDS, _SCALE = 3, 3, Fraction(1, 50)


def pareto(program: Program) -> tuple[Lifted, ...]:
    """The bounds that no other one beats in every coefficient, as far as weights tell them apart.

    Weights of every order of importance of the named atoms are tried; then, again and again, those
    for which two bounds that were found are worth the same.
    """
    found: dict[object, Lifted] = {}
    left = [(weights, POINTS) for weights in _weights(program.named)]
    for _ in range(_ROUNDS):
        best = (program.best(weights, points) for weights, points in left)
        fresh = [one for one in best if one is not None and one.said not in found]
        before = list(found.values())
        found |= {one.said: one for one in fresh}
        news = [found[said] for said in dict.fromkeys(one.said for one in fresh)]
        pairs = [*product(news, before), *combinations(news, 2)]
        left = [
            (weights, (point, *POINTS))
            for one, other in pairs
            for point in POINTS[:2]
            if (weights := _alike(one, other, program.named, point)) is not None
        ]
    several = tuple(found.values())
    return tuple(one for one in several if not beaten(one, several))


def _alike(one: Lifted, other: Lifted, named: Sequence[Monomial], point: Point) -> Weights | None:
    """Weights for which two bounds are worth the same at a point."""
    zero = Rational.constant(0)
    apart = {q: number_at(one.bound.get(q, zero) - other.bound.get(q, zero), point) for q in named}
    sides = [[q for q, d in apart.items() if d * sign > 0] for sign in (1, -1)]
    if not all(sides):
        return None
    weights = {q: 1 / (abs(apart[q]) * len(side)) for side in sides for q in side}
    most = max(weights.values())
    return {q: weights.get(q, 10 * most) for q in named}


def beaten(one: Lifted, others: Iterable[Lifted]) -> bool:
    """Whether a different bound is at most this one, whatever the errors."""
    return any(other.said != one.said and _is_below(other, one) for other in others)


def _is_below(one: Lifted, other: Lifted) -> bool:
    """Whether every coefficient is at most the other's over the whole range."""
    zero = Rational.constant(0)
    every = {*one.bound, *other.bound}
    return all(is_nonnegative(other.bound.get(q, zero) - one.bound.get(q, zero)) for q in every)


def _weights(named: Sequence[Monomial]) -> Iterator[Weights]:
    """The constant first, second or last in importance, the others in every order; then alike."""
    others = [q for q in named if q != ()]
    orders = permutations(others) if len(others) <= _FEW else _turns(others)
    constant = [q for q in named if q == ()]
    for order in orders:
        first, rest = list(order[:1]), list(order[1:])
        for ranked in ([*constant, *order], [*first, *constant, *rest], [*order, *constant]):
            yield {q: _SCALE**k for k, q in enumerate(ranked)}
    if len(named) > 1:
        yield dict.fromkeys(named, Fraction(1))


def _turns(named: Sequence[Monomial]) -> Iterator[tuple[Monomial, ...]]:
    """Each atom once the first, the others in both directions."""
    for k, lead in enumerate(named):
        rest = (*named[k + 1 :], *named[:k])
        yield (lead, *rest)
        yield (lead, *rest[::-1])
