"""Classes without a game: what is called empty is, and its certificate can be false."""

import copy
import itertools
import json
import random
from fractions import Fraction
from typing import Any

import pytest

from nashgap.numeric.io import parse_json
from nashgap.search.certificate import Certificate
from nashgap.search.core import cores
from nashgap.search.empty import answer
from nashgap.search.engine import search
from nashgap.search.falsifier import Frame, falsify
from nashgap.search.fixed.enumerate import enumerate_pure
from nashgap.search.query import Query
from nashgap.search.trace import REWARDS, rests_on_rewards
from nashgap.search.verdict import RuledOut
from nashgap.search.verify import verify
from nashgap.theory.errors import BadInput

from .test_fixed import random_parts

F = Fraction

EMPTY: dict[str, dict[str, Any]] = {
    "the start follows itself": {"assume": "nash,reset=1/3,alternating"},
    "one state cannot alternate": {"assume": "nash,alternating", "states": 1},
    "one player cannot alternate": {"assume": "alternating", "players": 1},
    "nobody else matters": {"assume": "nash,margin=1/9,turn-based"},
    "nothing else is worse": {"assume": "strict-nash,alternating"},
    "rewards are zero": {"assume": "strict-nash,zero-sum,common-payoff"},
    "all actions do the same": {"assume": "margin=1/9,nash,state-rewards", "states": 1},
    "too large a margin": {"assume": "nash,margin=41/10"},
    "two numbers of states": {"assume": "nash,full-support,visited=1"},
    "always back": {"assume": "nash,deterministic,reset=1/9,full-support"},
    "always back, surely": {"assume": "nash,reset=1,visited=2"},
}
FULL: tuple[dict[str, Any], ...] = (
    {"assume": "nash,alternating"},
    {"assume": "nash,reset=1/3,turn-based"},
    {"assume": "nash,margin=1/9"},
    {"assume": "nash,margin=0,turn-based"},
    {"assume": "nash,margin=1/9,turn-based", "actions": (2, 1)},
    {"assume": "strict-nash,zero-sum"},
    {"assume": "nash,margin=4"},
    {"assume": "margin=5,nash", "actions": 1},
    {"assume": "nash,full-support,visited=2"},
    {"assume": "nash,deterministic,reset=1/9"},
    {"assume": "nash,reset=1"},
    {"assume": "nash,state-rewards,margin=1/9"},
)


@pytest.mark.parametrize("name", sorted(EMPTY))
def test_contradictions_are_certified(name: str) -> None:
    query = Query(gamma="1/2", gap_at_least=0, **EMPTY[name])
    verdict = search(query)
    assert isinstance(verdict, RuledOut)
    assert "no game has all these assumptions" in verdict.evidence
    raw = parse_json(json.dumps(verdict.certificate.json()), "certificate")
    assert raw["encoding"] == "empty"
    assert verify(raw).valid
    top = search(Query(gamma="1/2", **EMPTY[name]), sup=True)
    assert isinstance(top, RuledOut)
    assert "no supremum" in top.evidence
    assert top.supremum is None
    assert top.certificate == verdict.certificate


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(EMPTY))
def test_no_kernel_and_no_search_has_a_game_of_an_empty_class(name: str) -> None:
    """By enumeration over random kernels, and by the falsifier: neither knows contradictions."""
    said = Query(gamma="1/2", **EMPTY[name])
    assert not list(falsify(Frame(said.game_class), (0,), restarts=4))
    pure = Query(gamma="1/2", **{**EMPTY[name], "assume": f"{EMPTY[name]['assume']},pure"})
    kinds = ("alternating", "reset=1/3", "deterministic", "")
    for seed, kind in itertools.product(range(3), kinds):
        rng = random.Random(seed)
        if said.players == 2:
            parts = random_parts(rng, said.states, (2, 2), kind)
            assert enumerate_pure(pure.game_class, parts, (0, 1), needed=True) is None or (
                "strict-nash" in said.game_class.names  # whose closure may have games
            )


