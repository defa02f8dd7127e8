"""Suprema where nothing is said of the expert: games are built, certificates checked."""

import copy
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import state_values
from nashgap.search import finish
from nashgap.search.certificate import Certificate
from nashgap.search.checkers.any_expert import Beside
from nashgap.search.checkers.common import MalformedError, Statement
from nashgap.search.engine import search
from nashgap.search.pair.above import above
from nashgap.search.pair.program import FIRST
from nashgap.search.pair.rules import Rules, rules_of
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.verdict import Found, RuledOut, Unknown

F = Fraction
NINE = F(9, 10)


def most(g: F) -> F:
    """2/(1-g), all that rewards in [-1, 1] allow."""
    return 2 / (1 - g)


FORMULAS: dict[tuple[str, int], Any] = {
    ("state-rewards", 2): lambda g: g * most(g),
    ("state-rewards,deterministic", 3): lambda g: g * most(g),
    ("state-rewards,full-support", 3): lambda g: g * most(g),
    ("state-rewards,entry=1/3", 2): lambda g: g * most(g),
    ("state-rewards,reset=1/3", 3): lambda g: F(2, 3) * g * most(g),
    ("own-rewards,zero-sum", 2): lambda g: g * most(g),
    ("own-rewards,common-payoff", 3): lambda g: g * most(g),
    ("alternating", 2): lambda g: most(g) / (1 + g),
    ("alternating", 3): most,
    ("alternating,pure", 3): most,
    ("alternating,full-support", 2): lambda g: most(g) / (1 + g),
    ("alternating,state-rewards", 2): lambda _: F(0),
    ("symmetric", 2): most,
    ("symmetric,zero-sum", 2): lambda g: most(g) * (1 + g) / 2,
    ("symmetric,common-payoff", 2): most,
    ("symmetric,turn-based", 3): lambda _: F(0),
    ("symmetric,alternating", 2): lambda _: F(0),
    ("zero-sum,common-payoff", 3): lambda _: F(0),
    ("symmetric,zero-sum,state-rewards", 3): lambda _: F(0),
}


@pytest.mark.parametrize("gamma", [F(1, 2), NINE])
@pytest.mark.parametrize(("assume", "states"), list(FORMULAS))
def test_suprema(assume: str, states: int, gamma: F, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finish, "_games", lambda *_: pytest.fail("a local search was asked"))
    verdict = search(Query(assume=assume, states=states, gamma=gamma), sup=True)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.supremum == FORMULAS[assume, states](gamma)
    assert verdict.attained
    assert verdict.certificate.raw["encoding"] == "any-expert"
    assert verdict.certificate.verify().valid
    assert verdict.witness is not None
    assert verdict.witness.verify().valid
    assert verdict.witness.nash_gap == verdict.supremum


@pytest.mark.parametrize("assume", ["alternating,full-support", "alternating,entry=1/3"])
def test_starts_that_visit_all_tend_to_one_that_does_not(assume: str) -> None:
    verdict = search(Query(assume=assume, states=3), sup=True)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.supremum == most(NINE)
    assert verdict.attained is None
    assert verdict.limit is not None
    assert not verdict.limit.faults()
    assert verdict.limit.value == most(NINE)
    assert verdict.certificate.verify().valid
    asked = most(NINE) - F(1, 10**6)
    found = search(Query(assume=assume, states=3, gap_at_least=asked))
    assert isinstance(found, Found)
    assert found.witness.verify().valid


@pytest.mark.parametrize("matching", [{"match": "mu"}, {"match": "bc", "eps": "1/10"}])
def test_any_matching_leaves_as_much_beside_any_expert(matching: dict[str, str]) -> None:
    for assume, value in (("alternating", F(200, 19)), ("state-rewards,entry=1/3", F(18))):
        query = Query(assume=assume, **matching)  # type: ignore[arg-type]
        verdict = search(query, sup=True)
        assert isinstance(verdict, RuledOut), verdict
        assert (verdict.supremum, verdict.attained) == (value, True)
        assert verdict.certificate.verify().valid


