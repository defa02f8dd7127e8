"""Suprema of the classes below "Nash": exact values, their formulas, and brute force."""

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue
from nashgap.numeric.io import parse_json
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import state_values
from nashgap.search import lp
from nashgap.search.engine import search
from nashgap.search.pair.bound import Bounder, Limits
from nashgap.search.pair.cases import cases
from nashgap.search.pair.duals import dual_directions, whole
from nashgap.search.pair.program import FIRST
from nashgap.search.pair.rules import Rules, rules_of
from nashgap.search.pair.solve import Better, climb
from nashgap.search.problem import Box, Row, Threshold
from nashgap.search.prover import GaveUp
from nashgap.search.query import Query
from nashgap.search.verdict import Found, RuledOut, Unknown
from nashgap.search.verify import verify
from nashgap.search.witness import witness

from .tampering import changed

F = Fraction
b = m = F(1, 3)
SLOW = pytest.mark.slow

FORMULAS: dict[str, Callable[[F], F]] = {
    "nash,state-rewards": lambda g: 2 * g**2 / (1 - g),
    "nash,own-rewards": lambda g: 2 * g**2 / (1 - g),
    "nash,reset=1/3": lambda g: 2 * g * (1 - b) / (1 - g),
    "nash,entry=1/3": lambda g: 2 * g * b / ((1 - g) * (1 - g * (1 - b))),
    "nash,margin=1/3": lambda g: 2 * g / (1 - g) - m,
    "subgame-perfect,margin=1/3": lambda g: (2 * g - m) / (1 - g),
    "nash,uniform-off-support": lambda g: 2 * g / ((1 - g) * (2 - g)),
    "nash,alternating": lambda g: 2 * g / (1 - g**2),
    "nash,symmetric": lambda g: 2 * g / (1 - g),
    "nash,symmetric,state-rewards": lambda g: 2 * g**2 / (1 - g),
    "subgame-perfect,zero-sum,state-rewards": lambda g: 2 * g**2 / (1 - g),
    "nash,common-payoff,own-rewards": lambda g: 2 * g**2 / (1 - g),
    "nash,turn-based,reset=1/3": lambda g: 2 * g * (1 - b) / (1 - g),
    "subgame-perfect,turn-based,common-payoff": lambda g: F(0),
    "team-optimal": lambda g: F(0),
    "dominant": lambda g: F(0),
}


def supremum(query: Query) -> F:
    """The supremum, after witness and certificate went through JSON and `verify`."""
    verdict = search(query, sup=True)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.witness is not None
    assert verdict.supremum is not None
    assert "rests on an argument by hand" in verdict.evidence
    for part in (verdict.witness, verdict.certificate):
        assert verify(parse_json(json.dumps(part.json()), "file")).valid
    assert verdict.witness.nash_gap == verdict.supremum
    assert verdict.witness.game.num_states == query.states
    assert verdict.certificate.raw["excludes"]["gap"] == str(verdict.supremum)
    return verdict.supremum


@pytest.mark.parametrize("gamma", [F(1, 2), F(9, 10), F(2, 3)])
@pytest.mark.parametrize("assume", sorted(FORMULAS))
def test_suprema_of_three_states(assume: str, gamma: F) -> None:
    assert supremum(Query(assume=assume, states=3, gamma=gamma)) == FORMULAS[assume](gamma)


