"""Small errors beside a dominant expert in two states: the bound, its certificate, its games."""

import json
import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.io import parse_json
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import state_values
from nashgap.search import certificate
from nashgap.search.checkers import two_states as checker
from nashgap.search.checkers.two_states import (
    REGRETS,
    Ranges,
    leaving,
    one_state,
    worths,
)
from nashgap.search.coupling import corners, two_states
from nashgap.search.coupling.corners import Scene
from nashgap.search.coupling.leaves import solved
from nashgap.search.coupling.splits import regret
from nashgap.search.engine import search
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut, Unknown
from nashgap.search.verify import verify
from nashgap.search.witness import Witness, witness
from nashgap.theory.errors import BadInput

F = Fraction
ORDINARY = [(g, e) for g in (F(1, 2), F(3, 4), F(9, 10)) for e in map(F, ("1/100", "1/20", "1/5"))]
ORDINARY += [(F(1, 2), F(1, 10)), (F(3, 4), F(1, 10))]
MANY_LEAVES = (F(9, 10), F(1, 10))


def asked(g: F, eps: F, **more: Any) -> Query:
    return Query(match="bc", eps=eps, assume="dominant", states=2, gamma=g, **more)


def formula(g: F, eps: F) -> F:
    """What the game below reaches: (2/(1-g)) ((1+g)c - (1-g)c^2)/(1+(2g-1)c)."""
    c = min(eps / (2 * (1 - g)), F(1))
    return 2 / (1 - g) * ((1 + g) * c - (1 - g) * c * c) / (1 + (2 * g - 1) * c)


def attaining(g: F, eps: F) -> Witness:
    """In state 0 player 0 errs always and stays; in state 1 player 1 errs and leads to state 0."""
    c = eps / (2 * (1 - g))
    err = (eps / 2) / (1 - eps / 2)
    back, stay = [1, 0], [0, 1]
    rewards = [[[1, 1], [-1, -1]], [[1, 1], [1, 1]]]
    nothing = [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]
    game = MarkovGame(
        [[[stay, stay], [back, back]], [[stay, back], [stay, back]]],
        [rewards, nothing],
        [c, 1 - c],
        g,
    )

    expert = ProductPolicy(([[1, 0], [1, 0]], [[1, 0], [1, 0]]))
    learner = ProductPolicy(([[0, 1], [1, 0]], [[1, 0], [1 - err, err]]))
    said = asked(g, eps).game_class
    return witness(game, expert, learner, 0, Threshold(formula(g, eps)), said.assumptions)


@pytest.mark.parametrize(("g", "eps"), ORDINARY)
def test_no_game_has_more_and_one_has_as_much(g: F, eps: F) -> None:
    """The certificate is at the value of an explicit game, rechecked from the definitions."""
    top = formula(g, eps)
    proof = two_states.rule_out(asked(g, eps).game_class, Threshold(top, strict=True), None)
    assert proof is not None
    assert verify(parse_json(json.dumps(proof.json()), "file")).valid
    found = attaining(g, eps)
    assert found.verify().valid, found.verify().reasons
    assert found.nash_gap == top


@pytest.mark.parametrize(("g", "eps"), [(F(1, 2), F(1, 10)), (F(9, 10), F(1, 20))])
def test_the_bound_is_close_and_less_is_not_excluded(g: F, eps: F) -> None:
    said, top = asked(g, eps).game_class, formula(g, eps)
    found = two_states.bound(said, None)
    assert found is not None
    assert top <= found[0] <= top * (1 + two_states.CLOSE)
    assert two_states.rule_out(said, Threshold(top), None, seconds=1) is None
    less = Threshold(top * F(99, 100), strict=True)
    assert two_states.rule_out(said, less, None, seconds=1) is None
    assert two_states.rule_out(said, Threshold(top * F(101, 100)), None) is not None


