"""Soft best responses, quantal responses and the curves against temperature."""

import math
from fractions import Fraction

import numpy as np
import pytest

from nashgap.numeric.demonstrations.interval import Interval, enclosure
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.gaps import gaps, nash_gap
from nashgap.numeric.grids import tag
from nashgap.numeric.modulus import (
    by_temperature,
    quantal_path,
    soft_best_response,
    soft_gap,
    soft_modulus,
    soft_value,
)
from nashgap.numeric.modulus.quantal import measured
from nashgap.numeric.modulus.soft import soft_gap_by_divergence, softmax
from nashgap.numeric.modulus.temperature import learners
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import induced_mdp
from nashgap.theory.catalogue import bounds
from nashgap.theory.errors import BadInput


def slow_iteration(game: MarkovGame, policy: ProductPolicy, player: int, tau: float) -> np.ndarray:
    """Plain soft value iteration, action by action."""
    mdp = induced_mdp(game.as_float(), policy.as_float(), player)
    values = np.zeros(game.num_states)
    for _ in range(600):
        values = np.array(
            [
                tau
                * math.log(
                    sum(
                        math.exp((mdp.reward[s, a] + mdp.gamma * (mdp.kernel[s, a] @ values)) / tau)
                        for a in range(mdp.reward.shape[1])
                    )
                )
                for s in range(game.num_states)
            ]
        )
    return values


@pytest.mark.parametrize("seed", range(6))
def test_soft_best_response_is_the_fixed_point(seed: int) -> None:
    made = random_game(seed, states=3, actions=(3, 2), discount="4/5")
    for tau in (0.3, 2.0):
        for player in (0, 1):
            found = soft_best_response(made.game, made.learner, player, tau)
            plain = slow_iteration(made.game, made.learner, player, tau)
            assert np.abs(found.state_values - plain).max() < 1e-10
            assert found.q_error < 1e-11
            assert np.allclose(found.table.sum(axis=1), 1)


def test_low_and_high_temperatures() -> None:
    made = random_game(2, states=3, discount="1/2")
    cold = soft_best_response(made.game, made.learner, 0, 1e-4)
    hard = gaps(made.game, made.learner)[0]
    assert abs(soft_gap(made.game, made.learner, 0, 1e-4) - float(hard)) < 1e-3
    assert cold.table.max(axis=1).min() > 0.99
    hot = soft_best_response(made.game, made.learner, 0, 1e4)
    assert np.abs(hot.table - 0.5).max() < 1e-3


@pytest.mark.parametrize("seed", range(10))
def test_regularised_gap_is_the_divergence(seed: int) -> None:
    made = random_game(seed, states=3, actions=3, discount="9/10")
    for tau in (0.05, 0.4, 3.0):
        for player in (0, 1):
            gap = soft_gap(made.game, made.learner, player, tau)
            told = soft_gap_by_divergence(made.game, made.learner, player, tau)
            assert gap == pytest.approx(told, abs=1e-9, rel=1e-10)
            assert gap >= -1e-10
            own = soft_value(made.game, made.learner, player, tau)
            assert soft_best_response(made.game, made.learner, player, tau).value >= own - 1e-10


def test_the_tanh_bound_is_sharp_for_two_classes() -> None:
    # x - y = +-d with half the mass on each side: the distance is 2 tanh(d / (2 tau)).
    d, tau = 0.7, 0.4
    x, y = np.array([d / 2, -d / 2]), np.array([-d / 2, d / 2])
    moved = np.abs(softmax(x, tau)[0] - softmax(y, tau)[0]).sum()
    assert moved == pytest.approx(2 * math.tanh(d / (2 * tau)))


@pytest.mark.parametrize("seed", range(8))
def test_soft_modulus_bounds_every_move(seed: int) -> None:
    made = random_game(seed, states=3, discount="1/2")
    for tau, eps in ((0.1, 0.02), (1.0, 0.3)):
        home = soft_best_response(made.game, made.expert, 0, tau).table
        for learner in learners(made.expert.as_float(), eps, 20, seed):
            apart = max(
                float(np.abs(p - e).sum(axis=1).max())
                for p, e in zip(learner, made.expert.as_float(), strict=True)
            )
            assert apart <= eps + 1e-12
            moved = soft_best_response(made.game, learner, 0, tau).table
            bound = soft_modulus(made.game, 0, eps, tau)
            assert float(np.abs(moved - home).sum(axis=1).max()) <= bound + 1e-12


