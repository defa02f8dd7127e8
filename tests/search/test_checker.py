"""The checker of certificates: accepts the true ones, refuses every false one, trusts nothing."""

import copy
import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from nashgap.numeric.io import parse_json
from nashgap.search.certificate import Certificate
from nashgap.search.checkers import matched as checker
from nashgap.search.engine import search
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut
from nashgap.search.verify import verify
from nashgap.theory.errors import BadInput

from .tampering import accepted, changed, corruptions, is_excluded, look, places

F = Fraction

CLASSES = {
    "deterministic": {"assume": "nash,deterministic,pure", "states": 2},
    "any kernel": {"assume": "nash", "states": 3},
    "full support": {"assume": "nash,full-support", "states": 3},
    "full support, deterministic": {"assume": "nash,full-support,deterministic,pure", "states": 2},
    "uneven": {"assume": "nash,deterministic,pure", "players": 3, "actions": (2, 1, 3)},
    "one player": {"assume": "nash,deterministic,pure", "players": 1},
    "one exploiter": {"assume": "nash", "player": 1, "actions": (2, 3)},
    "no concept": {"assume": "deterministic,pure", "states": 2},
}


@cache
def proof(name: str) -> dict[str, Any]:
    """The certificate of a class's supremum, as it is written to a file."""
    verdict = search(Query(gamma=F(9, 10), **CLASSES[name]), sup=True)  # type: ignore[arg-type]
    assert isinstance(verdict, RuledOut)
    return parse_json(json.dumps(verdict.certificate.json()), "certificate")


def supremum_of(said: Mapping[str, Any], player: int | None) -> F:
    """What is known of a class, from the hand-made argument alone; every value is attained.

    A Nash expert: a player with two actions leaves the visited states after one step, and loses up
    to 2/(1-gamma) there if another player can differ. No concept: the expert may simply be bad.
    """
    actions, states = [int(a) for a in said["actions"]], int(said["states"])
    gamma = F(said["discount"])
    nash = {"nash", "subgame-perfect", "strict-nash", "dominant", "team-optimal"}
    named = {str(a) for a in said["assumptions"]}
    best = F(0)
    for i in range(len(actions)) if player is None else [player]:
        if actions[i] < 2:
            continue
        if not named & nash:
            best = max(best, 2 / (1 - gamma))
        elif (
            states > 1
            and "full-support" not in named
            and any(a > 1 for j, a in enumerate(actions) if j != i)
        ):
            best = max(best, 2 * gamma / (1 - gamma))
    return best


def is_true(raw: Mapping[str, Any]) -> bool:
    return is_excluded(raw, supremum_of)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_true_certificates_pass(name: str) -> None:
    assert is_true(proof(name))
    assert verify(proof(name)).valid
    assert checker.check(proof(name)) == ()


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_no_single_change_makes_a_false_certificate_pass(name: str) -> None:
    passed = tried = 0
    for what, raw in corruptions(proof(name)):
        tried += 1
        if accepted(raw):
            passed += 1
            assert is_true(raw), what
    assert tried > 400
    assert passed < tried / 5


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_no_smaller_threshold_passes(name: str) -> None:
    raw = proof(name)
    gap = F(raw["excludes"]["gap"])
    for less in (F(1, 10**15), F(1, 100), F(1)):
        for strict in (True, False):
            lowered = changed(raw, ("excludes", "gap"), str(gap - less))
            assert not accepted(changed(lowered, ("excludes", "strict"), strict))
    assert not accepted(changed(raw, ("excludes", "strict"), False))


