"""Suprema whose games the encodings build themselves: nothing depends on a local search."""

from fractions import Fraction
from typing import Any, NoReturn

import pytest

from nashgap.search import finish
from nashgap.search.engine import search
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