def test_claims_on_errors_are_not_answered_by_gaps() -> None:
    claim = "NashGap <= 0 * eps_BC + 18"
    verdict = search(Query(match="bc", eps="1/10", assume="state-rewards", claim=claim), seconds=2)
    assert isinstance(verdict, RuledOut | Unknown)
    broken = search(
        Query(match="bc", eps="1/10", assume="state-rewards", claim="NashGap <= eps_BC")
    )
    assert isinstance(broken, Found)


def test_a_bound_whatever_the_expert_is() -> None:
    said = Query(match="mu", assume="nash,alternating").game_class
    found = above(said, None)
    assert found is not None
    assert found.value == F(200, 19)
    assert found.rule_out(Threshold(found.value)) is None
    for asked in (Threshold(found.value, strict=True), Threshold(F(11)), Threshold(F(19))):
        proof = found.rule_out(asked)
        assert proof is not None
        assert proof.verify().valid
        assert F(proof.raw["excludes"]["gap"]) == asked.value
    assert above(Query(match="mu", assume="nash,zero-sum").game_class, None) is None


@pytest.mark.parametrize(
    ("assume", "shape", "value"),
    [
        ("nash,alternating", {"match": "mu"}, F(200, 19)),
        ("team-optimal,zero-sum", {"match": "mu"}, F(0)),
        ("team-optimal,own-rewards", {"match": "mu", "states": 3}, F(0)),
        ("team-optimal,zero-sum", {"match": "bc", "eps": "1/10"}, F(0)),
    ],
)
def test_matched_states_and_small_errors(assume: str, shape: dict[str, Any], value: F) -> None:
    verdict = search(Query(assume=assume, **shape), sup=True, seconds=20)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.supremum == value
    assert verdict.attained
    excluded = search(Query(assume=assume, **shape, gap_at_least=value, strict=True))
    assert isinstance(excluded, RuledOut)


def test_where_nothing_is_matched_all_states_count() -> None:
    raw = certificate("state-rewards,entry=1/3")
    raw["class"]["assumptions"].remove("match-rho")
    assert refused(raw)
    raw["cases"] = [case for case in raw["cases"] if case["visited"] == raw["class"]["states"]]
    assert not refused(raw)


@pytest.mark.parametrize(
    ("assume", "shape", "value"),
    [
        ("state-rewards", {"players": 3, "states": 2}, 18),
        ("state-rewards", {"players": 1, "states": 2}, 18),
        ("own-rewards,common-payoff", {"players": 1, "states": 1}, 20),
        ("state-rewards", {"actions": (1, 2), "states": 2, "player": 0}, 0),
        ("state-rewards", {"actions": (3, 2), "states": 2, "player": 0}, 18),
        ("symmetric,zero-sum", {"actions": 3, "states": 1}, 20),
        ("symmetric,zero-sum", {"states": 1}, 10),
        ("state-rewards,visited=1", {"states": 3}, 18),
        ("state-rewards", {"states": 6}, 18),
        ("alternating", {"states": 4}, 20),
    ],
)
def test_shapes(assume: str, shape: dict[str, Any], value: int) -> None:
    verdict = search(Query(assume=assume, **shape), sup=True)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.supremum == value
    assert verdict.attained


def test_thresholds() -> None:
    def asked(gap: F, *, strict: bool = False) -> object:
        return search(Query(assume="state-rewards", gap_at_least=gap, strict=strict))

    reached = asked(F(18))
    assert isinstance(reached, Found)
    assert reached.witness.verify().valid
    excluded = asked(F(18), strict=True)
    assert isinstance(excluded, RuledOut)
    assert excluded.certificate.verify().valid
    assert "any_expert" in excluded.evidence


def test_other_classes_are_left_alone() -> None:
    rules = rules_of(Query(assume="margin=1/3").game_class)
    assert isinstance(rules, Rules) or "margin" in rules
    plain = rules_of(Query(assume="turn-based").game_class)
    assert isinstance(plain, Rules)
    assert plain.is_plain


# -- the rows hold in games of the class


def profiles(rng: np.random.Generator, actions: tuple[int, ...], size: int) -> ProductPolicy:
    return ProductPolicy(
        [
            [[F(int(x)) / int(sum(row)) for x in row] for row in 1 + rng.integers(0, 4, (size, a))]
            for a in actions
        ]
    )


def distribution(rng: np.random.Generator, size: int, among: list[int]) -> list[F]:
    weights = np.zeros(size, dtype=int)
    weights[among] = 1 + rng.integers(0, 3, len(among))
    return [F(int(w), int(weights.sum())) for w in weights]