def test_nobody_finds_a_game_where_the_numbers_of_states_contradict() -> None:
    said = Query(gamma="1/2", assume="nash,full-support,visited=1,pure").game_class
    assert not list(falsify(Frame(said), (0,), restarts=4))
    for kind in ("alternating", "reset=1/3", ""):
        parts = random_parts(random.Random(1), 2, (2, 2), kind)
        assert enumerate_pure(said, parts, (0, 1)) is None


@pytest.mark.parametrize("given", FULL)
def test_classes_with_games_are_not_called_empty(given: dict[str, Any]) -> None:
    """Each of them is one word or number away from an empty class, and has a game."""
    query = Query(gamma="1/2", **given)
    assert answer(query, True) is None
    found = next(iter(falsify(Frame(query.game_class), (0,), restarts=60)), None)
    if found is None:  # a margin of the largest size is rarely met by chance
        assert "margin=4" in query.assume


def test_cores_of_empty_classes() -> None:
    query = Query(gamma="1/2", assume="nash,reset=1/3,alternating,zero-sum", gap_at_least=0)
    verdict = search(query)
    assert isinstance(verdict, RuledOut)
    (core,) = cores(query, verdict, search, seconds=40)
    assert set(core.assumptions) == {"reset=1/3", "alternating"}
    assert core.is_minimal


def test_a_margin_is_too_large_for_bounded_rewards_alone() -> None:
    query = Query(gamma="1/2", assume="nash,margin=41/10", gap_at_least=0)
    verdict = search(query)
    assert isinstance(verdict, RuledOut)
    (core,) = cores(query, verdict, search, seconds=40)
    assert set(core.assumptions) == {"margin=41/10", REWARDS}
    with_turns = search(Query(gamma="1/2", assume="margin=41/10,turn-based", gap_at_least=0))
    assert isinstance(with_turns, RuledOut)
    assert not rests_on_rewards(with_turns.certificate)
    assert rests_on_rewards(verdict.certificate)


def _tampered(raw: dict[str, Any]) -> dict[str, dict[str, Any]]:
    def turned(*place: str, to: Any) -> dict[str, Any]:
        found = copy.deepcopy(raw)
        node = found
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = to
        return found

    names = raw["class"]["assumptions"]
    return {
        "no reset": turned("class", "assumptions", to=[n for n in names if "reset" not in n]),
        "reset 0": turned("class", "assumptions", to=["match-rho", "alternating", "reset=0"]),
        "no turns": turned("class", "assumptions", to=["match-rho", "nash", "reset=1/3"]),
        "turn-based": turned("class", "assumptions", to=["turn-based", "reset=1/3"]),
        "nothing": turned("class", "assumptions", to=[]),
        "an unknown name": turned("class", "assumptions", to=[*names, "kind"]),
        "a parameter in words": turned("class", "assumptions", to=[*names, "reset=one"]),
        "another format": turned("format", to="nashgap/certificate/2"),
        "another encoding": turned("encoding", to="any-kernel"),
        "a case": turned("cases", to=[{"leaf": {}}]),
        "an unknown key": {**raw, "note": "trust me"},
        "larger rewards": turned("class", "rewards", to=["-2", "2"]),
        "one start": turned("class", "start", to="0"),
        "no players": turned("class", "players", to="0"),
        "a player who is not there": turned(
            "excludes", to={"gap": "0", "strict": False, "player": "7"}
        ),
        "a gap in words": turned("excludes", "gap", to="none"),
        "strict in words": turned("excludes", "strict", to="no"),
    }


def test_tampering_is_rejected() -> None:
    query = Query(gamma="1/2", assume="nash,reset=1/3,alternating", gap_at_least=0)
    verdict = search(query)
    assert isinstance(verdict, RuledOut)
    raw = parse_json(json.dumps(verdict.certificate.json()), "certificate")
    assert Certificate(raw).verify().valid
    for what, changed in _tampered(raw).items():
        try:
            assert not verify(changed).valid, what
        except BadInput:
            continue
