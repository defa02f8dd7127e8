"""Suprema that games of a smaller class approach: strict experts, and a given number of states."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.search.candidate import Candidate
from nashgap.search.engine import search
from nashgap.search.limit import Limit, reaching
from nashgap.search.problem import Threshold
from nashgap.search.query import Query
from nashgap.search.recall import recalled, written
from nashgap.search.strictly import strictest
from nashgap.search.verdict import Found, RuledOut, Unknown
from nashgap.search.witness import witness

F = Fraction
SLOW = pytest.mark.slow


def answered(assume: str, gamma: F, states: int) -> RuledOut:
    verdict = search(Query(assume=assume, states=states, gamma=gamma), sup=True)
    assert isinstance(verdict, RuledOut), verdict
    assert verdict.certificate.verify().valid
    return verdict


def limit_to(assume: str, gamma: F, states: int, top: F) -> Limit:
    """The limit that shows the supremum, which is this."""
    verdict = answered(assume, gamma, states)
    assert verdict.supremum == top
    assert verdict.attained is not True
    limit, inside = verdict.limit, verdict.witness
    assert limit is not None
    assert inside is not None
    assert inside.verify().valid
    assert F(99, 100) * top < inside.nash_gap < top == limit.value
    assert limit.faults() == ()
    return limit


def check_between(limit: Limit, top: F) -> None:
    """The argument of the module: games between are of the class, and one deviation gains."""
    one, end = limit.inside, limit.end
    for t in (F(1, 3), F(1, 10**6)):
        start = t * one.game.start + (1 - t) * end.game.start
        rewards = t * one.game.rewards + (1 - t) * end.game.rewards
        game = MarkovGame(one.game.transition, rewards, list(start), one.game.discount)
        shows = Threshold(top - 8 * t / (1 - F(one.game.discount)))
        between = witness(game, one.expert, one.learner, one.player, shows, one.assumptions)
        assert between.verify().valid, between.verify().reasons


@pytest.mark.parametrize(
    ("assume", "gamma", "states", "top"),
    [
        ("strict-nash,state-rewards", F(9, 10), 3, F(81, 5)),
        ("strict-nash,own-rewards", F(1, 2), 2, F(2, 3)),
        pytest.param("strict-nash,zero-sum,state-rewards", F(1, 2), 3, F(1), marks=SLOW),
        ("nash,visited=2,state-rewards", F(1, 2), 3, F(1)),
        ("strict-nash,visited=2,entry=1/3", F(1, 2), 3, F(1)),
        pytest.param("nash,visited=2,uniform-off-support", F(9, 10), 3, F(180, 11), marks=SLOW),
        pytest.param("strict-nash,visited=2,state-rewards", F(9, 10), 3, F(81, 5), marks=SLOW),
    ],
)
def test_games_of_the_class_come_as_close_as_one_likes(
    assume: str, gamma: F, states: int, top: F
) -> None:
    check_between(limit_to(assume, gamma, states, top), top)


@pytest.mark.parametrize("assume", ["strict-nash,entry=1/2", "strict-nash,own-rewards"])
def test_what_is_written_of_a_limit_can_be_read_again(assume: str) -> None:
    """A game made simple without a look at the limit has another kernel than its end."""
    verdict = answered(assume, F(1, 3), 2)
    assert verdict.limit is not None
    assert verdict.witness is verdict.limit.inside
    raw = json.loads(json.dumps(written(verdict)))
    assert written(recalled(raw, "here")) == raw


def test_an_end_that_is_of_the_class_itself_attains_the_supremum() -> None:
    verdict = answered("nash,entry=1/3,uniform-off-support", F(9, 10), 3)
    assert (verdict.supremum, verdict.attained, verdict.limit) == (F(150, 11), True, None)
    assert verdict.witness is not None
    assert verdict.witness.nash_gap == F(150, 11)
    assert verdict.witness.verify().valid


def test_a_start_that_visits_less_is_told_from_one_that_does_not_do() -> None:
    limit = limit_to("nash,visited=2,state-rewards", F(1, 2), 3, F(1))
    one, end = limit.inside, limit.end
    assert limit.moves
    assert all(a.name != "visited" for a in end.assumptions)
    assert any(a.text == "visited=2" for a in one.assumptions)
    kept = replace(end, assumptions=one.assumptions)
    assert "visited=2 does not hold" in " ".join(Limit(one, kept).faults())
    away = [F(0), F(0), F(1)]
    moved = MarkovGame(end.game.transition, end.game.rewards, away, end.game.discount)
    other = replace(end, game=moved)
    assert Limit(one, other).faults()
    assert Limit(one, other).faults_between() == ["the end visits other states"]
    close = reaching(limit, Threshold(F(999999, 1000000)))
    assert close is not None
    assert close.verify().valid
    assert reaching(limit, Threshold(F(1))) is None


@pytest.mark.parametrize(
    "assume",
    [
        pytest.param("strict-nash,own-rewards", marks=SLOW),
        "strict-nash,uniform-off-support",
    ],
)
def test_irrational_suprema_of_strict_equilibria_are_isolated(assume: str) -> None:
    found = search(Query(assume=assume, gamma=F(9, 10)), sup=True)
    weak = search(Query(assume=assume.replace("strict-", ""), gamma=F(9, 10)), sup=True)
    assert isinstance(found, Unknown)
    assert isinstance(weak, Unknown)
    assert found.root is not None
    assert found.root == weak.root
    assert found.witness is not None
    assert found.witness.verify().valid
    assert found.lower is not None
    assert found.root.low * (1 - F(1, 10**6)) < found.lower < found.root.high


@pytest.mark.parametrize("gap", [F(999999, 1000000), F(1000001, 1000000)])
def test_thresholds_beside_the_supremum(gap: F) -> None:
    query = Query(assume="strict-nash,state-rewards", states=3, gamma=F(1, 2), gap_at_least=gap)
    assert type(search(query)) is (Found if gap < 1 else RuledOut)


@pytest.mark.parametrize(
    "assume",
    [
        "dominant,strict-nash",
        "team-optimal,strict-nash,state-rewards",
        "dominant,zero-sum,strict-nash",
        "dominant,uniform-off-support",
        "dominant,margin=1/3",
    ],
)
def test_where_nothing_is_to_be_gained_a_game_of_the_class_shows_it(assume: str) -> None:
    verdict = answered(assume, F(9, 10), 2)
    assert (verdict.supremum, verdict.attained) == (F(0), True)
    assert verdict.witness is not None
    assert verdict.witness.verify().valid


def test_a_single_visited_state_does_not_alternate() -> None:
    verdict = answered("nash,visited=1,alternating", F(1, 2), 3)
    assert verdict.supremum is None
    still = search(Query(assume="nash,visited=1,alternating", gamma=0), sup=True)
    assert isinstance(still, RuledOut)
    assert still.supremum == 0  # without a future the expert's state may lead elsewhere


def test_rewards_are_as_strict_as_they_can_be() -> None:
    limit = limit_to("strict-nash,state-rewards", F(1, 2), 3, F(1))
    end = limit.end
    made = Candidate(end.game, end.expert, end.learner, end.player)
    found = strictest(made, limit.inside.assumptions)
    assert found is not None
    shows = Threshold(F(-4))
    strict = witness(found.game, found.expert, found.learner, 0, shows, limit.inside.assumptions)
    assert strict.verify().valid
    bare = MarkovGame(
        end.game.transition * 0 + F(1, 3), end.game.rewards, list(end.game.start), F(1, 2)
    )
    assert strictest(replace(made, game=bare), limit.inside.assumptions) is None
