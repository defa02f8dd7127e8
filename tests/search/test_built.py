"""Suprema whose games the encodings build themselves: nothing depends on a local search."""

from fractions import Fraction
from typing import Any, NoReturn

import pytest

from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.matching import eps_bc, eps_mu
from nashgap.search import finish
from nashgap.search.candidate import Candidate
from nashgap.search.coupling import answer
from nashgap.search.engine import search
from nashgap.search.falsifier import Frame, falsify
from nashgap.search.falsifier.lifted import with_copies
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut

F = Fraction


@pytest.fixture(autouse=True)
def _no_local_search(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> NoReturn:
        pytest.fail("a local search was asked")

    monkeypatch.setattr(finish, "falsify", refused)
    monkeypatch.setattr(finish, "_games", refused)


def built(query: Query, value: F) -> None:
    """The supremum is this, attained by a game that is rechecked here."""
    verdict = search(query, sup=True)
    assert isinstance(verdict, RuledOut), verdict
    assert (verdict.supremum, verdict.attained) == (value, True)
    assert verdict.certificate.verify().valid
    assert verdict.witness is not None
    assert verdict.witness.verify().valid
    assert verdict.witness.nash_gap == value


@pytest.mark.parametrize(
    ("more", "shape"),
    [
        ("", {"states": 2, "gamma": F(1, 2)}),
        ("", {"states": 3, "gamma": F(99, 100)}),
        (",visited=2", {"states": 3}),
        (",pure,deterministic", {"states": 3, "gamma": F(3, 4)}),
        ("", {"states": 2, "players": 3, "actions": (2, 1, 3)}),
    ],
)
def test_a_common_payoff_needs_two_to_leave_the_expert(more: str, shape: dict[str, Any]) -> None:
    query = Query(assume=f"subgame-perfect,common-payoff{more}", **shape)
    g = query.game_class.discount
    built(query, 2 * g / (1 - g))


@pytest.mark.parametrize(
    ("assume", "shape"),
    [
        ("nash,full-support", {"states": 3}),
        ("nash,visited=2,entry=1/3", {"states": 3, "gamma": F(1, 2)}),
        ("nash,uniform-off-support", {"states": 4, "gamma": F(99, 100)}),
        ("strict-nash,full-support,zero-sum", {"states": 3}),
        ("dominant,zero-sum", {"states": 3}),
        ("dominant,full-support", {"states": 3}),
        ("team-optimal,symmetric", {"states": 3}),
        ("team-optimal,entry=1/3", {"states": 3}),
        ("team-optimal,pure,full-support", {"states": 5}),
        ("subgame-perfect,reset=1/3", {"states": 3}),
        ("nash,margin=1/3", {"states": 3, "players": 3}),
        ("full-support", {"states": 3}),
    ],
)
def test_copies_of_one_state_are_enough_where_states_are_matched(
    assume: str, shape: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "falsify", None)
    query = Query(match="mu", assume=assume, **shape)
    built(query, 2 / (1 - query.game_class.discount))


def test_copies_keep_gap_errors_and_matching() -> None:
    for match, eps in (("mu", None), ("bc", "1/10")):
        small = Query(match=match, eps=eps, assume="nash", states=2, gamma=F(1, 2)).game_class
        wide = Query(
            match=match, eps=eps, assume="full-support", states=4, gamma=F(1, 2)
        ).game_class
        found = list(falsify(Frame(small, errs=eps is not None), (0, 1), restarts=6))
        assert found
        for made in found:
            more = with_copies(made, wide)
            assert numbers(made) == numbers(more)
            assert min(more.game.start) >= 0 < more.game.start[-1]


def numbers(made: Candidate) -> tuple[Any, ...]:
    """Gap and errors."""
    pair = made.game, made.expert, made.learner
    return nash_gap(made.game, made.learner), eps_mu(*pair), eps_bc(*pair)
