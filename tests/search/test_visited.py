"""Every choice of the visited set is a class of its own: certificates, games, and refusals."""

import json
from fractions import Fraction

import pytest

from nashgap.numeric.io import parse_json
from nashgap.search.engine import search
from nashgap.search.query import Query
from nashgap.search.verdict import RuledOut
from nashgap.search.verify import verify
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.errors import BadInput

from .tampering import changed

F = Fraction
EXPERTS = ("nash", "subgame-perfect")
SHARES = ("", "zero-sum", "common-payoff")


def decided(assume: str, states: int, k: int, gamma: F) -> F:
    """The supremum with k visited states; game and certificate go through JSON and `verify`."""
    query = Query(assume=f"{assume},visited={k}", states=states, gamma=gamma)
    verdict = search(query, sup=True, seconds=60)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.attained
    assert verdict.witness is not None
    for part in (verdict.witness, verdict.certificate):
        assert verify(parse_json(json.dumps(part.json()), "file")).valid
    assert len(verdict.witness.model.visited("expert")) == k
    assert verdict.witness.nash_gap == verdict.supremum
    return verdict.supremum


def expected(states: int, k: int, gamma: F) -> F:
    """2g/(1-g), and nothing where every state is visited."""
    return 2 * gamma / (1 - gamma) if k < states else F(0)


@pytest.mark.parametrize(
    ("assume", "states", "k"),
    [("nash", 2, 1), ("nash", 2, 2), ("nash,zero-sum", 3, 2), ("subgame-perfect", 3, 1)],
)
def test_one_visited_set_at_a_time(assume: str, states: int, k: int) -> None:
    assert decided(assume, states, k, F(9, 10)) == expected(states, k, F(9, 10))


@pytest.mark.slow
@pytest.mark.parametrize("gamma", [F(1, 2), F(3, 4), F(9, 10), F(99, 100)])
@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("expert", EXPERTS)
def test_every_visited_set(expert: str, share: str, gamma: F) -> None:
    assume = ",".join(filter(None, (expert, share)))
    for states in (2, 3):
        for k in range(1, states + 1):
            assert decided(assume, states, k, gamma) == expected(states, k, gamma)


def test_a_certificate_for_one_visited_set_is_none_for_another() -> None:
    """With all three states visited nothing is gained; that says nothing about two."""
    query = Query(assume="nash,visited=3", states=3, gamma=F(1, 2))
    verdict = search(query, sup=True)
    assert isinstance(verdict, RuledOut)
    assert verdict.supremum == 0
    raw = verdict.certificate.raw
    assert verify(raw).valid
    for said in (["match-rho", "nash", "visited=2"], ["match-rho", "nash"]):
        assert not verify(changed(raw, ("class", "assumptions"), said)).valid


def test_smaller_classes_take_it_too() -> None:
    """With rewards of the state a detour through a second unvisited state gains 2g^2/(1-g)."""
    for k, gap in ((1, F(1)), (3, F(0))):
        query = Query(assume=f"nash,state-rewards,visited={k}", states=3, gamma=F(1, 2))
        verdict = search(query, sup=True, seconds=30)
        assert isinstance(verdict, RuledOut), verdict
        assert verdict.supremum == gap


@pytest.mark.parametrize("k", ["0", "4", "3/2"])
def test_what_is_no_number_of_states(k: str) -> None:
    with pytest.raises(BadInput, match="1 to 3 states"):
        Query(assume=f"nash,visited={k}", states=3)


def test_no_number_implies_another() -> None:
    """Catches a parameter that is read like a margin, where more is stronger."""
    from nashgap.search.implications import why

    (two,), (three,) = parse_assumptions("visited=2"), parse_assumptions("visited=3")
    assert why(two, [three]) is None
    assert why(three, [two]) is None
    assert why(two, [two]) == ()