@pytest.mark.parametrize("states", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("gamma", [F(1, 2), F(9, 10)])
def test_state_rewards_up_to_six_states(states: int, gamma: F) -> None:
    """With two states the reward of the unvisited one is the same against everyone: no gap."""
    expected = 2 * gamma**2 / (1 - gamma) if states > 2 else 0
    assert supremum(Query(assume="nash,state-rewards", states=states, gamma=gamma)) == expected


@pytest.mark.parametrize(
    ("assume", "gamma", "expected"),
    [
        ("nash,state-rewards,reset=1/3", F(9, 10), F(36, 5)),
        ("nash,state-rewards,entry=1/3", F(9, 10), F(27, 2)),
        ("nash,state-rewards,margin=1/3", F(9, 10), F(238, 15)),
        ("nash,state-rewards,alternating", F(9, 10), F(0)),
        ("nash,own-rewards,margin=1/3", F(1, 2), F(2, 3)),
        ("nash,reset=1/3,entry=1/3", F(1, 2), F(4, 5)),
        ("nash,reset=1/3,margin=1/3", F(1, 2), F(8, 9)),
        ("nash,entry=1/3,margin=1/3", F(1, 2), F(1, 2)),
        ("nash,entry=1/3,alternating", F(1, 2), F(4, 9)),
        ("nash,alternating,uniform-off-support", F(9, 10), F(90, 19)),
        ("nash,state-rewards,uniform-off-support", F(9, 10), F(162, 11)),
    ],
)
def test_suprema_of_pairs(assume: str, gamma: F, expected: F) -> None:
    assert supremum(Query(assume=assume, states=3, gamma=gamma)) == expected


def test_the_walls_that_fell() -> None:
    """Uniform learners with three actions, and state rewards with alternation at four states."""
    walls = {"assume": "nash,uniform-off-support", "states": 3, "actions": 3}
    assert supremum(Query(gamma=F(9, 10), **walls)) == F(120, 7)  # type: ignore[arg-type]
    four = Query(assume="nash,state-rewards,alternating", states=4, gamma=F(9, 10))
    assert supremum(four) == F(162, 19)


@pytest.mark.parametrize(
    ("assume", "states", "expected"),
    [
        ("nash,state-rewards", 2, F(0)),
        pytest.param("nash,own-rewards,uniform-off-support", 3, F(19602, 101), marks=SLOW),
        pytest.param("nash,uniform-off-support,margin=1/4", 3, F(79099, 404), marks=SLOW),
    ],
)
def test_suprema_at_a_large_discount(assume: str, states: int, expected: F) -> None:
    """Without the directions of the dual solution none of these trees ends."""
    assert supremum(Query(assume=assume, states=states, gamma=F(99, 100))) == expected


@pytest.mark.parametrize(("more", "ends"), [((), False), (((1, -100),), True)])
def test_a_reward_once_against_one_for_ever_ends_the_tree(
    more: tuple[tuple[int, int], ...], ends: bool
) -> None:
    """Rewards of the state alone in two states: the directions found one by one do not end."""
    query = Query(assume="nash,state-rewards", states=2, gamma=F(99, 100))
    rules = rules_of(query.game_class)
    assert not isinstance(rules, str)
    program = cases(query.game_class, rules, None)[0].program
    assert whole(1 - query.game_class.discount, F(-1)) == (1, -100)
    asked, limits = Threshold(F(0), strict=True), Limits(60, digs=8)
    work = Bounder(program, asked, limits, first=(*FIRST, *more)).run()
    with pytest.raises(StopIteration) as over:
        next(work)
    assert isinstance(over.value.value, GaveUp) is not ends


def test_directions_of_the_dual_solution_at_a_game() -> None:
    query = Query(assume="nash,own-rewards,uniform-off-support", states=3)
    rules = rules_of(query.game_class)
    assert not isinstance(rules, str)
    listed = cases(query.game_class, rules, None)
    last = [event for event in climb(listed) if isinstance(event, Better)][-1]
    assert last.solution.value == F(162, 11)
    program = listed[last.case].program
    directions = dual_directions(program, last.solution)
    assert (1, -2) in directions
    assert len(set(directions)) == len(directions)
    assert all(any(n.takes(*direction) for n in program.nodes) for direction in directions)


@pytest.mark.parametrize("shape", [(3, 2), (2, (2, 3)), (2, (3, 3)), (3, (2, 1, 2))])
@pytest.mark.parametrize("assume", ["nash,state-rewards", "nash,margin=1/3", "nash,reset=1/3"])
def test_more_players_and_actions_change_nothing(assume: str, shape: tuple[int, Any]) -> None:
    players, actions = shape
    query = Query(assume=assume, states=3, players=players, actions=actions, gamma=F(1, 2))
    assert supremum(query) == FORMULAS[assume](F(1, 2))


@pytest.mark.parametrize("actions", [(1, 2), (2, 1), (1, 1)])
def test_who_cannot_deviate_or_has_no_opponent_gains_nothing(actions: tuple[int, int]) -> None:
    assert supremum(Query(assume="nash,entry=1/3", actions=actions, gamma=F(1, 2))) == 0


def test_thresholds_and_claims() -> None:
    query = {"assume": "nash,state-rewards", "states": 3, "gamma": F(9, 10)}
    top = F(81, 5)
    for gap, strict, kind in [
        (top, False, Found),
        (top, True, RuledOut),
        (top + F(1, 10**9), False, RuledOut),
        (top - F(1, 10**9), True, Found),
    ]:
        verdict = search(Query(**query, gap_at_least=gap, strict=strict))  # type: ignore[arg-type]
        assert type(verdict) is kind
    claim = "NashGap <= 2*gamma**2/(1-gamma)"
    assert isinstance(search(Query(**query, claim=claim)), RuledOut)  # type: ignore[arg-type]
    less = search(Query(**query, claim="NashGap < 2*gamma**2/(1-gamma)"))  # type: ignore[arg-type]
    assert isinstance(less, Found)
    assert less.witness.verify().valid


def test_one_player_alone() -> None:
    query = Query(assume="nash,reset=1/3", states=2, gamma=F(1, 2), player=1)
    verdict = search(query, sup=True)
    assert isinstance(verdict, RuledOut)
    assert verdict.certificate.raw["excludes"]["player"] == 1
    assert verdict.witness is not None
    assert verdict.witness.player == 1


def test_a_stochastic_kernel_beats_every_deterministic_one() -> None:
    """Rewards of the own action, discount 9/10: what deterministic kernels allow is excluded."""
    said = {"states": 2, "gamma": F(9, 10)}
    pure = "nash,own-rewards,deterministic,pure"
    assert supremum(Query(assume=pure, **said)) == F(162, 19)  # type: ignore[arg-type]
    made = catalogue()["stochastic-kernel"].build(gamma="9/10", p="7/20")
    shows = Threshold(F(1038, 100))
    assume = Query(assume="nash,own-rewards", **said).game_class.assumptions  # type: ignore[arg-type]
    found = witness(made.game, made.expert, made.learner, 0, shows, assume)
    assert found.verify().valid
    assert found.nash_gap == made.expected["nash_gap"] > F(1038, 100) > F(162, 19)
    straight = catalogue()["stochastic-kernel"].build(gamma="9/10", p=1)
    assert straight.expected["nash_gap"] == F(162, 19)


def test_deterministic_suprema_below_the_general_ones() -> None:
    """The certificate of the smaller class is none for the larger one."""
    query = Query(assume="nash,own-rewards,deterministic,pure", states=2, gamma=F(3, 4))
    verdict = search(query, sup=True)
    assert isinstance(verdict, RuledOut)
    assert verdict.supremum == F(18, 7)
    assert verdict.supremum < F(8, 3)
    raw = verdict.certificate.raw
    for kept in (["deterministic"], ["pure"], []):
        wider = ["match-rho", "nash", "own-rewards", *kept]
        assert not verify(changed(raw, ("class", "assumptions"), wider)).valid


LEVEL: dict[str, Callable[[F], F]] = {
    "nash,symmetric,zero-sum": lambda g: g / (1 - g),
    "subgame-perfect,symmetric,zero-sum": lambda g: g / (1 - g),
    "nash,symmetric,zero-sum,reset=1/3": lambda g: g * (1 - b) / (1 - g),
    "nash,symmetric,zero-sum,margin=1/3": lambda g: g / (1 - g) - m,
    "nash,symmetric,zero-sum,uniform-off-support": lambda g: g / (1 - g) / 2,
    "nash,symmetric,zero-sum,state-rewards": lambda g: F(0),
    "nash,zero-sum,common-payoff": lambda g: F(0),
    "nash,symmetric,alternating": lambda g: F(0),
}


@pytest.mark.parametrize("gamma", [F(1, 2), F(9, 10)])
@pytest.mark.parametrize("assume", sorted(LEVEL))
def test_symmetric_zero_sum_games(assume: str, gamma: F) -> None:
    """Who copies the opponent earns 0, so an equilibrium leaves at most half to be gained."""
    assert supremum(Query(assume=assume, states=2, gamma=gamma)) == LEVEL[assume](gamma)


def test_symmetric_zero_sum_games_of_more_states_and_actions() -> None:
    for states, actions in ((3, 2), (3, 3)):
        assume = "nash,symmetric,zero-sum"
        query = Query(assume=assume, states=states, actions=actions, gamma=F(9, 10))
        assert supremum(query) == 9


@pytest.mark.parametrize("seed", range(10))
def test_who_copies_the_opponent_earns_nothing(seed: int) -> None:
    """The lemma of the certificate, on random games: the best response is worth at least 0."""
    rng = Random(seed)
    size, count = 2, 3
    pay = [
        [[F(rng.randrange(-9, 10), 9) for _ in range(count)] for _ in range(count)] for _ in "ab"
    ]
    mine = [[[(r[a][c] - r[c][a]) / 2 for c in range(count)] for a in range(count)] for r in pay]
    rows = [[[F(rng.randrange(10), 9) for _ in range(count)] for _ in range(count)] for _ in "ab"]
    kernel = [[[[1 - p, p] for p in line] for line in state] for state in rows]
    theirs = [[[-x for x in line] for line in state] for state in mine]
    game = MarkovGame(kernel, [mine, theirs], [1, 0], F(2, 3))
    weights = [[F(rng.randrange(1, 5)) for _ in range(count)] for _ in range(size)]
    mixture = [[w / sum(row) for w in row] for row in weights]
    other = ProductPolicy([mixture, mixture])
    assert list(state_values(game, other)[0]) == [0, 0]
    assert all(x >= 0 for x in best_response(game, other, 0).state_values)


def test_what_has_no_rows_is_said_to_have_none() -> None:
    assert "margin is positive" in str(
        rules_of(Query(assume="nash,turn-based,margin=1").game_class)
    )
    assert "Nash expert" in str(rules_of(Query(assume="margin=1/3").game_class))
    said = Query(assume="nash", actions=(1, 2)).game_class
    rules = rules_of(said)
    assert isinstance(rules, Rules)
    assert {c.program.rules.rest for c in cases(said, rules, None)} == {"dominant", "team"}


def test_a_solution_outside_the_class_is_not_claimed() -> None:
    """Deterministic kernels with mixed policies: the rows are those of a larger class."""
    verdict = search(
        Query(assume="nash,own-rewards,deterministic", gamma=F(9, 10)), sup=True, seconds=4
    )
    assert isinstance(verdict, Unknown)
    assert verdict.root is None
    assert verdict.lower is not None
    assert verdict.upper is not None
    assert verdict.lower < F(103, 10) < verdict.upper


# -- brute force: every deterministic kernel of full two-state games, one exact program each

JOINT = list(itertools.product(range(2), repeat=2))


NONE, ALL = F(0), F(1)


@dataclass(frozen=True)
class Fixed:
    """A class of two-state games: who shares rewards, and how far rows may go."""

    tie: str = "free"
    reset: F = NONE
    leave: F = ALL
    margin: F = NONE
    uniform: bool = False


Place = tuple[int, tuple[int, int]]
PLACES: list[Place] = [(s, (x, y)) for s in range(2) for x in range(2) for y in range(2)]


def brute(gamma: F, said: Fixed) -> F:
    """The largest gap of player 0: state 0 visited, expert (0, 0), learner 1's action 1 off it."""
    best = F(0)
    on, off = [F(1), F(0)], [F(1, 2), F(1, 2)] if said.uniform else [F(0), F(1)]
    policies = list(itertools.product(range(2), repeat=2))
    names = {p: _tied(p, said.tie) for p in PLACES}
    boxes = dict.fromkeys(names.values(), Box(F(-1), F(1)))
    for kernel in itertools.product(range(2), repeat=7):
        transition = _transition(kernel, said)
        against = {a: _weights(transition, gamma, a, on) for a in policies}
        nash = [
            Row(
                f"nash {number}",
                _difference(against[a], against[0, 0], names),
                "<=",
                -(said.margin if a[0] else F(0)) * _time_at_start(transition, gamma, a, on),
            )
            for number, a in enumerate(policies)
        ]
        for a in policies:
            learner = _weights(transition, gamma, a, off)
            objective = _difference(learner, against[0, 0], names)
            found = lp.maximise(objective, nash, boxes)
            if isinstance(found, lp.Optimum):
                best = max(best, found.value)
    return best


def _transition(kernel: tuple[int, ...], said: Fixed) -> Any:
    """The kernel; the expert stays at state 0."""
    out = {(0, (0, 0)): F(0)}
    for place, t in zip(PLACES[1:], kernel, strict=True):
        most = min(said.leave if place[0] == 0 else F(1), 1 - said.reset)
        out[place] = t * most
    return [[[[1 - out[s, (x, y)], out[s, (x, y)]] for y in range(2)] for x in range(2)]
            for s in range(2)]  # fmt: skip


def _weights(transition: Any, gamma: F, a: tuple[int, ...], off: list[F]) -> dict[Place, F]:
    """Player 0's value at state 0 as a linear form in the rewards."""
    profile = ProductPolicy([[[F(k == x) for k in range(2)] for x in a], [[F(1), F(0)], off]])
    form: dict[Place, F] = {}
    for place in PLACES:
        one = [[[F((s, (x, y)) == place) for y in range(2)] for x in range(2)] for s in range(2)]
        value = state_values(MarkovGame(transition, [one, one], [1, 0], gamma), profile)[0][0]
        if value:
            form[place] = F(value)
    return form


def _time_at_start(transition: Any, gamma: F, a: tuple[int, ...], off: list[F]) -> F:
    """Discounted visits of state 0: the loss of a deviation there is the margin at each visit."""
    profile = ProductPolicy([[[F(k == x) for k in range(2)] for x in a], [[F(1), F(0)], off]])
    rewards = [[[[F(s == 0)] * 2] * 2 for s in range(2)]] * 2
    return F(state_values(MarkovGame(transition, rewards, [1, 0], gamma), profile)[0][0])


def _tied(place: tuple[int, tuple[int, int]], tie: str) -> str:
    s, (x, _) = place
    return {"state": f"{s}", "own": f"{s} {x}"}.get(tie, f"{place}")


def _difference(
    more: dict[Any, F], less: dict[Any, F], names: dict[Any, str]
) -> tuple[tuple[str, F], ...]:
    total: dict[str, F] = {}
    for sign, form in ((1, more), (-1, less)):
        for place, c in form.items():
            total[names[place]] = total.get(names[place], F(0)) + sign * c
    return tuple((x, c) for x, c in total.items() if c) or ((next(iter(names.values())), F(0)),)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("assume", "said"),
    [
        ("nash,state-rewards", Fixed("state")),
        ("nash,own-rewards", Fixed("own")),
        ("nash,reset=1/3", Fixed(reset=b)),
        ("nash,entry=1/3", Fixed(leave=b)),
        ("nash,margin=1/3", Fixed(margin=m)),
        ("nash,uniform-off-support", Fixed(uniform=True)),
        ("nash,own-rewards,entry=1/3", Fixed("own", leave=b)),
    ],
)
def test_brute_force_over_full_games(assume: str, said: Fixed) -> None:
    """At discount 1/2 a deterministic kernel attains the supremum of every one of these."""
    gamma = F(1, 2)
    assert brute(gamma, said) == supremum(Query(assume=assume, states=2, gamma=gamma))
