"""Every game that a search shows is as simple as single steps make it, whatever found it."""

import itertools
import time
from typing import Any

import pytest

from nashgap.search.engine import _answer, search
from nashgap.search.finish import finished
from nashgap.search.minimise import SECOND, minimise
from nashgap.search.parts import Parts, parse_parts
from nashgap.search.query import Query
from nashgap.search.simple_tables import Tables
from nashgap.search.verdict import Found, RuledOut

FIX = parse_parts(
    {"start": ["1", "0"], "policies": {"learner": [[["1", "0"], None], None]}},
    states=2,
    actions=(2, 2),
)
ODD = parse_parts({"start": ["1/3", "2/3"]}, states=2, actions=(2, 2))
FOUND: dict[str, dict[str, Any]] = {
    "an encoding": {"assume": "nash,deterministic,pure", "gap_at_least": "3/2"},
    "a pair of processes": {"assume": "nash,own-rewards", "states": 3, "gap_at_least": 1},
    "states matched": {"match": "mu", "gap_at_least": 3},
    "small errors": {"match": "bc", "eps": "1/2", "gap_at_least": "1/2"},
    "a claim": {"claim": "delta <= 1/2"},
    "given parts": {"fix": FIX, "gap_at_least": "1/2"},
    "a start that is given": {"fix": ODD, "gap_at_least": 0},
}


@pytest.mark.parametrize("name", sorted(FOUND))
def test_what_is_found_is_simple(name: str) -> None:
    query = Query(gamma="1/2", **FOUND[name])
    verdict = search(query, seconds=20)
    assert isinstance(verdict, Found), verdict
    check(query, verdict.witness)


@pytest.mark.parametrize("assume", ["nash", "nash,entry=1/3"])
def test_what_attains_a_supremum_is_simple(assume: str) -> None:
    query = Query(assume=assume, gamma="1/2")
    verdict = search(query, sup=True)
    assert isinstance(verdict, RuledOut)
    assert verdict.attained
    check(query, verdict.witness)


def check(query: Query, found: Any) -> None:
    """The game has the shape that was asked and what is given, and no step makes it simpler."""
    parts = query.fix or Parts()
    assert (found.game.num_states, found.game.num_actions) == (query.states, query.actions)
    assert found.verify().valid
    assert parts.are_in(found)
    again = minimise(found, keep_shape=True, keeps=parts.are_in, work=60 * SECOND)
    assert Tables.of(again).cost == Tables.of(found).cost


def test_how_simple_a_game_becomes_depends_on_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which every look at the clock takes a thousand seconds, after the search."""
    query = Query(states=4, gamma="1/2", gap_at_least=2)
    verdict = _answer(query, False, None, 20, lambda _: None)
    assert isinstance(verdict, Found)
    usual = finished(query, verdict, 20, time.monotonic() + 20, lambda _: None)
    ticks = itertools.count(time.monotonic(), 1000)
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    slow = finished(query, verdict, 20, time.monotonic(), lambda _: None)
    assert isinstance(usual, Found)
    assert isinstance(slow, Found)
    assert slow.witness.json() == usual.witness.json() != verdict.witness.json()


def test_parts_are_kept_that_a_simpler_game_would_lose() -> None:
    query = Query(gamma="1/2", **FOUND["a start that is given"])
    verdict = search(query)
    assert isinstance(verdict, Found)
    lost = minimise(verdict.witness, keep_shape=True, work=60 * SECOND)
    assert not ODD.are_in(lost)
    assert Tables.of(lost).cost < Tables.of(verdict.witness).cost