@pytest.mark.parametrize("seed", range(40))
def test_the_argument_on_random_pairs_of_values(seed: int) -> None:
    """For any kernel and rewards that are best for a gain, the gain is at most the program's."""
    rng = random.Random(seed)
    g = rng.choice([F(1, 2), F(9, 10)])

    def number() -> F:
        return rng.choice([F(0), F(1), F(rng.randrange(1, 20), 20)])

    own, others = [number(), number()], [number(), number()]
    if own[0] < own[1]:
        own.reverse()
    start = number()
    # to state 1: all agree, others err, i errs in A (others agree, err), in B, in C (three)
    to = [[number() for _ in range(9)] for _ in (0, 1)]
    rows = []
    for s in (0, 1):
        a, q, p = own[s], others[s], to[s]
        both, later = (1 - a) * (1 - q) * p[0], (1 - a) * q * p[1]
        mine = a * (1 - q) * p[2]
        rows.append(
            (
                both + later + mine + a * q * p[3],
                both + later + a * (1 - q) * p[4] + a * q * p[5],
                both + mine + (1 - a) * q * p[6] + a * q * p[7],
            )
        )
    first, second, expert = (
        _visited(g, start, rows[0][profile], rows[1][profile]) for profile in range(3)
    )
    gain = sum(
        (
            own[s] * (first[s] + second[s]) + (1 - own[s]) * abs(first[s] - second[s])
            for s in (0, 1)
        ),
        F(0),
    )
    errors = [sum((expert[s] * x[s] for s in (0, 1)), F(0)) for x in (own, others)]
    point = {("own", s): (own[s], own[s]) for s in (0, 1)}
    point |= {("others", s): (others[s], others[s]) for s in (0, 1)} | REGRETS
    assert gain / 2 <= solved(Scene((0,), g, *errors), point).value


@pytest.mark.parametrize("seed", range(60))
def test_the_argument_where_the_expert_is_optimal(seed: int) -> None:
    """Random MDPs against the learner's opponent: with the regrets known, the bound still holds."""
    rng = np.random.default_rng(seed)
    g = float(rng.choice([0.5, 0.9]))
    sharp = rng.random() < 0.5  # rewards and rows at their ends, where the bound is nearer

    def numbers(*shape: int) -> Any:
        drawn = rng.random(shape)
        return np.round(drawn) if sharp else drawn

    to, rewards = numbers(2, 2, 2), 2 * numbers(2, 2, 2) - 1  # [s, a_0, a_1], to state 1
    others = numbers(2) * rng.random(2)
    against = np.stack([1 - others, others], axis=1)  # the learner's opponent
    steps = np.stack([1 - to, to], axis=-1)
    mdp, gains = (
        np.einsum("sb,sabt->sat", against, steps),
        np.einsum("sb,sab->sa", against, rewards),
    )
    best = min(
        ((x, y) for x in (0, 1) for y in (0, 1)),
        key=lambda e: -_value(mdp, gains, np.eye(2)[list(e)], g).sum(),
    )
    expert = np.eye(2)[list(best)]
    own = numbers(2) * rng.random(2)
    learner = (1 - own)[:, None] * expert + own[:, None] * (1 - expert)
    high, low = _value(mdp, gains, expert, g), _value(mdp, gains, learner, g)
    if own[0] < own[1]:
        own, others, high, low, steps, best = (
            own[::-1],
            others[::-1],
            high[::-1],
            low[::-1],
            steps[::-1, :, :, ::-1],
            best[::-1],
        )
    chain = np.array([steps[s, best[s], 0] for s in (0, 1)])  # the expert's opponent plays 0
    regret = (1 - (1 - g) * high) / 2
    drop = regret[1] - regret[0]
    for start in np.eye(2):
        seen = np.linalg.solve(np.eye(2) - g * chain.T, (1 - g) * start)
        exact = [F(float(x)).limit_denominator(10**9) for x in (*own, *others)]
        point = {("own", 0): exact[0], ("own", 1): exact[1], ("others", 0): exact[2]}
        point |= {("others", 1): exact[3]}
        ranges = {place: (x, x) for place, x in point.items()}
        near = F(1, 10**6)
        for place, x in ((("least", 0), min(regret)), (("drop", 0), drop)):
            middle = F(float(x)).limit_denominator(10**9)
            ranges[place] = (middle - near, middle + near)
        wide = F(1, 10**7)
        budgets = [F(float(seen @ x)).limit_denominator(10**9) + wide for x in (own, others)]
        found = solved(Scene((0,), F(g).limit_denominator(10), *budgets), ranges)
        alone = float(
            one_state(
                F(g).limit_denominator(10), *(b / (1 - F(g).limit_denominator(10)) for b in budgets)
            )
        )
        assert (1 - g) / 2 * (start @ (high - low)) <= max(float(found.value), alone) + 1e-6


