"""Games as text: nothing lost, nothing wider than a terminal."""

import re
from fractions import Fraction
from itertools import product

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.rows import merged_rows, paid_alike
from nashgap.numeric.show import show_game
from nashgap.theory.errors import BadInput


@pytest.mark.parametrize("seed", range(8))
def test_merged_rows_are_a_partition_with_equal_outcomes(seed: int) -> None:
    kinds = "deterministic,turn-based" if seed % 2 else ""
    made = random_game(seed, kinds, players=3, actions=(2, 3, 2), states=3)
    game = made.game
    for s, rows in enumerate(merged_rows(game)):
        everything = sorted(joint for row in rows for joint in row.joints)
        assert everything == list(product(range(2), range(3), range(2)))
        assert sum(row.chance(made.expert) for row in rows) == 1
        for row in rows:
            boxed = [joint for box in row.boxes for joint in product(*box)]
            assert sorted(boxed) == sorted(row.joints)
            for joint in row.joints:
                assert tuple(game.rewards[i][(s, *joint)] for i in range(3)) == row.rewards
                next_states = dict(enumerate(game.transition[(s, *joint)]))
                assert {t: p for t, p in next_states.items() if p} == dict(row.to)
        if seed % 2:
            assert len(rows) <= 3


def test_otherwise_comes_last_and_stands_for_the_largest_group() -> None:
    rows = merged_rows(catalogue()["w6"].build(n=3).game)[0]
    assert [row.is_rest for row in rows] == [False, True]
    assert len(rows[1].joints) == 6


@pytest.mark.parametrize("name", list(catalogue()))
def test_named_games_fit_into_100_columns(name: str) -> None:
    made = catalogue()[name].build()
    shown = show_game(made.game, made.expert, made.learner, made.learner)
    assert max(len(line) for line in shown.splitlines()) <= 100
    assert all(line == line.rstrip() for line in shown.splitlines())
    for state in made.game.states:
        assert re.search(rf"^{re.escape(state)}\s", shown, re.MULTILINE)


def test_wide_games_are_wrapped_between_words() -> None:
    made = random_game(1, players=4, states=8)
    shown = show_game(made.game, made.expert, made.learner)
    assert max(len(line) for line in shown.splitlines()) <= 100
    assert len(show_game(made.game).splitlines()) < len(shown.splitlines())


def test_who_is_paid_is_said() -> None:
    w3 = catalogue()["w3"]
    for payoffs, words in (
        ("alone", "the others get 0"),
        ("common", "every player gets the reward"),
        ("zero-sum", "player 1 gets the opposite"),
    ):
        game = w3.build(payoffs=payoffs).game
        assert paid_alike(game) == payoffs
        assert words in show_game(game)
    hunt = catalogue()["stag-hunt"].build().game
    assert paid_alike(hunt) == ""
    assert "rewards are" not in show_game(hunt)


def test_mixed_policies_and_start_are_shown_exactly() -> None:
    made = catalogue()["w2"].build(eps="1/50", delta="1/20")
    shown = show_game(made.game, made.expert, made.learner)
    assert "(0, [0: 10/11, 1: 1/11])" in shown
    assert "start 1/10 b0" in shown


def test_floats_and_one_player() -> None:
    game = MarkovGame([[[1.0], [1.0]]], [[[1 / 3, 0.0]]], [1.0], 0.9)
    assert "0.333333" in show_game(game, ProductPolicy([[[0.25, 0.75]]]))
    assert "1 player, 1 state, 2 actions" in show_game(game)


def test_a_profile_of_another_game_is_refused() -> None:
    game = catalogue()["w3"].build().game
    with pytest.raises(BadInput, match="learner"):
        show_game(game, learner=ProductPolicy([[[Fraction(1), Fraction(0)]]]))
