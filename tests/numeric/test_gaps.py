"""Gaps by hand."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nashgap.numeric import whole as whole_module
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.gaps import gaps, nash_gap, value_gap
from nashgap.numeric.mdp import Mdp, Optimum
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.whole import whole_gaps
from nashgap.theory.errors import BadInput

F = Fraction
PENNIES = MarkovGame([[[[1]] * 2] * 2], [[[[1, -1], [-1, 1]]], [[[-1, 1], [1, -1]]]], [1], "3/4")


def playing(first: str, second: str) -> ProductPolicy:
    """Heads with these probabilities."""
    return ProductPolicy([[[first, 1 - F(first)]], [[second, 1 - F(second)]]])


@pytest.mark.parametrize(
    ("first", "second", "each"),
    [
        ("1/2", "1/2", [0, 0]),
        ("1", "1", [0, 8]),
        ("1/2", "3/4", [2, 0]),
        ("3/4", "3/4", [1, 3]),
    ],
)
def test_matching_pennies(first: str, second: str, each: list[int]) -> None:
    """With d = 2p-1 and e = 2q-1 the values are 4de and -4de, the best responses 4|e| and 4|d|."""
    policy = playing(first, second)
    assert gaps(PENNIES, policy).tolist() == each
    assert nash_gap(PENNIES, policy) == max(each)
    assert nash_gap(PENNIES, policy, reduce="sum") == sum(each)
    assert nash_gap(PENNIES, policy, reduce="mean") == F(sum(each), 2)
    assert type(nash_gap(PENNIES, policy, reduce="mean")) is F


@pytest.mark.parametrize("reduce", ["max", "sum", "mean"])
def test_floats_are_floats_and_never_negative(reduce: Any) -> None:
    """Rounding must not make an equilibrium look better than one."""
    rng = np.random.default_rng(3)
    for _ in range(50):
        # Own rewards do not depend on own actions: every policy is Nash.
        other = rng.uniform(-1, 1, (4, 3))
        rewards = np.stack([np.repeat(other[:, None, :], 3, 1), np.repeat(other[:, :, None], 3, 2)])
        kernel = np.broadcast_to(rng.dirichlet(np.ones(4), 4)[:, None, None, :], (4, 3, 3, 4))
        game = MarkovGame(kernel, rewards, rng.dirichlet(np.ones(4)), 0.99)
        policy = ProductPolicy([rng.dirichlet(np.ones(3), 4) for _ in range(2)])
        found = nash_gap(game, policy, reduce=reduce)
        assert type(found) is float
        assert 0 <= found <= 1e-11
        assert np.all(gaps(game, policy) >= 0)


def test_value_gap_may_be_negative() -> None:
    """Both gain by the learner's errors in a common-payoff game."""
    team = MarkovGame([[[[1]] * 2] * 2], [[[[0, 0], [0, 1]]]] * 2, [1], "1/2")
    expert, learner = ProductPolicy.pure([[0], [0]], [2, 2]), ProductPolicy.pure([[1], [1]], [2, 2])
    assert value_gap(team, expert, learner) == -2
    assert value_gap(team, learner, expert) == 2
    assert value_gap(PENNIES, playing("1", "1"), playing("1/2", "1/2")) == 4


def test_another_reduction_is_refused() -> None:
    with pytest.raises(BadInput, match='reduce: given \'median\'; needed: "max", "sum" or'):
        nash_gap(PENNIES, playing("1", "1"), reduce="median")  # type: ignore[arg-type]


def test_every_policy_argument_is_checked() -> None:
    alone = ProductPolicy([[[1, 0]]])
    for wrong in (lambda: gaps(PENNIES, alone), lambda: value_gap(PENNIES, alone, alone)):
        with pytest.raises(BadInput, match="policy: 1 players, 1 states"):
            wrong()


@pytest.mark.parametrize("seed", range(12))
def test_gaps_in_whole_numbers_are_those_in_rationals(seed: int) -> None:
    made = random_game(seed, states=3, players=2 + seed % 2, discount="9/10")
    game, learner = made.game, made.learner
    quick = gaps(game, learner)
    assert game.whole is not None
    assert learner.whole is not None
    assert whole_gaps(game.whole, Fraction(game.discount), learner.whole) is not None
    # A denominator beyond 2^53 in the rewards leaves only the way in rationals.
    far = Fraction(1, 2**61)
    rewards = game.rewards.copy()
    rewards[0] = rewards[0] * (1 - far)
    slow = gaps(MarkovGame(game.transition, rewards, game.start, game.discount), learner)
    assert slow[1:].tolist() == quick[1:].tolist()
    assert slow[0] == quick[0] * (1 - far)


def test_ties_and_pure_policies_in_whole_numbers() -> None:
    for name in ("w1", "w2", "w3", "lemma-2", "dominance-trap"):
        made = catalogue()[name].build()
        assert made.game.whole is not None
        assert nash_gap(made.game, made.learner) == made.expected["nash_gap"]


def test_a_wrong_guess_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = catalogue()["w3"].build()
    wrong = [0] * made.game.num_states

    def guess(mdp: Mdp) -> Optimum:
        return Optimum(mdp.reward[:, 0], mdp.reward, tuple(wrong))

    monkeypatch.setattr(whole_module, "float_optimum", guess)
    whole, learner = made.game.whole, made.learner.whole
    assert whole is not None
    assert learner is not None
    assert whole_gaps(whole, Fraction(made.game.discount), learner) is None
    assert nash_gap(made.game, made.learner) == made.expected["nash_gap"]
