"""Status words and their evidence: what other tests of a part would not see."""

import pickle
from fractions import Fraction as F
from typing import Any

import pytest

from nashgap.cli.verdicts import result
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.search.coupling import answer
from nashgap.search.coupling.bound import rule_out
from nashgap.search.engine import search
from nashgap.search.goal import constants
from nashgap.search.parts import parse_parts
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.recall import recalled, written
from nashgap.search.verdict import RuledOut, Unknown
from nashgap.search.witness import Witness, witness
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.errors import BadInput

PARAMETERS = "match-bc=1/10,reset=1/3,entry=1/2,margin=1/4,visited=1"
STAY = {"start": [1], "transition": [[[[1], [1]], [[1], [1]]]]}
"""One state, two players of two actions."""


def test_assumptions_with_a_parameter_reach_a_worker_and_come_back() -> None:
    for names in (PARAMETERS, f"subgame-perfect,{PARAMETERS}"):
        given = parse_assumptions(names)
        back = pickle.loads(pickle.dumps(given))
        assert [a.text for a in back] == [a.text for a in given]


def test_small_errors_with_a_given_kernel_are_decided() -> None:
    # Within 1/10 a pure learner is the expert: there is no gap.
    found = search(
        Query(
            match="bc",
            eps="1/10",
            assume="nash,pure",
            states=1,
            gamma="1/2",
            fix=parse_parts(STAY, states=1, actions=(2, 2)),
        ),
        sup=True,
        seconds=60,
    )
    assert isinstance(found, RuledOut), found
    assert (found.supremum, found.attained) == (F(0), True)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ({"match": "bc", "eps": "1/10", "assume": "dominant,match-bc=1/5"}, "match-bc=1/5"),
        ({"match": "mu", "claim": "NashGap <= 1/2", "player": 0}, "with a claim"),
    ],
    ids=["two bounds on eps_BC", "a claim about one player"],
)
def test_a_query_says_one_thing(asked: dict[str, Any], given: str) -> None:
    with pytest.raises(BadInput, match=given):
        Query(**asked)
    Query(match="bc", eps="1/10", assume="dominant,match-bc=0.1")


def test_a_certificate_may_cover_a_wider_class_than_asked() -> None:
    # No checker reads "one-matched"; without it the class is wider, and its proof holds.
    query = Query(assume="nash,one-matched", states=1, gamma="1/2")
    found = search(query, sup=True, seconds=20)
    assert isinstance(found, RuledOut), found
    assert (found.supremum, found.certificate.verify().valid) == (F(0), True)
    assert found.certificate.raw["class"]["assumptions"] == ["match-rho", "nash"]
    assert found.witness is not None
    assert [a.text for a in found.witness.assumptions] == ["match-rho", "nash", "one-matched"]


def test_one_player_is_named_beside_the_claim() -> None:
    # Player 1 gains 4 in a game of the class, player 0 has nothing to choose.
    query = Query(match="mu", states=1, actions=(1, 2), gamma="1/2", player=0, gap_at_least=1)
    fields = result(query, search(query, seconds=20)).fields
    assert (fields["status"], fields["claim"], fields["player"]) == (
        "ruled_out",
        "NashGap_i < 1",
        0,
    )


def test_the_lower_bound_is_the_gap_of_the_game_that_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    query = Query(match="mu", assume="nash", states=1, gamma="1/2")
    games = [_one_state(query, reward) for reward in (F(1, 2), F(1))]
    monkeypatch.setattr(answer._Run, "small", lambda run, found: games[1])
    run = answer._Run(query, 0.0, lambda _: None, best=games[0])
    left = run.unknown("")
    assert left.witness is not None
    assert left.lower == left.witness.nash_gap == 4


def _one_state(query: Query, reward: F) -> Witness:
    """Player 0 gains 2 r/(1-gamma) by its other action."""
    game = MarkovGame([[[[1], [1]], [[1], [1]]]], [[[[reward] * 2, [-reward] * 2]], [[[0, 0]] * 2]],
                      [1], F(1, 2))  # fmt: skip
    expert, learner = (ProductPolicy.pure([[a], [0]], (2, 2)) for a in (0, 1))
    names = query.game_class.assumptions
    return witness(game, expert, learner, 0, Threshold(4 * reward), names)


@pytest.mark.parametrize(
    ("claim", "match"),
    [
        ("NashGap + eps_BC <= 1/2", {"match": "mu"}),  # broken by an error alone
        ("NashGap <= 1/2 - eps_BC/4", {"match": "bc", "eps": 2}),
        ("NashGap >= 1", {"match": "mu"}),  # broken by a small gap
        ("NashGap <= delta - 1", {"match": "mu"}),
    ],
)
def test_a_claim_about_more_than_large_gaps_is_not_ruled_out_by_the_largest(
    claim: str, match: dict[str, Any]
) -> None:
    # All rewards are 0: there is no gap, whatever the learner does, and any error.
    raw = {**STAY, "rewards": [[[[0, 0], [0, 0]]], [[[0, 0], [0, 0]]]]}
    parts = parse_parts(raw, states=1, actions=(2, 2))
    asked = Query(assume="pure", states=1, gamma="1/2", claim=claim, fix=parts, **match)
    assert not isinstance(search(asked, seconds=2), RuledOut)


def test_errors_are_numbers_of_a_class_only_where_they_vanish() -> None:
    errors = {"eps_BC", "eps_BC_i", "eps_mu", "eps_rho"}
    known = [
        constants(frozenset({name})) & errors for name in ("match-rho", "match-mu", "match-bc")
    ]
    assert known == [errors, {"eps_mu"}, set()]


@pytest.mark.parametrize("changed", [{"lower": "5"}, {"upper": "1"}])
def test_bounds_that_are_kept_are_those_of_their_evidence(changed: dict[str, Any]) -> None:
    query = Query(match="mu", assume="nash", states=1, gamma="1/2")
    proof = rule_out(query.game_class, Threshold(F(4), strict=True), None)
    open_ = Unknown("stopped", F(2), F(4), _one_state(query, F(1, 2)), proof)
    kept = written(open_)
    assert recalled(kept, "store").json() == open_.json()
    with pytest.raises(BadInput, match="not true"):
        recalled({**kept, **changed}, "store")
