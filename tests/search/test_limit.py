"""Strict equilibria: the supremum is approached along a segment of games, and never attained."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.io import parse_json
from nashgap.search.engine import search
from nashgap.search.limit import Limit, limit_of
from nashgap.search.query import Query
from nashgap.search.recall import recalled, written
from nashgap.search.verdict import Found, RuledOut
from nashgap.search.verify import verify
from nashgap.search.witness import witness
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.errors import BadInput

from .tampering import changed

F = Fraction


def answered(assume: str, gamma: F, states: int = 2) -> RuledOut:
    verdict = search(Query(assume=assume, states=states, gamma=gamma), sup=True, seconds=60)
    assert isinstance(verdict, RuledOut), verdict
    return verdict


@pytest.mark.parametrize("gamma", [F(1, 2), F(9, 10)])
@pytest.mark.parametrize("assume", ["strict-nash", "strict-nash,zero-sum"])
def test_the_supremum_of_strict_equilibria_is_not_attained(assume: str, gamma: F) -> None:
    verdict = answered(assume, gamma)
    top = 2 * gamma / (1 - gamma)
    assert verdict.supremum == top
    assert verdict.attained is False
    assert verdict.certificate.raw["excludes"] == {"gap": str(top), "strict": False}
    assert verify(parse_json(json.dumps(verdict.certificate.json()), "file")).valid
    assert verdict.witness is not None
    assert verdict.limit is not None
    assert top * F(999, 1000) <= verdict.witness.nash_gap < top
    assert verify(parse_json(json.dumps(verdict.witness.json()), "file")).valid
    assert verdict.limit.end.nash_gap == top
    assert verdict.limit.faults() == ()
    assert written(recalled(json.loads(json.dumps(written(verdict))), "here")) == written(verdict)


def test_every_game_of_the_segment_is_of_the_class() -> None:
    """The argument of the module, checked from the definitions at several places."""
    limit = answered("strict-nash", F(1, 2)).limit
    assert limit is not None
    one, end = limit.inside, limit.end
    gap, last = one.numbers["gap_of_player"], end.numbers["gap_of_player"]
    for t in (F(1, 2), F(1, 10), F(1, 10**6)):
        rewards = t * one.game.rewards + (1 - t) * end.game.rewards
        game = MarkovGame(one.game.transition, rewards, one.game.start, one.game.discount)
        between = witness(game, one.expert, one.learner, one.player, one.shows, one.assumptions)
        assert all(a.holds(between.model).holds for a in one.assumptions)
        assert between.numbers["gap_of_player"] >= t * gap + (1 - t) * last


def test_the_strict_rows_need_a_strict_expert() -> None:
    """The same tree for Nash experts would exclude a gap that some game has."""
    raw = answered("strict-nash", F(1, 2)).certificate.raw
    assert not verify(changed(raw, ("class", "assumptions"), ["match-rho", "nash"])).valid
    weaker = changed(raw, ("excludes", "strict"), True)
    assert verify(changed(weaker, ("class", "assumptions"), ["match-rho", "nash"])).valid
    assert not verify(changed(raw, ("excludes", "gap"), "1999999999/1000000000")).valid


@pytest.mark.parametrize("gap", [F(2), F(1999999, 1000000)])
def test_thresholds_at_the_supremum_and_below(gap: F) -> None:
    query = Query(assume="strict-nash", gamma=F(1, 2), gap_at_least=gap)
    assert type(search(query, seconds=30)) is (RuledOut if gap == 2 else Found)


def test_a_limit_with_a_fault_is_refused() -> None:
    verdict = answered("strict-nash", F(1, 2))
    assert verdict.limit is not None
    one, end = verdict.limit.inside, verdict.limit.end
    assert "other assumptions" in " ".join(Limit(one, one).faults())
    assert "policies" in " ".join(Limit(one, replace(end, learner=end.expert)).faults())
    kernel = end.game.transition.copy()
    kernel[1] = kernel[0]
    moved = MarkovGame(kernel, end.game.rewards, end.game.start, end.game.discount)
    assert "kernels differ" in " ".join(Limit(one, replace(end, game=moved)).faults())
    bad = written(verdict)
    bad["limit"]["witness"]["numbers"]["gap_of_player"] = "3"
    with pytest.raises(BadInput, match="not true"):
        recalled(bad, "here")


def test_turns_are_not_known_to_be_linear() -> None:
    """Two games may give a state to two owners, and then their average has none."""
    limit = answered("strict-nash", F(1, 2)).limit
    assert limit is not None
    turns = parse_assumptions("strict-nash,turn-based")
    assert limit_of(replace(limit.inside, assumptions=turns)) is None
    both = Limit(*(replace(w, assumptions=turns) for w in (limit.inside, limit.end)))
    assert "not known to be linear: turn-based" in both.faults()
