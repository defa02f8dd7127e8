r"""The exact modulus of a one-state game of two players.

With one state the best responses of i to \(p_o\) are the mixtures of
\(\mathrm{Opt}(p_o)=\arg\max_au_i(a,p_o)\), so that the shift is \(2(1-e_i(\mathrm{Opt}(p_o)))\).
It is at least v iff \(\mathrm{Opt}(p_o)\subseteq T\) for some set T with \(2(1-e_i(T))\ge v\), that
is, iff some \(a\in T\) is strictly better than all \(b\notin T\):

\(C_{a,T}=\{p_o:u_i(a,p_o)>u_i(b,p_o)\ \forall b\notin T\}\).

\(C_{a,T}\) is convex and open in the simplex. Where it is not empty its closure replaces > by
\(\ge\), so the least \(\|p_o-e_o\|_1\) over the closure, a linear program, is the infimum over
\(C_{a,T}\). If the infimum is d > 0 it is not attained: from a point of the open set one can walk
towards \(e_o\) and stay inside. Hence the modulus is left-continuous at every jump but one at 0
that \(e_o\) itself makes. It suffices to take for T a subset of the support of \(e_i\) with all
actions off the support; there are \(2^{|\mathrm{supp}\,e_i|}\) of them, A programs each: polynomial
for a pure \(e_i\) and for a fixed number of actions.
"""

import itertools
from collections.abc import Iterator
from fractions import Fraction

from ..game import MarkovGame
from ..policy import ProductPolicy
from .simplex import maximise
from .steps import Modulus, Step

Row = tuple[Fraction, ...]

MOST_PROGRAMS = 20_000
"""Linear programs above which the exact route is not taken."""


def fits(game: MarkovGame, expert: ProductPolicy, player: int) -> bool:
    """Whether the exact route is open: one state, two players, few enough programs."""
    if game.num_states != 1 or game.players != 2:
        return False
    support = int((expert[player][0] > 0).sum())
    return support < 30 and 2**support * game.num_actions[player] <= MOST_PROGRAMS


def one_state_modulus(
    game: MarkovGame, expert: ProductPolicy, player: int, beyond: Fraction
) -> Modulus:
    r"""\(\delta_i(\cdot)\) with its jumps; see `modulus`."""
    payoff = game.rewards[player][0]
    rows = [tuple(row) for row in (payoff if player == 0 else payoff.T).tolist()]
    mine, other = tuple(expert[player][0].tolist()), tuple(expert[1 - player][0].tolist())
    near: dict[Fraction, tuple[Fraction, Row, Row]] = {}
    for value, action, worse in _cells(mine):
        found = _nearest([_less(rows[action], rows[b]) for b in worse], other)
        if found is not None and (value not in near or found[0] < near[value][0]):
            near[value] = found
    steps: list[Step] = []
    for value in sorted(near, reverse=True):
        place, limit, inside = near[value]
        # A larger shift that comes no later hides this one.
        if steps and place >= steps[-1].at:
            continue
        at_expert = place == 0 and _shift(rows, mine, other) >= value
        witness = other if at_expert else _beyond(place, limit, inside, other, beyond)

        def profile(row: Row) -> ProductPolicy:
            return expert.replace(1 - player, [row])

        steps.append(
            Step(
                value,
                place,
                at_expert,
                place,
                profile(limit),
                profile(witness),
                _distance(witness, other),
            )
        )
    steps.reverse()
    # Of several jumps at 0, one of the expert itself comes first.
    first = _shift(rows, mine, other)
    if first > 0 and not any(s.attained for s in steps):
        own = expert
        steps.insert(0, Step(first, Fraction(0), True, Fraction(0), own, own, Fraction(0)))
    return Modulus(player, tuple(steps), _ceilings(steps))


def _ceilings(steps: list[Step]) -> tuple[tuple[Fraction, Fraction], ...]:
    below, found = Fraction(0), []
    for step in steps:
        if not step.attained:
            found.append((step.at, below))
        below = step.value
    return (*found, (Fraction(2), below))


def _cells(mine: Row) -> Iterator[tuple[Fraction, int, list[int]]]:
    """(shift at least, an action that is best, the actions that are strictly worse)."""
    support = [a for a, p in enumerate(mine) if p > 0]
    off = [a for a, p in enumerate(mine) if p == 0]
    for size in range(len(support)):
        for kept in itertools.combinations(support, size):
            value = 2 * (1 - sum((mine[a] for a in kept), Fraction(0)))
            worse = [a for a in support if a not in kept]
            for action in (*kept, *off):
                yield value, action, worse


def _less(first: Row, second: Row) -> Row:
    return tuple(x - y for x, y in zip(first, second, strict=True))


def _dot(first: Row, second: Row) -> Fraction:
    return sum((x * y for x, y in zip(first, second, strict=True)), Fraction(0))


def _distance(first: Row, second: Row) -> Fraction:
    return sum((abs(x - y) for x, y in zip(first, second, strict=True)), Fraction(0))


def _shift(rows: list[Row], mine: Row, other: Row) -> Fraction:
    worth = [_dot(row, other) for row in rows]
    best = max(worth)
    return 2 * (1 - sum((p for p, w in zip(mine, worth, strict=True) if w == best), Fraction(0)))


def _nearest(leads: list[Row], other: Row) -> tuple[Fraction, Row, Row] | None:
    r"""Where all \(\mathrm{lead}\cdot p>0\): (distance, the nearest p of the closure, some p)."""
    size = len(other)
    one, zero = Fraction(1), Fraction(0)
    spread = [[*(-x for x in lead), one] for lead in leads]
    simplex = [[*([one] * size), zero], [*([-one] * size), zero], [*([zero] * size), one]]
    inside = maximise(
        [*([zero] * size), one],
        [*spread, *simplex],
        [*([zero] * len(leads)), one, -one, Fraction(4)],
    )
    if inside is None or inside[0] <= 0:
        return None
    # p = e - x + y with 0 <= x <= e, y >= 0 and equal sums; half the distance is the sum of x.
    moved = [[*(x for x in lead), *(-x for x in lead)] for lead in leads]
    bounds = [_dot(lead, other) for lead in leads]
    caps = [[Fraction(int(k == j)) for j in range(2 * size)] for k in range(size)]
    even = [[*([one] * size), *([-one] * size)], [*([-one] * size), *([one] * size)]]
    nearest = maximise(
        [*([-one] * size), *([zero] * size)],
        [*moved, *caps, *even],
        [*bounds, *other, zero, zero],
    )
    if nearest is None:  # pragma: no cover - the closure holds the point inside
        raise ArithmeticError("a cell with an inner point has no nearest point")
    x, y = nearest[1][:size], nearest[1][size:]
    point = tuple(e - a + b for e, a, b in zip(other, x, y, strict=True))
    return _distance(point, other), point, tuple(inside[1][:size])


def _beyond(place: Fraction, limit: Row, inside: Row, other: Row, beyond: Fraction) -> Row:
    """A point of the open cell whose error is at most `place + beyond`."""
    far = _distance(inside, other)
    part = Fraction(1) if far <= place + beyond else beyond / (far - place)
    return tuple(a + part * (b - a) for a, b in zip(limit, inside, strict=True))
