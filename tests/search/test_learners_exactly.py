"""Extremes of small games, exactly: no learner beats them, and each step is checked by itself."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as F
from typing import Any, Literal

import numpy as np
import pytest
from flint import fmpq

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.matching import eps_bc_per_player
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.polynomials.bernstein import (
    at_point,
    binomials,
    on_box,
    raised,
)
from nashgap.numeric.root import Root
from nashgap.search.learners import Extreme, Stopped, largest_gap, smallest_gap
from nashgap.search.learners.climb import between
from nashgap.search.learners.exactly.active import _slope, active
from nashgap.search.learners.exactly.ceiling import Column, Proposal, bound_of, exact_bound, propose
from nashgap.search.learners.exactly.equilibrium import equilibrium_near
from nashgap.search.learners.exactly.face import negated
from nashgap.search.learners.exactly.goals import goals
from nashgap.search.learners.exactly.isolate import roots_between
from nashgap.search.learners.exactly.program import Ball, Program, Space, within
from nashgap.search.learners.exactly.record import Record
from nashgap.search.learners.exactly.repair import meets
from nashgap.search.learners.exactly.rounding import lost, safe_bound
from nashgap.search.learners.exactly.search import _Piece, _Search
from nashgap.search.learners.result import Error, error_of

Kind = Literal["largest", "smallest"]
ERRORS: tuple[Error, ...] = ("bc", "mu", "rho")
EPS = F(1, 5)


def some_policy(rng: random.Random, game: MarkovGame) -> ProductPolicy:
    tables = []
    for size in game.num_actions:
        rows = []
        for _ in range(game.num_states):
            weights = [rng.randrange(4) for _ in range(size)]
            weights[rng.randrange(size)] += 1
            rows.append([F(w, sum(weights)) for w in weights])
        tables.append(rows)
    return ProductPolicy(tables)


def some_learner(
    rng: random.Random, game: MarkovGame, expert: ProductPolicy, eps: F, error: Error
) -> ProductPolicy | None:
    """A policy moved to the expert until it is within the error, if it ever is."""
    policy = some_policy(rng, game)
    weights = np.array([F(1)] * game.num_states, dtype=object)
    for k in range(12):
        moved = between(expert, policy, F(1, 2**k) if k else F(1), weights)
        if error_of(game, expert, moved, error) <= eps:
            return moved
    return None


def shapes() -> list[tuple[MarkovGame, ProductPolicy]]:
    small = random_game(3, states=2, discount="1/2")
    large = random_game(4, states=3, discount="9/10")
    three = random_game(5, states=1, actions=3, discount="1/2")
    return [(m.game, m.expert) for m in (small, large, three)]


@pytest.mark.parametrize("case", range(3))
def test_programs_say_what_the_definitions_say(case: int) -> None:
    game, expert = shapes()[case]
    space, rng = Space(game, expert), random.Random(case)
    programs = {sign: list(goals(space, EPS, "rho", sign)) for sign in (1, -1)}
    for _ in range(3):
        policy = some_policy(rng, game)
        place = space.point(policy)
        assert space.policy(place) == policy
        for sign, found in programs.items():
            values = []
            for goal in found:
                x = [fmpq(*place[k].as_integer_ratio()) for k in goal.kept]
                ratios = [at_point(n, x) / at_point(d, x) for n, d in goal.exact.objectives]
                values.append(min(ratios))
            best = max(values)
            assert F(int(best.p), int(best.q)) == sign * F(nash_gap(game, policy))
        x = [fmpq(*u.as_integer_ratio()) for u in place]
        for error in ERRORS:
            for eps in (F(0), F(1, 10), F(1), F(3, 2)):
                balls = within(space, eps, error)
                inside = all(
                    sum(abs(at_point(v, x)) for v in b.terms) <= at_point(b.cap, x) for b in balls
                )
                assert inside == (error_of(game, expert, policy, error) <= eps)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("sign", [1, -1])
def test_any_multipliers_bound_every_learner(error: Error, sign: int) -> None:
    made = random_game(7, states=2, discount="1/2")
    # Around mixed policies the signs of the terms are open.
    expert = ProductPolicy.uniform(made.game)
    space, rng = Space(made.game, expert), random.Random(sign)
    checked = 0
    for goal in goals(space, EPS, error, sign):
        box = tuple((F(0), F(1)) for _ in goal.kept)
        ends = [(fmpq(*a.as_integer_ratio()), fmpq(*b.as_integer_ratio())) for a, b in box]
        exact = goal.exact.mapped(lambda p, ends=ends: on_box(p, ends))  # type: ignore[misc]
        proposal = propose(goal.floats, 0.5 * sign, rich=True)
        bounds = [exact_bound(exact, proposal)]
        for _ in range(3):
            values = [
                fmpq(rng.randrange(13), 12) if c.kind != "term" else fmpq(rng.randrange(-60, 61), 6)
                for c in proposal.columns
            ]
            weights = [k for k, c in enumerate(proposal.columns) if c.kind == "weight"]
            values[rng.choice(weights)] += 1
            bounds.append(bound_of(exact, proposal.columns, values))
        for _ in range(12):
            learner = some_learner(rng, made.game, expert, EPS, error)
            if learner is None:
                continue
            place = space.point(learner)
            x = [fmpq(*place[k].as_integer_ratio()) for k in goal.kept]
            value = min(at_point(n, x) / at_point(d, x) for n, d in goal.exact.objectives)
            assert F(int(value.p), int(value.q)) <= min(bounds)
            checked += 1
    assert checked > 5


def test_multipliers_of_terms_are_kept_within_their_caps() -> None:
    """The most of x within |x - 1/2| <= 1/4 is 3/4; a cap of 1/2 with a term of 1 would say 5/8."""
    one, quarter = (np.array([fmpq(*x)], dtype=object) for x in ((1, 1), (1, 4)))
    x = np.array([fmpq(0), fmpq(1)], dtype=object)
    centred = np.array([fmpq(-1, 2), fmpq(1, 2)], dtype=object)
    made = Program(((x, raised(one, (2,))),), (Ball(quarter, (centred,)),), (), ((0, (0,)),))
    columns = (Column("weight", 0), Column("cap", 0, None, signs=(0,)), Column("term", 0, None))
    for cap, term, bound in ((1, 1, F(3, 4)), (fmpq(1, 2), 1, F(7, 8)), (0, 5, F(1))):
        assert bound_of(made, columns, [fmpq(1), fmpq(cap), fmpq(term)]) == bound
    proposal = propose(made.as_float(), 0.75, rich=True)
    assert meets(made, proposal, F(3, 4))
    assert not meets(made, proposal, F(3, 4) - F(1, 10**9))


def test_multipliers_meet_the_extreme_and_nothing_below_it() -> None:
    made = random_game(101, states=2, discount="1/2")
    found = largest_gap(made.game, made.expert, EPS, "bc")
    assert isinstance(found.value, F)
    met = []
    for goal in goals(Space(made.game, made.expert), EPS, "bc", 1):
        proposal = propose(goal.floats, float(found.value), rich=True)
        if abs(proposal.bound - float(found.value)) < 1e-9:
            met.append(meets(goal.exact, proposal, found.value))
            assert not meets(goal.exact, proposal, found.value - F(1, 10**12))
    assert any(met)


def extreme(
    kind: Kind, game: MarkovGame, expert: ProductPolicy, eps: object, error: Error, **options: Any
) -> Extreme:
    search = largest_gap if kind == "largest" else smallest_gap
    return search(game, expert, eps, error, **options)


def check_exact(
    game: MarkovGame, expert: ProductPolicy, eps: F, error: Error, kind: Kind, seed: int
) -> Extreme:
    """Exact; the learner has the number, or nearly for a root; random learners do not beat it."""
    found = extreme(kind, game, expert, eps, error)
    assert found.is_exact
    assert error_of(game, expert, found.learner, error) <= eps
    reached = found.lower if kind == "largest" else found.upper
    assert nash_gap(game, found.learner) == reached
    assert found.upper - found.lower < F(1, 10**6)
    if found.root is None:
        assert found.value == reached
    rng = random.Random(seed)
    for _ in range(25):
        learner = some_learner(rng, game, expert, eps, error)
        if learner is not None:
            gap = nash_gap(game, learner)
            assert gap <= found.upper if kind == "largest" else gap >= found.lower
    return found


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("seed", [101, 103])
def test_small_markov_games_are_exact(seed: int, error: Error) -> None:
    made = random_game(seed, states=2, discount="1/2")
    check_exact(made.game, made.expert, EPS, error, "largest", seed)
    if seed == 101:
        check_exact(made.game, made.learner, EPS, error, "smallest", seed)


def test_three_states_are_exact() -> None:
    made = random_game(202, states=3, discount="1/2")
    check_exact(made.game, made.expert, EPS, "rho", "largest", 0)


@pytest.mark.parametrize(
    ("name", "eps", "error", "value"),
    [
        # T1 with full support, at its sharp family: (1 + gamma) eps / (1 - gamma)^2.
        ("w1-full-support", F(1, 20), "bc", F(19, 2)),
        # Exact matching of pairs: 2 gamma / (1 - gamma), and half of it for rewards of one sign.
        ("w3", F(0), "rho", F(18)),
        ("theorem-2", F(0), "rho", F(9)),
        # Matching states alone says nothing: 2 / (1 - gamma).
        ("state-only", F(0), "mu", F(20)),
        ("lemma-1", F(0), "mu", F(50, 3)),
        ("w6", F(0), "rho", F(0)),
    ],
)
def test_named_games_have_the_numbers_of_their_theorems(
    name: str, eps: F, error: Error, value: F
) -> None:
    made = catalogue()[name].build()
    assert largest_gap(made.game, made.expert, eps, error).value == value


def test_an_irrational_extreme_is_an_isolated_root() -> None:
    made = catalogue()["dominance-trap"].build()
    found = largest_gap(made.game, made.expert, "1/2", "bc")
    root = found.value
    assert isinstance(root, Root)
    assert root.polynomial == (9, -22, 9)
    # The root (11 - 2 sqrt 10) / 9, and the learner comes close to it from below.
    assert found.lower < (11 - 2 * F("3.16227766016")) / 9
    assert root.low - found.lower < F(1, 10**12)
    assert root.high - root.low < F(1, 10**15)


def test_a_root_is_told_only_if_no_closed_piece_can_hold_a_maximiser() -> None:
    """Catches the larger of two candidates told although a closed piece may hold the other."""
    made = catalogue()["dominance-trap"].build()
    space = Space(made.game, made.expert)
    begun = F(nash_gap(made.game, made.expert))
    search = _Search(Record(space, F(1, 2), "bc", 1, begun, made.expert), 200, lambda text: None)
    answer = search.run(list(goals(space, F(1, 2), "bc", 1)))
    assert answer.root is not None
    assert answer.root.polynomial == (9, -22, 9)
    assert search.closed is not None
    assert search.closed < search.best
    assert not answer.root.is_below(search.best)
    # The same leaves, and a closed piece in which the best learner may lie: either is the maximum.
    search.tries.clear()
    assert search._from_leaves() == answer
    search.closed = search.best
    search.tries.clear()
    assert search._from_leaves() is None
    assert search.bracket().root is None
    assert (search.bracket().lower, search.bracket().upper) == (search.best, max_bound(search))


def max_bound(search: _Search) -> F:
    return max(leaf.piece.bound for leaf in search.leaves)


def pieces(seed: int, error: Error, sign: int, cuts: int) -> Iterator[_Piece]:
    """Parts of the cube, each cut from the one before."""
    made = random_game(seed, states=2, discount="9/10")
    rng = random.Random(seed)
    for goal in list(goals(Space(made.game, made.expert), EPS, error, sign))[:3]:
        whole = tuple((F(0), F(1)) for _ in goal.kept)
        piece = _Piece(goal, whole, goal.floats, goal.bound)
        yield piece
        for _ in range(cuts):
            axis, at = rng.randrange(len(goal.kept)), F(rng.randrange(1, 12), 12)
            low, high = rng.choice(((F(0), at), (at, F(1))))
            piece = piece.part(axis, low, high)
            yield piece


@pytest.mark.parametrize("error", ERRORS)
def test_bounds_in_floats_are_above_the_exact_ones(error: Error) -> None:
    """Catches a rounding that is forgotten, and multipliers that floats made infeasible."""
    for sign in (1, -1):
        for piece in pieces(11, error, sign, 12):
            proposal = propose(piece.floats, 0.5 * sign, rich=True)
            kinds = zip(proposal.columns, proposal.values, strict=True)
            bent = replace(
                proposal, values=tuple(3 * x if c.kind == "term" else x for c, x in kinds)
            )
            for tried in (proposal, bent):
                safe = safe_bound(piece.floats, piece.goal.sizes, tried, piece.cuts)
                exact: F = bound_of(piece.exact(), tried.columns, flint_values(tried))
                assert safe is not None
                assert exact <= safe <= exact + F(1, 10**7) * max(F(1), abs(exact))


def flint_values(proposal: Proposal) -> list[Any]:
    found, most = [], 0.0
    for c, x in zip(proposal.columns, proposal.values, strict=True):
        kept = max(-most, min(most, x)) if c.kind == "term" else max(x, 0.0)
        most = kept if c.kind == "cap" else most
        found.append(fmpq(*kept.as_integer_ratio()))
    return found


@pytest.mark.parametrize("error", ERRORS)
def test_what_floats_may_be_off_covers_what_they_are_off(error: Error) -> None:
    for piece in pieces(12, error, 1, 25):
        off, exact = lost(piece.goal.sizes, piece.cuts), piece.exact()
        for near, p, most in zip(piece.floats.tensors, exact.tensors, off.tensors, strict=True):
            apart = [
                abs(F(x) - F(int(y.p), int(y.q))) / int(c)
                for x, y, c in zip(
                    near.ravel().tolist(),
                    p.ravel().tolist(),
                    binomials(p.shape).ravel(),
                    strict=True,
                )
            ]
            assert max(apart) <= F(float(most))


def test_floats_show_nothing_tight_that_rationals_do_not() -> None:
    """Catches slopes whose rounding is forgotten: in ranges that hold the exact ones."""
    shown = 0
    for error in ERRORS:
        for piece in itertools.islice(pieces(21, error, 1, 8), 12):
            low = min(piece.bound, F(1, 10))
            found = replace(piece, bound=piece.bound + 1).active(low)
            if found is not None:
                shown += 1
                assert active(piece.exact(), piece.box, low, piece.bound + 1) == found
    assert shown


def test_ranges_of_slopes_hold_the_exact_ones() -> None:
    rng = random.Random(4)
    for _ in range(20):
        p = np.array([fmpq(rng.randrange(-9, 10), 3) for _ in range(18)]).reshape(3, 2, 3)
        widths = [F(1, 7), F(1, 2**20), F(2, 3)]
        near = np.array([int(x.p) / int(x.q) for x in p.ravel()]).reshape(p.shape)
        exact, wide = _slope(p, widths, 0.0), _slope(near, widths, 2.0**-48)
        for (a, b), (c, d) in zip(exact, wide, strict=True):
            assert c <= a <= b <= d
            assert d - b < F(1, 10**6)


def test_pennies_within_rho_and_their_kinks() -> None:
    r"""With p = 1/2 - z and q = 1/2 + y player 0 gains 2y (1 + 2z), and the error is
    \(y+z+\max(|y-z|,2yz)\). Up to an error of 1, y = eps / 2 and z = y / (1 + 2y) are best, then
    y = 1/2 and z = (eps - 1/2) / 2, from 3/2 on y = z = 1/2.
    """
    made = catalogue()["matching-pennies"].build()

    def formula(eps: F) -> F:
        if eps <= 1:
            return 10 * eps * (1 + 2 * eps) / (1 + eps)
        return min(10 * eps + 5, F(20))

    near = F(1, 1000)
    for eps in (F(0), F(1, 10), 1 - near, F(1), 1 + near, F(3, 2) - near, F(3, 2), F(2)):
        assert largest_gap(made.game, made.expert, eps, "rho").value == formula(eps)


def test_the_smallest_gap_is_0_near_an_irrational_equilibrium() -> None:
    made = random_game(100, states=2, discount="1/2")
    found = smallest_gap(made.game, made.learner, EPS, "mu")
    assert found.value == 0
    assert 0 <= nash_gap(made.game, found.learner) == found.upper < F(1, 10**6)
    space = Space(made.game, made.learner)
    place = [float(x) for x in space.point(found.learner)]
    assert equilibrium_near(space, place, EPS, "mu")
    # Not where nobody is at rest, nor where the equilibrium is out of reach.
    away = [min(x + 0.05, 1.0) if 0.01 < x < 0.99 else x for x in place]
    assert away != place
    assert not equilibrium_near(space, away, EPS, "mu")
    far = error_of(made.game, made.learner, found.learner, "rho")
    assert far > F(1, 50)
    assert not equilibrium_near(space, place, far / 2, "rho")


def test_a_tight_constraint_is_shown_only_where_it_is_tight() -> None:
    made = catalogue()["dominance-trap"].build()
    found = largest_gap(made.game, made.expert, "1/2", "bc")
    space = Space(made.game, made.expert)
    shown = 0
    for goal in goals(space, F(1, 2), "bc", 1):
        place = [space.point(found.learner)[k] for k in goal.kept]
        box = tuple((max(x - F(1, 512), F(0)), min(x + F(1, 512), F(1))) for x in place)
        ends = [(fmpq(*a.as_integer_ratio()), fmpq(*b.as_integer_ratio())) for a, b in box]
        exact = goal.exact.mapped(lambda p, ends=ends: on_box(p, ends))  # type: ignore[misc]
        tight = active(exact, box, found.lower, found.upper + F(1, 1000))
        x = [fmpq(*u.as_integer_ratio()) for u in place]
        value = max(at_point(n, x) / at_point(d, x) for n, d in goal.exact.objectives)
        if tight is None or F(int(value.p), int(value.q)) != found.lower:
            continue
        shown += 1
        assert all(place[k] == side for k, side in tight.sides)
        slack = [F(1, 2) - x for x in eps_bc_per_player(made.game, made.expert, found.learner)]
        assert all(slack[g] < F(1, 10**6) for g, _ in tight.caps)
    assert shown


def test_an_interrupt_keeps_what_is_proved() -> None:
    made = random_game(103, states=2, discount="1/2")
    whole = smallest_gap(made.game, made.learner, EPS, "bc")
    assert whole.is_exact
    for calls in (1, 12):
        left = calls

        def tell(text: str) -> None:
            nonlocal left
            assert "pieces" in text
            left -= 1
            if left == 0:
                raise KeyboardInterrupt

        with pytest.raises(Stopped) as stop:
            smallest_gap(made.game, made.learner, EPS, "bc", tell=tell)
        found = stop.value.found
        assert (found.kind, found.root) == ("smallest", None)
        assert found.lower <= whole.lower <= whole.upper <= found.upper
        assert nash_gap(made.game, found.learner) == found.upper


def test_without_pieces_the_bounds_are_still_proved() -> None:
    made = random_game(102, states=2, discount="1/2")
    whole = smallest_gap(made.game, made.learner, EPS, "bc")
    early = smallest_gap(made.game, made.learner, EPS, "bc", nodes=4)
    assert not early.is_exact
    assert early.value is None
    assert early.lower <= whole.lower <= whole.upper <= early.upper


def test_roots_are_isolated_and_negated() -> None:
    square = (F(-2), F(0), F(1))
    both = roots_between([square, (F(-3), F(2))], F(-3), F(3))
    assert [root.is_rational for root in both] == [False, False, True]
    assert all(root.high - root.low <= F(1, 2**58) for root in both)
    assert both[2].low == both[2].high == F(3, 2)
    assert roots_between([square], F(0), F(1)) == []
    cubic = Root((-1, 3, 0, 2), F(0), F(1))
    turned = negated(cubic)
    x = (cubic.low + cubic.high) / 2
    assert turned.low <= -x <= turned.high
    ends = [sum(c * y**k for k, c in enumerate(turned.polynomial)) for y in (F(-1), F(0))]
    assert ends[0] * ends[1] < 0


@pytest.mark.slow
@pytest.mark.parametrize("error", ERRORS)
def test_many_small_markov_games_are_exact(error: Error) -> None:
    exact = 0
    for seed in range(300, 320):
        made = random_game(seed, states=2, discount="1/2")
        for kind, expert in (("largest", made.expert), ("smallest", made.learner)):
            found = extreme(kind, made.game, expert, EPS, error)  # type: ignore[arg-type]
            assert found.upper - found.lower <= F(1, 100)
            if found.is_exact:
                check_exact(made.game, expert, EPS, error, kind, seed)  # type: ignore[arg-type]
                exact += 1
    assert exact >= 36


@pytest.mark.parametrize(
    ("name", "error", "lines", "kinks"),
    [
        # M is the least of a few lines c0 + c1 eps, which cross at the kinks.
        (
            "w1-full-support",
            "mu",
            ((0, F(100, 9)), (F(1, 2), 10), (F(19, 2), 0)),
            (F(9, 20), F(9, 10)),
        ),
        ("w1-full-support", "rho", ((0, 10), (F(1, 2), 9), (F(19, 2), 0)), (F(1, 2), F(1))),
        ("w6", "bc", ((0, 100), (20, 0)), (F(1, 5),)),
        ("w6", "mu", ((5, F(100, 9)), (20, 0)), (F(27, 20),)),
    ],
)
def test_named_markov_games_are_exact_at_their_kinks(
    name: str,
    error: Error,
    lines: tuple[tuple[F | int, F | int], ...],
    kinks: tuple[F, ...],
) -> None:
    made = catalogue()[name].build()

    def least(eps: F) -> F:
        return min(F(c0 + c1 * eps) for c0, c1 in lines)

    near = F(1, 1000)
    for kink in kinks:
        # Two lines cross there, so that M bends.
        assert least(kink + near) - least(kink) < least(kink) - least(kink - near)
        for eps in (kink - near, kink, kink + near):
            assert largest_gap(made.game, made.expert, eps, error).value == least(eps)