def leaves(raw: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [place for place in places(raw) if place[-1] == "leaf"]


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_multiplier_counts(name: str) -> None:
    """A sign turned, a multiplier doubled or dropped: the leaf is a contradiction no more."""
    raw = proof(name)
    for place in leaves(raw):
        for row, written in look(raw, place).items():
            for other in (-F(written), 2 * F(written), F(0)):
                alone = len(look(raw, place)) == 1
                if not (alone and other > 0):
                    assert not accepted(changed(raw, (*place, row), str(other))), (place, row)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_branch_and_every_case_counts(name: str) -> None:
    raw = proof(name)
    dropped = 0
    for place in places(raw):
        if len(place) > 1 and place[-2] in ("branches", "cases", "players"):
            smaller = copy.deepcopy(raw)
            del look(smaller, place[:-1])[place[-1]]
            assert not accepted(smaller), place
            dropped += 1
    assert dropped


def test_a_proof_for_one_class_is_none_for_a_larger_one() -> None:
    raw = proof("deterministic")
    for key, value in [("states", "3"), ("discount", "99/100")]:
        assert not accepted(changed(raw, ("class", key), value))
    wider = changed(raw, ("class", "assumptions"), ["match-rho", "nash"])
    with pytest.raises(BadInput, match="deterministic and pure"):
        verify(wider)
    no_nash = ["match-rho", "deterministic", "pure"]
    assert not accepted(changed(raw, ("class", "assumptions"), no_nash))
    alone = changed(
        changed(proof("one player"), ("class", "players"), "2"), ("class", "actions"), ["2", "2"]
    )
    assert not accepted(alone)
    full = changed(proof("full support"), ("class", "assumptions"), ["match-rho", "nash"])
    assert not accepted(full)


def test_a_proof_holds_for_a_smaller_class() -> None:
    raw = proof("any kernel")
    for more in ("zero-sum", "deterministic", "pure", "margin=1/3", "state-rewards"):
        names = [*raw["class"]["assumptions"], more]
        assert accepted(changed(raw, ("class", "assumptions"), names))


def test_the_fresh_state_must_be_fresh() -> None:
    """A branch that names the start again does not stand for the unnamed visited states."""
    raw = proof("full support")
    root = ("cases", 0, "tree", "branches")
    assert [b["to"] for b in look(raw, root)] == ["0", "1"]
    twice = [look(raw, root)[0], look(raw, root)[0]]
    assert not accepted(changed(raw, root, twice))
    renamed = changed(raw, (*root, 1, "to"), "2")
    assert not accepted(renamed)  # the tree below speaks of state 1


MALFORMED = [
    (("format",), "nashgap/certificate/2"),
    (("class", "players"), "3"),
    (("class", "players"), 2.0),
    (("class", "states"), "0"),
    (("class", "states"), "-1"),
    (("class", "states"), "999999999"),
    (("class", "actions"), ["2", "0"]),
    (("class", "actions"), "22"),
    (("class", "discount"), "1"),
    (("class", "discount"), "-1/2"),
    (("class", "discount"), "0.9"),
    (("class", "discount"), "9" * 5000),
    (("class", "rewards"), ["-2", "2"]),
    (("class", "start"), "state 0"),
    (("class", "assumptions"), ["nash"]),
    (("class", "assumptions"), ["match-rho", "nash", "kind"]),
    (("class", "assumptions"), ["match-rho", ["nash"]]),
    (("class", "assumptions"), ["match-rho", "nash=1"]),
    (("excludes", "strict"), "true"),
    (("excludes", "gap"), None),
    (("excludes", "player"), "7"),
    (("encoding",), "mine"),
    (("encoding",), ["any-kernel"]),
    (("cases",), {}),
    (("cases", 0, "tree"), []),
    (("cases", 0, "tree"), {"leaf": []}),
    (("cases", 0, "tree"), {"leaf": {"move": "1"}}),
    (("cases", 0, "tree"), {"leaf": {"high U": "1"}}),
    (("cases", 0, "tree"), {"leaf": {"asked": 1}}),
    (("cases", 0, "tree"), {"choice": "move", "branches": []}),
    (("cases", 0, "tree"), {"choice": ["move", 0], "branches": []}),
    (("note",), "hello"),
]


@pytest.mark.parametrize(("place", "value"), MALFORMED)
def test_malformed_certificates_are_bad_input(place: tuple[Any, ...], value: object) -> None:
    raw = changed(proof("deterministic"), place, value)
    with pytest.raises(BadInput):
        verify(raw)


def test_deep_nesting_does_not_break_the_checker() -> None:
    raw = copy.deepcopy(proof("deterministic"))
    tree: dict[str, Any] = {"leaf": {}}
    for _ in range(3000):
        tree = {"choice": "move 0", "branches": [{"to": "0", "tree": tree}]}
    raw["cases"][0]["tree"] = tree
    assert not accepted(raw)


def test_a_certificate_states_what_it_excludes() -> None:
    assert Certificate(proof("any kernel")).statement == "a Nash gap > 18"
    assert Certificate(proof("one exploiter")).statement == "a gap of player 1 > 18"