def drawn(
    names: frozenset[str], seed: int
) -> tuple[MarkovGame, ProductPolicy, frozenset[int] | None]:
    """A random game of three states with these assumptions, a policy, and player 0's states."""
    rng = np.random.default_rng(seed)
    size, g = 3, F(3, 4)
    owners = [0, 1, int(rng.integers(0, 2))]
    transition = np.full((size, 2, 2, size), F(0), dtype=object)
    rewards = np.full((2, size, 2, 2), F(0), dtype=object)
    for s in range(size):
        targets = [t for t in range(size) if owners[t] != owners[s] or "alternating" not in names]
        for a, b in np.ndindex(2, 2):
            source = (a, b)
            if "alternating" in names:
                source = (a, 0) if owners[s] == 0 else (0, b)
            elif "symmetric" in names:
                source = (min(a, b), max(a, b))
            local = np.random.default_rng([seed, s, *source])
            transition[s, a, b] = distribution(local, size, targets)
            pair = local.integers(-6, 7, 2)
            for i in range(2):
                rewards[i, s, a, b] = F(int(pair[i]), 6)
        if "state-rewards" in names:
            rewards[:, s] = rewards[:, s, :1, :1]
        if "zero-sum" in names:
            if "symmetric" in names:
                rewards[0, s] = [[0, rewards[0, s, 0, 1]], [-rewards[0, s, 0, 1], 0]]
            rewards[1, s] = -rewards[0, s]
    if "reset" in names:
        transition = transition * F(2, 3)
        transition[..., 0] += F(1, 3)
    start = [F(1), F(0), F(0)]
    mine = frozenset(s for s in range(size) if owners[s] == 0)
    game = MarkovGame(transition, rewards, start, g)
    return game, profiles(rng, (2, 2), size), mine if "alternating" in names else None


CLASSES = [
    "state-rewards",
    "reset=1/3",
    "alternating",
    "alternating,state-rewards",
    "symmetric,zero-sum",
    "state-rewards,reset=1/3",
]


def averages(game: MarkovGame, policy: ProductPolicy, s: int) -> tuple[F, list[F]]:
    """Reward of player 0 and successors under a policy."""
    reward, row = F(0), [F(0)] * game.num_states
    for joint in np.ndindex(*game.num_actions):
        weight = policy[0][s][joint[0]] * policy[1][s][joint[1]]
        reward += weight * game.rewards[(0, s, *joint)]
        row = [x + weight * p for x, p in zip(row, game.transition[(s, *joint)], strict=True)]
    return reward, row


@pytest.mark.parametrize("assume", CLASSES)
def test_rows_hold_in_random_games(assume: str) -> None:
    query = Query(assume=assume, states=3, gamma=F(3, 4), player=0)
    said = query.game_class
    for seed in range(8):
        game, learner, mine = drawn(said.names, seed)
        point = measured(game, learner, mine)
        rows = beside(query, mine)
        for name in every_row(rows, mine):
            row = rows.row(name, {})
            if row is not None:
                at = sum((c * point.get(x, F(0)) for x, c in row.form.items() if x), F(0))
                at += row.form.get("", F(0))
                assert at <= 0, (seed, name, at)


def measured(game: MarkovGame, learner: ProductPolicy, mine: frozenset[int] | None) -> dict[str, F]:
    """All variables in a game, of player 0."""
    best = best_response(game, learner, 0)
    deviating = learner.replace(0, best.table)
    own = state_values(game, learner)[0]
    point: dict[str, F] = {}
    for s in range(game.num_states):
        point |= {f"W {s}": best.state_values[s], f"U {s}": own[s]}
        point |= {f"r {s}": averages(game, learner, s)[0]}
        point |= {f"q {s}": averages(game, deviating, s)[0]}
    for area in ("in", "all", "in-mine", "in-theirs", "all-mine", "all-theirs"):
        owner = area.partition("-")[2]
        states = [s for s in range(3) if not owner or (s in (mine or ())) == (owner == "mine")]
        for a, b in FIRST:
            worth = [a * point[f"W {s}"] + b * point[f"U {s}"] for s in states]
            point[f"M {a} {b} {area}"] = max(worth, default=F(0))
    return point


