"""Deviation concentrability against the occupancies of all pure deviations."""

import itertools
import math
import random
from fractions import Fraction as F

import numpy as np
import pytest

from nashgap.numeric.concentrability import concentrability
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy


def distribution(rng: random.Random, size: int, pure: float) -> list[F]:
    if rng.random() < pure:
        chosen = rng.randrange(size)
        return [F(int(k == chosen)) for k in range(size)]
    weights = [rng.randrange(1, 4) for _ in range(size)]
    return [F(w, sum(weights)) for w in weights]


def random_case(seed: int) -> tuple[MarkovGame, ProductPolicy, ProductPolicy]:
    rng = random.Random(seed)
    states = rng.choice([1, 2, 3, 4])
    counts = rng.choice([(2,), (2, 2), (3, 2), (2, 2, 2)])
    kernel = np.empty((states, *counts, states), dtype=object)
    for place in np.ndindex(states, *counts):
        kernel[place] = distribution(rng, states, 0.95)
    rewards = np.full((len(counts), states, *counts), F(0))
    gamma = rng.choice([F(0), F(1, 2), F(9, 10)])
    game = MarkovGame(kernel, rewards, distribution(rng, states, 0.9), gamma)
    expert = ProductPolicy([[distribution(rng, k, 0.8) for _ in range(states)] for k in counts])
    tables = [
        [list(row) if rng.random() < 0.5 else distribution(rng, k, 0.6) for row in table]
        for k, table in zip(counts, expert, strict=True)
    ]
    return game, expert, ProductPolicy(tables)


def brute_force(
    game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy, player: int
) -> F | float:
    states, count = game.num_states, game.num_actions[player]
    mu = occupancy(game, expert)[0]
    wrong = [
        s
        for s in range(states)
        if any(
            list(expert[j][s]) != list(learner[j][s]) for j in range(game.players) if j != player
        )
    ]
    largest: F | float = F(1)
    for b in itertools.product(range(count), repeat=states):
        table = [[int(a == k) for k in range(count)] for a in b]
        deviated = occupancy(game, expert.replace(player, table))[0]
        for s in wrong:
            if deviated[s] > 0:
                largest = max(largest, deviated[s] / mu[s] if mu[s] else math.inf)
    return largest


@pytest.mark.parametrize("seed", range(80))
def test_agrees_with_all_pure_deviations(seed: int) -> None:
    """Catches a missed state, a missed deviation, and infinity in the wrong place."""
    game, expert, learner = random_case(seed)
    for player in range(game.players):
        expected = brute_force(game, expert, learner, player)
        assert concentrability(game, expert, learner, player) == expected


def test_the_random_cases_have_all_kinds() -> None:
    """Catches a generator that only makes trivial cases."""
    values = [concentrability(*random_case(seed), 0) for seed in range(80)]
    assert any(v == math.inf for v in values)
    assert any(1 < v < math.inf for v in values)
    assert any(v == 1 for v in values)


def test_no_error_and_one_player_give_one() -> None:
    """The convention: nothing to concentrate on."""
    for seed in range(80):
        game, expert, learner = random_case(seed)
        for player in range(game.players):
            assert concentrability(game, expert, expert, player) == 1
        if game.players == 1:
            assert concentrability(game, expert, learner, 0) == 1


def test_floats_agree() -> None:
    """Catches infinity decided by rounding."""
    for seed in range(60):
        game, expert, learner = random_case(seed)
        exact = concentrability(game, expert, learner, 0)
        near = concentrability(game.as_float(), expert.as_float(), learner.as_float(), 0)
        assert near == pytest.approx(float(exact), abs=1e-9)
