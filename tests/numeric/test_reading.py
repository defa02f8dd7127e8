"""The reading of a concrete game: the protocol's answers agree with the functions of the core."""

import math
from fractions import Fraction as F

import pytest

from nashgap.numeric import reading as module
from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import gaps
from nashgap.numeric.matching import eps_bc_per_player, eps_mu, eps_rho
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.reading import Reading
from nashgap.theory.errors import BadInput, NashgapError
from nashgap.theory.model import Model, UndeterminedError, brief


def crossing() -> tuple[MarkovGame, ProductPolicy, ProductPolicy]:
    """Two players with two and three actions, two states."""
    kernel = [
        [[[F(1, 2), F(1, 2)], [1, 0], [0, 1]], [[1, 0], [0, 1], [F(1, 3), F(2, 3)]]],
        [[[0, 1], [1, 0], [1, 0]], [[0, 1], [0, 1], [F(1, 4), F(3, 4)]]],
    ]
    pay_0 = [[[1, 0, -1], [0, F(1, 2), 0]], [[0, 0, 1], [-1, 1, 0]]]
    pay_1 = [[[0, 1, 0], [F(-1, 2), 0, 1]], [[1, 0, 0], [0, -1, F(1, 3)]]]
    game = MarkovGame(kernel, [pay_0, pay_1], [1, 0], F(9, 10))
    third = [F(1, 3)] * 3
    expert = ProductPolicy([[[1, 0], [F(1, 2), F(1, 2)]], [[1, 0, 0], third]])
    learner = ProductPolicy([[[F(3, 4), F(1, 4)], [1, 0]], [third, [0, 1, 0]]])
    return game, expert, learner


def test_answers_agree_with_the_core() -> None:
    """Catches a role or a player mixed up, for every question of the protocol."""
    game, expert, learner = crossing()
    model: Model = Reading(game, expert, learner)
    assert (model.players, model.num_states, model.num_actions) == (2, 2, (2, 3))
    assert (model.discount, model.is_exact) == (F(9, 10), True)
    assert list(model.joint_actions()) == [(a, b) for a in range(2) for b in range(3)]
    assert list(model.start()) == [1, 0]
    assert model.successors(0, (1, 2)) == {0: F(1, 3), 1: F(2, 3)}
    assert model.successors(0, (0, 1)) == {0: F(1)}
    assert model.reward(1, 0, (1, 0)) == F(-1, 2)
    assert list(model.policy("expert", 0, 1)) == [F(1, 2), F(1, 2)]
    assert list(model.policy("learner", 1, 1)) == [0, 1, 0]
    for i in (0, 1):
        gain = model.best_value("learner", i) - model.value("learner", i)
        assert gain == gaps(game, learner)[i]
        assert model.policy_error(i) == eps_bc_per_player(game, expert, learner)[i]
        # V(nu) = V(0), and the best value is the largest Q at the start.
        assert model.state_values("expert", i)[0] == model.value("expert", i)
        assert max(model.optimal_q("learner", i)[0]) == model.best_value("learner", i)
    assert model.state_occupancy_error() == eps_mu(game, expert, learner)
    assert model.state_action_occupancy_error() == eps_rho(game, expert, learner)
    assert sum(model.occupancy("learner")) == 1
    assert model.visited() == model.visited("learner") == {0, 1}


def test_the_team_may_correlate() -> None:
    """By hand: the best joint policy of a one-state game plays its largest entry."""
    game = MarkovGame([[[[1], [1]], [[1], [1]]]], [[[[0, 1], [F(1, 2), 0]]]] * 2, [1], F(1, 2))
    policy = ProductPolicy.pure([[0], [0]], (2, 2))
    assert Reading(game, policy, policy).team_best_value() == 2


def test_each_thing_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a decision problem that is solved again for every question."""
    calls = []
    original = best_response

    def counted(game: MarkovGame, policy: ProductPolicy, player: int) -> object:
        calls.append((id(policy), player))
        return original(game, policy, player)

    monkeypatch.setattr(module, "best_response", counted)
    model = Reading(*crossing())
    for _ in range(3):
        for role in ("expert", "learner"):
            for player in (0, 1):
                model.best_value(role, player)
                model.optimal_q(role, player)
    assert len(calls) == len(set(calls)) == 4


def test_policies_must_fit() -> None:
    """Catches a mismatch found only deep inside, without its name."""
    game, expert, learner = crossing()
    with pytest.raises(BadInput, match="learner"):
        Reading(game, expert, ProductPolicy([[[1, 0]] * 2] * 2))
    with pytest.raises(BadInput, match="expert"):
        Reading(game, expert.as_float(), learner)
    with pytest.raises(BadInput, match="learner"):
        Reading(game.as_float(), expert.as_float(), learner)


def test_floats_answer_the_same() -> None:
    """Catches a question that floats answer by another definition."""
    game, expert, learner = crossing()
    exact = Reading(game, expert, learner)
    near = Reading(game.as_float(), expert.as_float(), learner.as_float())
    for i in (0, 1):
        for role in ("expert", "learner"):
            found = near.best_value(role, i)
            expected = exact.best_value(role, i)
            assert found == pytest.approx(float(expected), abs=1e-9)
        assert near.concentrability(i) == pytest.approx(float(exact.concentrability(i)), abs=1e-9)
        assert near.best_response_shift(i) == pytest.approx(
            float(exact.best_response_shift(i)), abs=1e-9
        )
        assert near.dominance(i).holds is None


def test_an_unfinished_delta_is_an_error_of_its_own() -> None:
    """Catches a bound passed off as delta: four ties, one node."""
    # State 0 leads anywhere; at the others only action 1 is optimal and the expert plays 0.
    size = 4
    kernel = [[[int(t == a) for t in range(size)] for a in range(size)] for _ in range(size)]
    rewards = [[0] * size, *[[-1, 0, -1, -1]] * (size - 1)]
    game = MarkovGame(kernel, [rewards], [1, 0, 0, 0], F(1, 2))
    quarter = [F(1, 4)] * 4
    expert = ProductPolicy([[quarter] * 4])
    full = Reading(game, expert, expert)
    cut = Reading(game, expert, expert, nodes=0)
    assert full.shift(0).value == full.best_response_shift(0)
    assert cut.shift(0).lower < full.best_response_shift(0) <= cut.shift(0).upper
    with pytest.raises(UndeterminedError) as error:
        cut.best_response_shift(0)
    assert isinstance(error.value, NashgapError)


def test_numbers_in_reasons_stay_short() -> None:
    """Catches reasons of a thousand digits, and integers that Python refuses to print."""
    assert brief(F(2, 3)) == "2/3"
    assert brief(F(10**3000 + 1, 10**3000)) == "about 1"
    assert "binary digits" in brief(F(10**5000, 3))
    assert brief(math.inf) == "inf"