def beside(
    query: Query, mine: frozenset[int] | None, *, able: bool = True, k: int | None = None
) -> Beside:
    said = query.game_class
    names = {a.name: a.parameter or F(0) for a in said.assumptions}
    statement = Statement(
        said.actions, said.states, said.discount, names, F(0), True, (0,), "any-expert", None, []
    )
    return Beside(statement, able, said.states if k is None else k, mine)


def every_row(rows: Beside, mine: frozenset[int] | None) -> Iterator[str]:
    areas = (
        ("in", "all")
        if mine is None
        else tuple(f"{a}-{o}" for a in ("in", "all") for o in ("mine", "theirs"))
    )
    for s in range(rows.said.states):
        yield from (f"{side} {x} {s}" for side in ("low", "high") for x in "UWrq")
        yield f"alike {s}"
        for a, b in FIRST:
            yield from (f"{kind} {s} | {a} {b}" for kind in ("expert", "deviate", "follow"))
            yield from (f"above {a} {b} {area} {s}" for area in areas)


@pytest.mark.parametrize(
    ("assume", "shape", "flags"),
    [
        ("zero-sum", {}, ""),
        ("symmetric", {}, ""),
        ("own-rewards", {}, ""),
        ("own-rewards,symmetric", {}, ""),
        ("own-rewards,common-payoff", {"players": 1}, ""),
        ("own-rewards,common-payoff", {"players": 3}, "state"),
        ("own-rewards,zero-sum", {}, "state"),
        ("own-rewards,team-optimal", {}, "state"),
        ("state-rewards", {}, "state"),
        ("zero-sum,common-payoff", {}, "state void"),
        ("zero-sum,team-optimal", {}, "state void"),
        ("zero-sum,symmetric", {}, "alike"),
        ("zero-sum,symmetric", {"actions": 3}, ""),
        ("zero-sum,symmetric,own-rewards", {}, "state void alike"),
        ("zero-sum,symmetric,state-rewards", {}, "state void alike"),
        ("turn-based", {}, ""),
        ("turn-based,symmetric", {}, "follows"),
        ("alternating", {}, "alternates"),
        ("alternating", {"players": 3}, ""),
        ("alternating,symmetric", {}, "follows"),
        ("alternating", {"actions": (1, 2)}, "alternates"),
    ],
)
def test_what_a_class_leaves(assume: str, shape: dict[str, Any], flags: str) -> None:
    rows = beside(Query(assume=assume, **shape), None)
    found = {
        "follows": rows.follows,
        "alternates": rows.alternates,
        "state": rows.is_state,
        "void": rows.is_void,
        "alike": rows.alike,
    }
    assert {name for name, holds in found.items() if holds} == set(flags.split())


def test_one_action_leaves_nothing_to_choose() -> None:
    rows = beside(Query(assume="state-rewards"), None, able=False)
    assert rows.follows
    assert rows.row("follow 0 | 1 -1", {}) is not None
    assert rows.row("expert 0 | 0 1", {}) is None


@pytest.mark.parametrize(
    ("assume", "reset", "entry"),
    [
        ("reset=1/3", F(1, 3), F(1)),
        ("entry=1/3", F(0), F(1, 3)),
        ("reset=1/3,deterministic", F(1), F(1)),
        ("entry=1/3,deterministic", F(0), F(0)),
        ("entry=1,deterministic", F(0), F(1)),
        ("reset=0,deterministic", F(0), F(1)),
    ],
)
def test_shares_of_a_row(assume: str, reset: F, entry: F) -> None:
    rows = beside(Query(assume=assume, states=3, gamma=F(1, 2)), None, k=2)
    assert (rows.reset, rows.entry) == (reset, entry)
    shares = {kind: node.shares for kind in ("expert", "deviate") if (node := rows.node(kind, 1))}
    half = F(1, 2)
    inside, out = 1 - reset - min(entry, 1 - reset), min(entry, 1 - reset)
    expected = {
        "expert": [(half * reset, ""), (half * (1 - reset), "in")],
        "deviate": [(half * reset, ""), (half * inside, "in"), (half * out, "all")],
    }
    kept = {kind: [part for part in parts if part[0]] for kind, parts in expected.items()}
    assert shares == kept
    free = rows.node("deviate", 2)
    assert free is not None
    assert free.shares == [
        part for part in ((half * reset, ""), (half * (1 - reset), "all")) if part[0]
    ]
    assert [rows.node(kind, 2) for kind in ("expert", "follow")] == [None, None]
    assert [rows.node(kind, 3) for kind in ("expert", "deviate", "follow")] == [None] * 3
    assert rows.node("against", 0) is None
    assert rows.row("alike 0", {}) is None


