"""Matched states and small errors: bounds, certificates, games that attain them."""

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games.random import random_game
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.io import parse_json
from nashgap.numeric.matching import eps_bc
from nashgap.numeric.policy import ProductPolicy
from nashgap.search.candidate import Candidate
from nashgap.search.checkers.common import IMPLY_NASH
from nashgap.search.coupling.bound import bounds, rule_out
from nashgap.search.engine import search
from nashgap.search.falsifier import Frame, falsify
from nashgap.search.falsifier.tune import tuned
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.verdict import Found, RuledOut, Unknown
from nashgap.search.verify import verify
from nashgap.search.witness import witness
from nashgap.theory.errors import BadInput

from .tampering import accepted, changed, corruptions, is_excluded

F = Fraction
GAMMAS = (F(1, 2), F(3, 4), F(9, 10), F(99, 100))
EXACT = "deterministic,pure"


def supremum(query: Query) -> F:
    """The supremum, after witness and certificate went through JSON and `verify`."""
    verdict = search(query, sup=True, seconds=150)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.attained
    assert verdict.witness is not None
    for part in (verdict.witness, verdict.certificate):
        assert verify(parse_json(json.dumps(part.json()), "file")).valid
    game = verdict.witness.game
    assert (game.num_states, game.num_actions) == (query.states, query.game_class.actions)
    assert verdict.witness.nash_gap == verdict.supremum
    return verdict.supremum


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("states", [1, 2])
@pytest.mark.parametrize("assume", [f"nash,full-support,{EXACT}", "full-support", "nash"])
def test_matched_states_leave_every_gap(assume: str, states: int, gamma: F) -> None:
    """Equal state occupancies allow 2/(1-gamma), already in one state and with full support."""
    query = Query(match="mu", assume=assume, states=states, gamma=gamma)
    assert supremum(query) == 2 / (1 - gamma)


@pytest.mark.slow
@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("assume", [f"nash,full-support,{EXACT}", f"full-support,{EXACT}"])
def test_matched_states_with_three_states(assume: str, gamma: F) -> None:
    query = Query(match="mu", assume=assume, states=3, gamma=gamma)
    assert supremum(query) == 2 / (1 - gamma)


@pytest.mark.parametrize("gamma", [F(1, 2), F(9, 10)])
@pytest.mark.parametrize(
    ("assume", "shape", "expected"),
    [
        ("nash", {"actions": 1}, 0),
        ("nash", {"actions": (1, 2), "player": 0}, 0),
        ("nash,zero-sum", {}, 2),
        ("nash,common-payoff", {}, 2),
        ("team-optimal", {}, 2),
        ("dominant", {}, 2),
        ("nash,state-rewards", {"players": 1}, 0),
        ("team-optimal,state-rewards", {}, 0),
        (f"nash,state-rewards,{EXACT}", {}, "2g"),
    ],
)
def test_other_classes_of_matched_states(
    assume: str, shape: dict[str, Any], expected: Any, gamma: F
) -> None:
    """Rewards that depend on the state alone lose the first step: 2 gamma/(1-gamma)."""
    value = 2 * gamma if expected == "2g" else F(expected)
    assert supremum(Query(match="mu", assume=assume, gamma=gamma, **shape)) == value / (1 - gamma)


def largest(concept: str, players: int, gamma: F, eps: F) -> F:
    """What is known by hand: the suprema, where players and states are enough."""
    c, high = eps / (2 * (1 - gamma)), 2 / (1 - gamma)
    if concept == "dominant":
        return high * min(c * (1 + (players - 1) * gamma), c + gamma * (1 - c), F(1))
    if concept == "team-optimal":
        return high * min(players * c, F(1))
    return high * min(gamma + c * (1 + (players - 1) * (2 - gamma)), F(1))


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("players", [1, 2, 3])
@pytest.mark.parametrize("eps", [F(0), F(1, 1000), F(1, 10), F(1), F(2)])
@pytest.mark.parametrize("concept", ["dominant", "team-optimal"])
def test_bounds_of_small_errors(concept: str, eps: F, players: int, gamma: F) -> None:
    query = Query(match="bc", eps=eps, assume=concept, players=players, gamma=gamma)
    found = bounds(query.game_class, None)
    assert found is not None
    assert [b.value for b in found] == [largest(concept, players, gamma, eps)]


@pytest.mark.parametrize("gamma", GAMMAS)
@pytest.mark.parametrize("players", [2, 3])
def test_bounds_of_small_errors_of_a_nash_expert(players: int, gamma: F) -> None:
    eps = (1 - gamma) ** 2 / 100
    query = Query(match="bc", eps=eps, assume="nash", players=players, gamma=gamma)
    found = bounds(query.game_class, None)
    assert found is not None
    assert found[0].value == largest("nash", players, gamma, eps)


