"""Cores: what a rule-out rests on, shown by games where one assumption is dropped."""

from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from nashgap.search.certificate import Certificate
from nashgap.search.core import Core, cores, explained
from nashgap.search.engine import search
from nashgap.search.query import Query
from nashgap.search.trace import REWARDS, fault_of, rests_on_rewards, trace, weakened
from nashgap.search.verdict import Found, RuledOut, Unknown, Verdict
from nashgap.search.verify import verify

F = Fraction

KNOWN: dict[str, tuple[dict[str, Any], set[str]]] = {
    # Nobody gains more than 2/(1-gamma) with rewards in [-1, 1], whatever else is assumed.
    "bounds alone": ({"assume": "nash,zero-sum", "gap_at_least": 5}, {REWARDS}),
    # A learner that matches on all states plays as the expert does.
    "full support": (
        {"assume": "nash,full-support,common-payoff", "gap_at_least": 1},
        {"match-rho", "nash", "full-support"},
    ),
    # Off the support nothing is known, but one gets there a step late.
    "one step late": (
        {"assume": "nash,zero-sum", "gap_at_least": 2, "strict": True},
        {"match-rho", "nash", REWARDS},
    ),
}


@cache
def solved(name: str) -> tuple[Query, tuple[Core, ...]]:
    asked, _ = KNOWN[name]
    query = Query(gamma="1/2", **asked)
    verdict = search(query)
    assert isinstance(verdict, RuledOut)
    return query, cores(query, verdict, search, seconds=60)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_known_cores(name: str) -> None:
    _, found = solved(name)
    assert [set(core.assumptions) for core in found] == [KNOWN[name][1]]
    assert found[0].is_minimal


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_every_core_is_proved_and_every_member_is_needed(name: str) -> None:
    query, found = solved(name)
    for core in found:
        raw = core.certificate.json()
        assert verify(raw).valid
        named = set(raw["class"]["assumptions"])
        assert named - {"match-bc=2"} == set(core.assumptions) - {REWARDS}
        assert raw["excludes"] == {
            "gap": str(query.threshold.value) if REWARDS in core.assumptions else "0",  # type: ignore[union-attr]
            "strict": query.strict if REWARDS in core.assumptions else True,
        }
        assert [d.assumption for d in core.without] == list(core.assumptions)
        for dropped in core.without:
            assert dropped.witness is not None
            assert verify(dropped.witness.json()).valid
            said = {a.text for a in dropped.witness.assumptions} - {"match-bc=2"}
            assert said == set(core.assumptions) - {REWARDS, dropped.assumption}
            gap = dropped.witness.numbers["gap_of_player"]
            if REWARDS in core.assumptions and dropped.assumption != REWARDS:
                assert query.threshold is not None
                assert query.threshold.met_by(gap)
            else:
                assert gap > 0
                assert "factor" in dropped.reason


def test_the_trace_says_what_the_checker_misses() -> None:
    query, found = solved("full support")
    (core,) = found
    assert set(core.rests_on) == set(core.assumptions)
    assert "not covered" in core.rests_on["full-support"]
    assert fault_of(weakened(core.certificate, ["match-rho", "nash"])) is not None
    verdict = search(query)
    assert isinstance(verdict, RuledOut)
    assert "common-payoff" not in trace(verdict.certificate)


def test_bounds_on_rewards_are_traced_to_the_rows_that_use_them() -> None:
    """With all states visited the gain telescopes to nothing; off them there are just bounds."""
    full, _ = solved("full support")
    late, _ = solved("one step late")
    for query, rests in ((full, False), (late, True)):
        verdict = search(query)
        assert isinstance(verdict, RuledOut)
        assert rests_on_rewards(verdict.certificate) is rests
    pair = search(Query(assume="nash,own-rewards", gamma="1/2", gap_at_least=3))
    assert isinstance(pair, RuledOut)
    assert rests_on_rewards(pair.certificate)
    strange = Certificate({**pair.certificate.raw, "encoding": "some other"})
    assert rests_on_rewards(strange)  # what is not known to do without them is not said to


def test_an_undecided_drop_is_said_to_be_undecided() -> None:
    """A search that finds no games leaves every core open, and claims no more than it proved."""

    def blind(query: Query, **options: Any) -> Verdict:
        verdict = search(query, **options)
        return Unknown("not looked for") if isinstance(verdict, Found) else verdict

    query, _ = solved("bounds alone")
    verdict = blind(query)
    assert isinstance(verdict, RuledOut)
    (core,) = cores(query, verdict, blind)
    assert core.assumptions == (REWARDS,)
    assert not core.is_minimal
    assert [(d.status, d.witness) for d in core.without] == [("undecided", None)]


def test_no_time_gives_a_core_that_is_proved_all_the_same() -> None:
    query, _ = solved("one step late")
    verdict = search(query)
    assert isinstance(verdict, RuledOut)
    for core in cores(query, verdict, search, seconds=0.001):
        assert core.certificate.verify().valid
        assert not core.is_minimal


def test_verdicts_carry_their_cores() -> None:
    query, found = solved("bounds alone")
    verdict = search(query, core=True)
    assert isinstance(verdict, RuledOut)
    assert [core.assumptions for core in verdict.cores] == [found[0].assumptions]
    assert verdict.json()["core"]["assumptions"] == [REWARDS]
    open_ = Unknown("why")
    assert explained(query, open_, search) is open_


@pytest.mark.slow
@pytest.mark.parametrize(
    "assume",
    [
        *("subgame-perfect,state-rewards,turn-based", "nash,own-rewards,symmetric"),
        *("nash,reset=1/3,state-rewards", "team-optimal,full-support", "dominant,zero-sum"),
        *("nash,margin=1/3,entry=1/3", "strict-nash,alternating,state-rewards"),
    ],
)
def test_cores_of_suprema(assume: str) -> None:
    """Whatever the cores are: each is proved for its own class, and its games are games."""
    query = Query(assume=assume, gamma="1/2")
    top = search(query, sup=True, seconds=60)
    if not isinstance(top, RuledOut):
        pytest.skip(str(top))
    for core in cores(query, top, search, seconds=90):
        assert verify(core.certificate.json()).valid
        for dropped in core.without:
            if dropped.witness is not None:
                assert verify(dropped.witness.json()).valid