SHARP = [
    (F(1, 2), "0 40 40 0 40 0 0 40 0 2 40 37 40 28 15 17 40 0 0 1 0"),
    (F(1, 2), "0 30 40 28 35 28 40 0 0 0 40 40 0 0 40 0 39 0 2 0 0"),
    (F(1, 2), "0 30 40 27 37 22 29 0 0 0 40 40 0 0 40 0 39 8 2 0 0"),
    (F(9, 10), "0 0 0 40 40 3 40 40 0 1 0 31 0 0 39 14 0 40 1 15 0"),
    (F(9, 10), "0 40 11 0 38 40 40 0 38 3 25 0 35 34 0 0 0 40 3 0 0"),
    (F(1, 2), "40 12 33 9 0 0 40 29 40 21 0 0 40 31 0 33 3 40 2 0 40"),
    (F(1, 2), "0 24 28 0 0 5 39 33 40 21 0 0 40 31 0 33 0 40 2 0 40"),
]
"""Games that come close to what the argument allows: a discount and 21 numbers in fortieths, the
chance of state 1 and (1 + reward)/2 at [s, a_0, a_1], own errors, the opponent's, the start in 1.
"""


def _gain_and_bound(g: F, numbers: str) -> tuple[F, F]:
    """What player 0 gains over the learner, in units of H, and what the argument says of it."""
    given = [F(int(number), 40) for number in numbers.split()]
    places = list(np.ndindex(2, 2, 2))
    steps, rewards = np.empty((2, 2, 2, 2), dtype=object), np.empty((2, 2, 2, 2), dtype=object)
    for place, to, reward in zip(places, given[:8], given[8:16], strict=True):
        steps[place] = 1 - to, to
        rewards[:, *place] = 2 * reward - 1
    own, others, start = given[16:18], given[18:20], [1 - given[20], given[20]]
    game = MarkovGame(steps.tolist(), rewards.tolist(), start, g)
    erring = [[1 - q, q] for q in others]
    best = best_response(game, ProductPolicy([erring, erring]), 0).table
    learner = [[1 - a, a] if row[0] else [a, 1 - a] for a, row in zip(own, best, strict=True)]
    high = state_values(game, ProductPolicy([best, erring]))[0]
    low = state_values(game, ProductPolicy([learner, erring]))[0]
    seen = occupancy(game, ProductPolicy([best, [[1, 0], [1, 0]]]))[0]
    gain = sum((n * (h - v) for n, h, v in zip(start, high, low, strict=True)), F(0))
    budgets = [sum((m * e for m, e in zip(seen, x, strict=True)), F(0)) for x in (own, others)]
    regret = [(1 - (1 - g) * h) / 2 for h in high]
    first, second = (0, 1) if own[0] >= own[1] else (1, 0)
    point = {("own", 0): own[first], ("own", 1): own[second], ("least", 0): min(regret)}
    point |= {("others", 0): others[first], ("others", 1): others[second]}
    point["drop", 0] = regret[second] - regret[first]
    ranges = {place: (number, number) for place, number in point.items()}
    bound = solved(Scene((0,), g, *budgets), ranges).value
    return (1 - g) / 2 * gain, max(bound, one_state(g, *(b / (1 - g) for b in budgets)))


@pytest.mark.parametrize(("g", "numbers"), SHARP)
def test_sharp_games_stay_within_the_argument(g: F, numbers: str) -> None:
    """Exactly, and less than five per cent below it."""
    gain, bound = _gain_and_bound(g, numbers)
    assert F(95, 100) * bound <= gain <= bound


Worths = tuple[tuple[F, F], F]


def _less_worth(ranges: Ranges, g: F) -> Worths:
    (first, second), later = worths(ranges, g)
    return (first * F(9, 10), second * F(9, 10)), later


