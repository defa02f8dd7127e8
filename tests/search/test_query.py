"""Queries: what is refused, at once and with the place named, and what is filled in."""

import time
from fractions import Fraction
from typing import Any

import pytest

from nashgap.search.query import Query
from nashgap.theory.errors import BadInput

F = Fraction

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"match": "sigma"}, "match"),
    ({"match": None}, "match"),
    ({"match": "bc"}, "eps"),
    ({"eps": "1/10"}, "eps"),
    ({"match": "bc", "eps": 3}, "assumptions"),
    ({"match": "bc", "eps": "much"}, "eps"),
    ({"assume": "nash,kind"}, "assumptions"),
    ({"assume": "nash,nash"}, "assumptions"),
    ({"assume": "margin"}, "assumptions"),
    ({"players": 0}, "players"),
    ({"players": True}, "players"),
    ({"players": 2.0}, "players"),
    ({"players": 10**9}, "players"),
    ({"players": 30, "actions": 1}, "players"),
    ({"states": 0}, "states"),
    ({"states": "2"}, "states"),
    ({"states": 10**9}, "states"),
    ({"actions": 0}, "actions"),
    ({"actions": (2, 0)}, r"actions\[1\]"),
    ({"actions": (2, 2, 2)}, "actions"),
    ({"actions": "2,2"}, "actions"),
    ({"actions": 10**6}, "query"),
    ({"actions": (2, None)}, r"actions\[1\]"),
    ({"gamma": 1}, "gamma"),
    ({"gamma": "-1/2"}, "gamma"),
    ({"gamma": "nine tenths"}, "gamma"),
    ({"gamma": float("nan")}, "gamma"),
    ({"gap_at_least": "much"}, "gap_at_least"),
    ({"gap_at_least": 1, "claim": "NashGap <= 1"}, "query"),
    ({"player": 2}, "player"),
    ({"player": -1}, "player"),
    ({"assume": "nash,zero-sum", "players": 3}, "assumptions"),
    ({"assume": "nash,symmetric", "actions": (2, 3)}, "assumptions"),
    ({"assume": 3}, "assume"),
    ({"assume": ["nash", 3]}, "assume"),
    ({"claim": "foo <= 1"}, "claim, column 1"),
    ({"claim": 3}, "claim"),
]


@pytest.mark.parametrize(("given", "place"), WRONG)
def test_wrong_queries_are_refused_at_once(given: dict[str, Any], place: str) -> None:
    started = time.monotonic()
    with pytest.raises(BadInput, match=f"^{place}: "):
        Query(**given)
    assert time.monotonic() - started < 1


def test_what_is_filled_in() -> None:
    query = Query(actions=3, players=3, gamma="0.9", gap_at_least="1/3")
    assert query.actions == (3, 3, 3)
    assert query.gamma == F(9, 10)
    assert query.gap_at_least == F(1, 3)
    assert [a.text for a in query.game_class.assumptions] == ["match-rho", "nash"]
    assert Query(assume="match-rho,nash").game_class.names == {"match-rho", "nash"}
    assert Query(assume=["nash", "margin=0.5"]).game_class.assumptions[2].text == "margin=1/2"
    bc = Query(match="bc", eps="0.1").game_class.assumptions
    assert [a.text for a in bc] == ["match-bc=1/10", "nash"]


def test_queries_are_values() -> None:
    assert Query(gamma="9/10") == Query(gamma=F(9, 10))
    assert len({Query(actions=2), Query(actions=(2, 2))}) == 1


def test_the_class_as_a_certificate_names_it() -> None:
    assert Query(assume="nash,pure", actions=(2, 3)).game_class.json() == {
        "players": 2,
        "states": 2,
        "actions": [2, 3],
        "discount": "9/10",
        "assumptions": ["match-rho", "nash", "pure"],
        "rewards": ["-1", "1"],
        "start": "any",
    }