@pytest.mark.parametrize("concept", ["dominant", "nash"])
def test_one_player_alone_loses_only_its_own_errors(concept: str) -> None:
    query = Query(match="bc", eps="1/10", assume=concept, players=1, gamma="1/2")
    found = bounds(query.game_class, None)
    assert found is not None
    assert [b.value for b in found] == [F(2, 5)]


@pytest.mark.slow
@pytest.mark.parametrize("gamma", [F(1, 2), F(3, 4), F(9, 10)])
@pytest.mark.parametrize("assume", ["dominant", f"dominant,{EXACT}"])
def test_a_dominant_expert_with_small_errors_in_three_states(assume: str, gamma: F) -> None:
    """The search finds games of its own that attain the bound."""
    query = Query(match="bc", eps="1/10", assume=assume, states=3, gamma=gamma)
    assert supremum(query) == largest("dominant", 2, gamma, F(1, 10))


@pytest.mark.parametrize(
    ("assume", "eps", "least"), [("dominant", "1/10", F(2, 5)), ("nash", "1/100", F(2))]
)
def test_two_states_have_certified_bounds(assume: str, eps: str, least: F) -> None:
    query = Query(match="bc", eps=eps, assume=f"{assume},{EXACT}", gamma="1/2")
    verdict = search(query, sup=True, seconds=6)
    assert isinstance(verdict, Unknown)
    assert verdict.certificate is not None
    assert verdict.witness is not None
    assert verdict.certificate.verify().valid
    assert verdict.witness.verify().valid
    assert verdict.witness.nash_gap == verdict.lower
    assert verdict.lower is not None
    assert least <= verdict.lower
    assert verdict.upper is not None
    if assume == "dominant":  # two states allow less than every size does
        assert verdict.upper < largest(assume, 2, F(1, 2), F(eps))
    else:
        assert verdict.upper == largest(assume, 2, F(1, 2), F(eps))


def test_thresholds_and_claims() -> None:
    dominant: dict[str, Any] = {"match": "bc", "eps": "1/10", "assume": "dominant", "gamma": "1/2"}
    assert isinstance(search(Query(**dominant, gap_at_least="3/5", strict=True)), RuledOut)
    found = search(Query(**dominant, gap_at_least="1/5"), seconds=30)
    assert isinstance(found, Found)
    assert found.witness.nash_gap >= F(1, 5)
    assert isinstance(search(Query(**dominant, claim="NashGap <= 3/5")), RuledOut)
    broken = search(Query(match="mu", claim="NashGap <= eps_BC/(2-gamma)"), seconds=30)
    assert isinstance(broken, Found)
    assert broken.witness.verify().valid
    held = search(Query(match="mu", claim="NashGap <= 2/(1-gamma) + eps_mu"), seconds=5)
    assert isinstance(held, RuledOut)


CLASSES: dict[str, dict[str, Any]] = {
    "mu": {"match": "mu", "assume": "nash", "states": 3},
    "mu, rewards by state": {"match": "mu", "assume": "state-rewards", "states": 3},
    "mu, one action": {"match": "mu", "assume": "nash", "actions": (1, 2), "player": 0},
    "dominant": {"match": "bc", "eps": "1/10", "assume": "dominant", "states": 3},
    "team": {"match": "bc", "eps": "1/10", "assume": "team-optimal", "players": 3},
    "nash": {"match": "bc", "eps": "1/1000", "assume": "nash", "states": 3},
}


@cache
def proof(name: str) -> dict[str, Any]:
    query = Query(gamma=F(9, 10), **CLASSES[name])
    found = bounds(query.game_class, query.player)
    assert found is not None
    value = max(b.value for b in found)
    made = rule_out(query.game_class, Threshold(value, strict=True), query.player)
    assert made is not None
    return parse_json(json.dumps(made.json()), "certificate")


def known_supremum(said: Mapping[str, Any], player: int | None) -> F:
    """A gap that games of the class reach or come close to, with states enough, by hand."""
    gamma, actions = F(said["discount"]), [int(a) for a in said["actions"]]
    able = [a > 1 for a in actions]
    names = dict(str(a).partition("=")[::2] for a in said["assumptions"])
    if not any(able if player is None else [able[player]]):
        return F(0)
    if "match-bc" not in names:
        alone = sum(able) == 1 and names.keys() & IMPLY_NASH
        if "state-rewards" in names:
            return F(0) if alone or "team-optimal" in names else 2 * gamma / (1 - gamma)
        return 2 / (1 - gamma)
    concept = next((c for c in ("team-optimal", "dominant") if c in names), "nash")
    if not names.keys() & IMPLY_NASH:
        return 2 / (1 - gamma)
    if concept == "nash" and sum(able) == 1:
        concept = "team-optimal"
    return largest(concept, sum(able), gamma, F(names["match-bc"]))