def _less_later(ranges: Ranges, g: F) -> Worths:
    owns, later = worths(ranges, g)
    return owns, later * F(4, 5)


MUTANTS: dict[str, tuple[str, Callable[..., Any]]] = {
    "an own error is worth less": ("worths", _less_worth),
    "a common state is worth less": ("worths", _less_later),
    "A leaves less": ("leaving", lambda r, g, s: leaving(r, g, s) / 4),
    "A never leaves": ("leaving", lambda r, g, s: F(0)),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_an_argument_that_says_more_is_refuted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The games above are sharp enough to see it."""
    monkeypatch.setattr(corners, *MUTANTS[name])
    pairs = [_gain_and_bound(g, numbers) for g, numbers in SHARP]
    assert any(gain > bound * F(21, 20) for gain, bound in pairs)


def _value(steps: Any, rewards: Any, policy: Any, g: float) -> Any:
    """Values of a policy [s, a] in an MDP."""
    rows = np.einsum("sa,sat->st", policy, steps)
    return np.linalg.solve(np.eye(2) - g * rows, (policy * rewards).sum(axis=1))


def _visited(g: F, start: F, zero: F, one: F) -> tuple[F, F]:
    """The discounted visits, normalised, of a chain that goes to state 1 with these chances."""
    there = ((1 - g) * start + g * zero) / (1 - g * (one - zero))
    return 1 - there, there


def test_three_players_and_one_without_a_choice() -> None:
    """Others' errors add up; who has one action gains nothing."""
    said = asked(F(1, 2), F(1, 20), players=3, actions=(2, 2, 1)).game_class
    found = two_states.bound(said, None)
    two = two_states.bound(asked(F(1, 2), F(1, 20)).game_class, None)
    three = two_states.bound(asked(F(1, 2), F(1, 20), players=3).game_class, None)
    alone = two_states.bound(said, 2)
    assert found is not None
    assert two is not None
    assert three is not None
    assert alone is not None
    assert found[0] == two[0] < three[0] <= F(4, 1) * F(1, 20) * 2
    assert alone[0] == 0


def _leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    if "leaf" in node:
        return [node["leaf"]]
    return [*_leaves(node["below"]), *_leaves(node["above"])]


def _raise_top(node: dict[str, Any]) -> None:
    node.update(below=node["above"], above=node["below"])


TAMPERED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "three states": lambda raw: raw["class"].update(states="3"),
    "no dominance": lambda raw: raw["class"]["assumptions"].remove("dominant"),
    "a larger error": lambda raw: raw["class"].update(assumptions=["match-bc=1/9", "dominant"]),
    "a negative error": lambda raw: raw["class"].update(assumptions=["match-bc=-1/10", "dominant"]),
    "a third player": lambda raw: raw["class"].update(players="3", actions=["2", "2", "2"]),
    "branches exchanged": lambda raw: _raise_top(raw["cases"][0]["tree"]),
    "a branch left out": lambda raw: raw["cases"][0]["tree"].pop("below"),
    "a split outside": lambda raw: raw["cases"][0]["tree"].update(at="2"),
    "a split at the end": lambda raw: raw["cases"][0]["tree"].update(at="1"),
    "a split of what is not there": lambda raw: raw["cases"][0]["tree"].update(of="mass"),
    "a split of a third state": lambda raw: raw["cases"][0]["tree"].update(state="2"),
    "the tree cut off": lambda raw: raw["cases"][0].update(
        tree={"leaf": _leaves(raw["cases"][0]["tree"])[0]}
    ),
    "a negative multiplier": lambda raw: _leaves(raw["cases"][0]["tree"])[0].update(own="-1"),
    "more mass": lambda raw: _leaves(raw["cases"][0]["tree"])[0].update(mass="9"),
    "an empty leaf": lambda raw: next(x for x in _leaves(raw["cases"][0]["tree"]) if x).clear(),
    "a tree for another discount": lambda raw: raw["class"].update(discount="3/5"),
    "a stay that is negative": lambda raw: _leaves(raw["cases"][0]["tree"])[0].update(
        {"stay 0": "-1"}
    ),
    "a smaller gap": lambda raw: raw["excludes"].update(gap="57/100"),
    "not strict": lambda raw: raw["excludes"].update(strict=False),
}


