"""Slack, ratio and nearness to failing, on games where they are known by hand."""

from fractions import Fraction as F
from typing import Any

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.reading import Reading
from nashgap.numeric.tightness import (
    Case,
    Nearness,
    named_cases,
    nearness,
    random_cases,
    tightness,
)
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.errors import BadInput


def near(made: Any, name: str) -> Nearness:
    (assumption,) = parse_assumptions(name)
    return nearness(Reading(made.game, made.expert, made.learner), assumption)


def one_shot(first: list[list[str]], second: list[list[str]]) -> MarkovGame:
    return MarkovGame([[[["1"]] * 2] * 2], [[first], [second]], ["1"], "1/2")


def test_the_sharp_family_meets_its_bound_and_others_do_not() -> None:
    found = tightness("T1", named_cases(["w1", "prisoners-dilemma"])[0])
    sharp, other = found.rows
    assert (sharp.ratio, sharp.slack, sharp.applies) == (1, 0, True)
    assert (other.reached, other.promised, other.ratio) == (F(1, 4), 19, F(1, 76))
    assert found.tightest is sharp
    assert found.broken == ()
    # Twice the players' number is what the published bound gives away at least.
    assert tightness("lemma_3", named_cases(["w1"])[0]).rows[0].ratio == F(19, 40)


def test_a_bound_may_break_only_where_it_does_not_apply() -> None:
    found = tightness("T1", named_cases(["w2"])[0])
    (row,) = found.rows
    assert row.slack is not None
    assert row.slack < 0
    assert row.applies is False
    assert row.nearest is not None
    assert (row.nearest.holds, row.nearest.assumption) == (False, "dominant")
    assert row.nearest.distance is not None
    assert row.nearest.distance < 0
    assert found.broken == ()
    assert found.tightest is None


def test_claims_on_every_player_count_for_the_tightest() -> None:
    game = one_shot([["0", "0"], ["1/2", "1/2"]], [["0", "1/4"], ["0", "1/4"]])
    expert, learner = ProductPolicy.pure([[1], [1]], (2, 2)), ProductPolicy.pure([[0], [0]], (2, 2))
    (row,) = tightness("trivial", [Case("by hand", game, expert, learner)]).rows
    assert (row.reached, row.promised) == (1, 4)


def test_distances_by_hand() -> None:
    # Against the other's 0 action 1 loses 1/8, against 1 it loses 3/4; player 1 loses 1/2 always.
    game = one_shot([["0", "1/4"], ["-1/8", "-1/2"]], [["1/2", "0"], ["1/2", "0"]])
    expert = ProductPolicy.pure([[0], [0]], (2, 2))
    case = Case("by hand", game, expert, expert)
    # Losses recur never: Q of the stage game, the continuation is the same for both actions.
    assert near(case, "nash").distance == F(1, 8)
    assert near(case, "dominant").distance == F(1, 8)
    assert near(case, "margin=1/16").distance == F(1, 16)
    assert near(case, "full-support").distance == 1
    assert near(case, "match-rho").distance == 0
    other = Case("by hand", game, ProductPolicy.pure([[1], [0]], (2, 2)), expert)
    failing = near(other, "nash")
    assert (failing.holds, failing.distance) == (False, F(-1, 4))
    assert near(other, "match-rho").distance == -2
    assert near(other, "margin=1/16").distance is None


def test_dominance_is_nearer_to_failing_than_nash() -> None:
    # Against the expert's 0 action 1 loses 1/2, against the other's 1 only 1/8.
    game = one_shot([["1/2", "1/8"], ["0", "0"]], [["1/2", "0"], ["1/2", "0"]])
    expert = ProductPolicy.pure([[0], [0]], (2, 2))
    case = Case("by hand", game, expert, expert)
    assert near(case, "nash").distance == F(1, 2)
    assert near(case, "dominant").distance == F(1, 8)


def test_mixed_equilibria_have_nothing_left() -> None:
    made = catalogue()["matching-pennies"].build()
    found = near(made, "nash")
    assert (found.holds, found.distance) == (True, 0)


def test_team_and_subgames() -> None:
    made = catalogue()["team-optimal"].build()
    held = near(made, "team-optimal")
    assert held.holds is True
    assert held.distance is not None
    assert held.distance >= 0
    hunt = catalogue()["stag-hunt"].build(gamma="1/2")
    perfect = near(hunt, "subgame-perfect")
    assert perfect.holds is True
    assert perfect.distance is not None
    assert perfect.distance > 0
    deterministic = near(hunt, "deterministic")
    assert (deterministic.holds, deterministic.distance) == (True, None)


def test_random_cases_are_of_the_class_and_nothing_breaks() -> None:
    found = tightness("T8", random_cases(4, "nash", seed=3))
    assert all(row.applies for row in found.rows)
    assert found.broken == ()
    assert all(r.json()["ratio"] is None or F(r.json()["ratio"]) <= 1 for r in found.rows)


def test_parameters_move_one_at_a_time() -> None:
    games = ["w1", "prisoners-dilemma"]
    cases, left_out = named_cases(games, {"gamma": ["1/2", ".9"], "eps": ["1"]})
    titles = [case.title for case in cases]
    moved = [f"prisoners-dilemma{at}" for at in ("", " gamma=1/2", " eps=1")]
    assert titles == ["w1", "w1 gamma=1/2", *moved]
    assert left_out == ["w1 eps=1: w1.eps: given 1; needed: at most 2(1-gamma) = 1/5"]
    with pytest.raises(BadInput, match="delicious"):
        named_cases(["w1"], {"delicious": ["1"]})
    with pytest.raises(BadInput, match=r"at: .*'delicious'"):
        named_cases(["w1"], at={"delicious": "1"})
    with pytest.raises(BadInput, match="chess"):
        named_cases(["chess"])
    with pytest.raises(BadInput, match="did you mean 'lemma-1'"):
        named_cases(["lemma_1"])


@pytest.mark.parametrize(
    ("over", "at", "message"),
    [
        ({"gamma": ["2"]}, {}, r"over gamma, w1.gamma: given 2; needed: a number in \[0, 1\)"),
        ({"gamma": ["1/2", "1"]}, {}, "over gamma, w1.gamma: given 1"),
        ({"gamma": ["x"]}, {}, "over gamma, w1.gamma: given 'x'"),
        ({"eps": ["1"], "n": ["3"]}, {}, "over eps, w1.eps: given 1; needed: at most"),
        ({}, {"gamma": "2"}, "at gamma, w1.gamma: given 2"),
        ({"n": ["2", "3"]}, {"gamma": "-1"}, "at gamma, w1.gamma: given -1"),
    ],
)
def test_a_value_that_no_game_can_take_is_refused(
    over: dict[str, list[str]], at: dict[str, str], message: str
) -> None:
    """Catches a set of games that says nothing of what was asked."""
    with pytest.raises(BadInput, match=message):
        named_cases(["w1", "w1-full-support"], over, at)
    with pytest.raises(BadInput, match="no bound"):
        tightness("no-such-bound", [])