def test_soft_modulus_by_hand() -> None:
    game = catalogue()["matching-pennies"].build(gamma="1/2").game
    # L = e (2 + tau log 2 / 2) / (2 / 4); delta = 2 tanh(L / (2 tau)).
    lipschitz = 0.1 * (2 + 0.5 * 0.5 * math.log(2)) * 2
    assert soft_modulus(game, 0, 0.1, 0.5) == pytest.approx(2 * math.tanh(lipschitz))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("tau", [1.0, 0.05])
def test_quantal_responses_are_fixed_points(seed: int, tau: float) -> None:
    game = random_game(seed, states=2, actions=2, discount="1/2").game
    (found,) = quantal_path(game, [tau])
    assert found.residual < 1e-9
    for player in (0, 1):
        plain = slow_iteration(game, found.policy, player, tau)
        mdp = induced_mdp(game.as_float(), found.policy, player)
        table = softmax(mdp.q(plain), tau)[0]
        assert np.abs(table - found.policy[player]).max() <= found.residual + 1e-9


def test_quantal_response_of_a_known_game() -> None:
    # One player, rewards 1 and 0, gamma = 0: p = 1 / (1 + exp(-1 / tau)).
    game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "0")
    (found,) = quantal_path(game, [0.5])
    assert found.policy[0][0, 0] == pytest.approx(1 / (1 + math.exp(-2)))


def test_residuals_tell_a_wrong_profile() -> None:
    game = catalogue()["matching-pennies"].build().game.as_float()
    wrong = ProductPolicy([[[0.7, 0.3]], [[0.5, 0.5]]])
    assert measured(game, wrong, 1.0).residual > 0.1


def test_quantal_path_tends_to_an_equilibrium() -> None:
    game = catalogue()["prisoners-dilemma"].build(gamma="1/2").game
    path = list(quantal_path(game, [4.0, 1.0, 0.25, 0.05]))
    exploited = [float(nash_gap(game.as_float(), q.policy)) for q in path]
    assert exploited == sorted(exploited, reverse=True)
    assert exploited[-1] < 1e-3


def test_curves_against_temperature() -> None:
    for name in ("matching-pennies", "lemma-2"):
        game = catalogue()[name].build(gamma="1/2").game
        found = by_temperature(game, 0.05, [2.0, 0.1, 0.5], samples=8)
        assert found.temperatures.tolist() == [2.0, 0.1, 0.5]
        for array in (found.residuals, found.expert_gaps, found.explicit, found.soft_moves):
            assert array.shape == (3,)
        assert (found.residuals < 1e-8).all()
        assert (found.soft_moves <= found.explicit).all()
        assert (found.learner_gaps <= found.bounds).all()
        # Warmer: the soft best response moves less.
        assert found.explicit[0] < found.explicit[2] < found.explicit[1]


def test_misuse_is_refused() -> None:
    game = catalogue()["matching-pennies"].build().game
    with pytest.raises(BadInput, match="temperature"):
        next(quantal_path(game, [0.0]))
    with pytest.raises(BadInput, match="temperature"):
        soft_modulus(game, 0, 0.1, -1.0)


def test_regularisation_on_a_pursuit_game() -> None:
    game = tag(1, 3, discount="1/2").exact
    found = by_temperature(game, 0.05, [0.05, 0.5, 5.0], samples=3)
    assert (found.soft_moves <= found.explicit + 1e-12).all()
    assert (found.learner_gaps <= found.bounds).all()
    # Regularised responses hold still where unregularised ones jump, and the explicit modulus
    # falls with the temperature: the argument for regularising.
    assert (found.soft_moves < found.hard_moves).all()
    assert (np.diff(found.explicit) < 0).all()
    # The bound is least between the ends: its two terms pull apart.
    assert found.bounds[1] < min(found.bounds[0], found.bounds[2])


def test_the_bound_is_that_of_the_catalogue_with_the_hyperbolic_tangent() -> None:
    game = catalogue()["matching-pennies"].build(gamma="1/2").game
    found = by_temperature(game, 0.05, [0.1, 1.0, 10.0], samples=1)
    right = bounds()["T9"].claim.right
    worth = []
    for tau in found.temperatures.tolist():
        numbers = {
            "tau": tau,
            "precision": 1 / tau,
            "gamma": 0.5,
            "n": 2,
            "eps_BC": 0.05,
            "eps_sup": 0.05,
            "log_actions": math.log(2),
        }
        names = {name: Interval(Fraction(x), Fraction(x)) for name, x in numbers.items()}
        worth.append(float(enclosure(right, names).high))
    assert found.bounds.tolist() == pytest.approx(worth, rel=1e-6)