@pytest.mark.parametrize("name", sorted(TAMPERED))
def test_tampering_is_refused(name: str) -> None:
    query = asked(F(1, 2), F(1, 10))
    proof = two_states.rule_out(query.game_class, Threshold(F(29, 50), strict=True), None)
    assert proof is not None
    raw = parse_json(json.dumps(proof.json()), "file")
    assert verify(raw).valid
    TAMPERED[name](raw)
    try:
        assert not verify(raw).valid
    except BadInput:
        return


def test_games_that_stay_in_one_state_have_their_own_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The tree says nothing of them, so the checker looks at their bound too."""
    said = asked(F(1, 2), F(1, 10)).game_class
    proof = two_states.rule_out(said, Threshold(F(29, 50), strict=True), None)
    assert proof is not None
    assert proof.verify().valid
    monkeypatch.setattr(checker, "one_state", lambda g, own, others: F(1, 6))
    found = proof.verify()
    assert not found.valid
    assert "one state only" in found.reasons[0]


def test_a_tree_is_read_anew_for_a_player_with_other_actions() -> None:
    """What is shown for one who chooses alone is not shown for the one who only watches."""
    said = asked(F(1, 2), F(1, 10), actions=(2, 1)).game_class
    found = two_states.bound(said, None)
    assert found is not None
    raw = parse_json(json.dumps(found[1].json()), "file")
    assert verify(raw).valid
    first, second = raw["cases"]
    first["players"] += second["players"]
    raw["cases"] = [first]
    assert not verify(raw).valid


def test_a_search_ends_with_the_supremum() -> None:
    """The query that had a bracket of 3.4 %; the size-free bound, 3/5, is not reached."""
    verdict = search(asked(F(1, 2), F(1, 10)), sup=True, seconds=20)
    assert isinstance(verdict, RuledOut), verdict
    assert (verdict.supremum, verdict.attained) == (F(29, 50), True)
    assert certificate.argument(verdict.certificate.json()).endswith("checkers.two_states")


@pytest.mark.parametrize("goal", [F(0), F(1)])
def test_a_goal_out_of_reach_is_approached_as_far_as_it_goes(goal: F) -> None:
    said = Query(match="bc", eps="1/10", assume="dominant").game_class
    found = two_states.bound(said, None, goal=goal, seconds=2)
    assert found is not None
    value, proof = found
    assert goal < value < 20
    assert proof.verify().valid


def test_every_split_of_a_regret_splits() -> None:
    for g in (F(1, 2), F(9, 10), F(99, 100)):
        ranges = dict(corners.Scene((0,), g, F(1, 20), F(1, 20)).ranges)
        for _ in range(60):
            split = regret(ranges, g)
            if split is None:
                break
            place, middle = split
            low, high = ranges[place]
            assert low < middle < high
            ranges[place] = (low, middle) if abs(low) < abs(high) else (middle, high)
        assert split is None


@pytest.mark.slow
def test_where_regrets_have_to_be_split() -> None:
    """No errors alone keep the expert from leaving them behind; dominance does."""
    top = formula(*MANY_LEAVES)
    assert top == F(185, 14)
    assert attaining(*MANY_LEAVES).verify().valid
    found = two_states.bound(asked(*MANY_LEAVES).game_class, None, goal=top, seconds=60)
    assert found is not None
    assert found[0] == top
    assert verify(parse_json(json.dumps(found[1].json()), "file")).valid


@pytest.mark.slow
@pytest.mark.parametrize(("g", "eps"), [*ORDINARY, MANY_LEAVES])
def test_searches_end_within_one_per_cent(g: F, eps: F) -> None:
    verdict = search(asked(g, eps), sup=True, seconds=48)
    if isinstance(verdict, RuledOut):
        assert verdict.supremum == formula(g, eps)
        return
    assert isinstance(verdict, Unknown)
    assert verdict.lower is not None
    assert verdict.upper is not None
    assert verdict.lower <= formula(g, eps) <= verdict.upper <= verdict.lower * F(101, 100)