def test_areas() -> None:
    plain = beside(Query(assume="state-rewards", states=3), None, k=2)
    assert plain.support("in") == [0, 1]
    assert plain.support("all") == [0, 1, 2]
    assert [plain.support(x) for x in ("in-mine", "all-theirs", "out", "", "in-", "-mine")] == [
        None
    ] * 6
    owned = beside(Query(assume="alternating", states=3), frozenset({0}), k=2)
    found = [owned.support(f"{x}-{y}") for x in ("in", "all") for y in ("mine", "theirs")]
    assert found == [[0], [1], [0], [1, 2]]
    assert [owned.support(x) for x in ("in-ours", "out-mine")] == [None, None]
    assert owned.options("top 1 0 all-theirs", {}) == {1: (True, False), 2: (False, False)}
    assert owned.options("move 0", {}) is None


# -- certificates


def certificate(assume: str = "state-rewards,reset=1/3") -> dict[str, Any]:
    verdict = search(Query(assume=assume, states=2), sup=True)
    assert isinstance(verdict, RuledOut)
    return copy.deepcopy(dict(verdict.certificate.raw))


def leaves(tree: dict[str, Any]) -> Iterator[dict[str, str]]:
    if "leaf" in tree:
        yield tree["leaf"]
    for branch in tree.get("branches", ()):
        yield from leaves(branch["tree"])


def refused(raw: dict[str, Any]) -> bool:
    try:
        return not Certificate(raw).verify().valid
    except MalformedError:
        return True


@pytest.mark.parametrize("assume", ["state-rewards,reset=1/3", "symmetric,zero-sum", "alternating"])
def test_multipliers_are_needed(assume: str) -> None:
    raw = certificate(assume)
    assert not refused(raw)
    for case in raw["cases"]:
        for leaf in leaves(case["tree"]):
            for name, y in list(leaf.items()):
                for other in ("0", str(-F(y)), str(2 * F(y))):
                    leaf[name] = other
                    assert refused(raw) or F(other) == F(y), name
                leaf[name] = y


def test_cases_and_branches_are_needed() -> None:
    raw = certificate()
    for k in range(len(raw["cases"])):
        less = copy.deepcopy(raw)
        del less["cases"][k]
        assert refused(less)
    for case in raw["cases"]:
        if "branches" in case["tree"]:
            kept = case["tree"]["branches"]
            for branch in list(kept):
                kept.remove(branch)
                assert refused(raw)
                kept.append(branch)
    assert not refused(raw)


@pytest.mark.parametrize("dropped", ["state-rewards", "reset=1/3"])
def test_assumptions_are_needed(dropped: str) -> None:
    raw = certificate()
    raw["class"]["assumptions"].remove(dropped)
    assert refused(raw)


def test_smaller_gaps_are_not_excluded() -> None:
    raw = certificate()
    raw["excludes"]["gap"] = str(F(raw["excludes"]["gap"]) - F(1, 10**6))
    assert refused(raw)
    raw = certificate()
    raw["excludes"]["strict"] = False
    assert refused(raw)


SWEPT = (
    *("zero-sum", "common-payoff", "symmetric", "turn-based", "alternating", "state-rewards"),
    *("own-rewards", "reset=1/3", "entry=1/3", "uniform-off-support", "deterministic", "pure"),
    "full-support",
)


@pytest.mark.slow
@pytest.mark.parametrize("gamma", [F(1, 2), NINE])
@pytest.mark.parametrize("states", [2, 3])
def test_all_pairs_are_decided(states: int, gamma: F) -> None:
    for names in [*((x,) for x in SWEPT), *combinations(SWEPT, 2)]:
        query = Query(assume=",".join(names), states=states, gamma=gamma)
        verdict = search(query, sup=True, seconds=60)
        assert not isinstance(verdict, Unknown), names