def is_true(raw: Mapping[str, Any]) -> bool:
    return is_excluded(raw, known_supremum)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_no_single_change_makes_a_false_certificate_pass(name: str) -> None:
    assert accepted(proof(name))
    assert is_true(proof(name))
    tried = passed = 0
    for what, raw in corruptions(proof(name)):
        tried += 1
        if accepted(raw):
            passed += 1
            assert is_true(raw), what
    assert tried > 150
    assert passed < tried / 2


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_no_smaller_threshold_and_no_other_multiplier_passes(name: str) -> None:
    raw = proof(name)
    gap = F(raw["excludes"]["gap"])
    for less in (F(1, 10**15), F(1)):
        assert not accepted(changed(raw, ("excludes", "gap"), str(gap - less)))
    assert not accepted(changed(raw, ("excludes", "strict"), False))
    assert not accepted(changed(raw, ("cases",), []))
    leaf = raw["cases"][0]["leaf"]
    for row, written in leaf.items():
        for other in (-F(written), 2 * F(written), F(0)):
            assert not accepted(changed(raw, ("cases", 0, "leaf", row), str(other))), row


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("encoding",), "mu-any-kernel"),
        (("class", "assumptions"), ["dominant"]),
        (("class", "assumptions"), ["match-bc", "dominant"]),
        (("class", "assumptions"), ["match-bc=-1", "dominant"]),
        (("class", "rewards"), ["-2", "2"]),
        (("class", "discount"), "1"),
        (("excludes", "player"), "2"),
        (("cases", 0, "leaf"), []),
    ],
)
def test_malformed_certificates_are_bad_input(place: tuple[Any, ...], value: Any) -> None:
    with pytest.raises(BadInput):
        verify(changed(proof("dominant"), place, value))


@pytest.mark.parametrize("concept", ["nash", "dominant", "team-optimal", "subgame-perfect"])
@pytest.mark.parametrize("seed", range(15))
def test_no_random_game_exceeds_the_bound(seed: int, concept: str) -> None:
    """Random games with an expert of the concept and a learner near it, or anywhere."""
    made = random_game(seed, concept, eps=(None, "1/10", "1/100")[seed % 3], discount="3/4")
    eps = eps_bc(made.game, made.expert, made.learner)
    query = Query(match="bc", eps=eps, assume=concept, states=3, gamma="3/4")
    found = bounds(query.game_class, None)
    assert found is not None
    assert nash_gap(made.game, made.learner) <= found[0].value


def test_two_states_come_close_to_the_bound_for_small_errors() -> None:
    """Three states attain it; with two the others' error repeats, which costs second order."""
    gamma, eps = F(1, 2), F(1, 100)
    query = Query(match="bc", eps=eps, assume="dominant", states=2, gamma=gamma)
    said = query.game_class
    found = bounds(said, None)
    assert found is not None
    upper = max(b.value for b in found)
    assert upper == (1 + gamma) * eps / (1 - gamma) ** 2
    frame, best = Frame(said, errs=True), F(0)
    for made in falsify(frame, (0,), restarts=10):
        for other in (made, tuned(frame, made)):
            gap = nash_gap(other.game, other.learner)
            shown = Threshold(F(gap))
            one = witness(other.game, other.expert, other.learner, 0, shown, said.assumptions)
            if one.verify().valid:
                best = max(best, F(gap))
    assert upper * F(99, 100) <= best < upper


def test_what_is_left_of_the_error_is_used() -> None:
    """One state, where the error of player 0 costs it 2 each time: it errs as much as it may."""
    pays = [[[1, 1], [-1, -1]]]
    game = MarkovGame([[[[1], [1]], [[1], [1]]]], [pays, [[[0, 0], [0, 0]]]], [1], F(1, 2))
    expert = ProductPolicy([[[1, 0]], [[1, 0]]])
    learner = ProductPolicy([[[F(29, 30), F(1, 30)]], [[1, 0]]])
    said = Query(match="bc", eps=F(1, 10), assume="nash", states=1, gamma=F(1, 2)).game_class
    better = tuned(Frame(said), Candidate(game, expert, learner, 0))
    assert eps_bc(better.game, better.expert, better.learner) == F(1, 10)
    assert nash_gap(better.game, better.learner) == F(1, 5)
    assert nash_gap(game, learner) == F(2, 15)
