"""Policy iteration: right, certified when exact, and always ended in floats."""

import signal
from collections.abc import Iterator
from fractions import Fraction
from types import FrameType

import numpy as np
import pytest

from nashgap.numeric import mdp as mdp_module
from nashgap.numeric.mdp import Mdp, optimum, policy_values
from nashgap.numeric.numbers import public, working

F = Fraction


@pytest.fixture(autouse=True)
def hard_deadline() -> Iterator[None]:
    """A policy iteration that cycles must fail the test and not hang it."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("policy iteration did not end")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def exact_mdp(kernel: object, reward: object, first: object, gamma: F) -> Mdp:
    arrays = [working(np.array(x, dtype=object) * F(1)) for x in (kernel, reward, first)]
    return Mdp(arrays[0], arrays[1], arrays[2], working(np.array([gamma], dtype=object))[0])


def chain(gamma: F) -> Mdp:
    """State 0: stay for 1/10 or go to state 1, which pays 1 for ever."""
    return exact_mdp([[[1, 0], [0, 1]], [[0, 1], [0, 1]]], [[F(1, 10), 0], [1, 1]], [1, 0], gamma)


@pytest.mark.parametrize(
    ("gamma", "first"),
    [(F(1, 10), F(1, 9)), (F(1, 2), F(1)), (F(9, 10), F(9)), (F(0), F(1, 10))],
)
def test_a_chain_by_hand(gamma: F, first: F) -> None:
    """Going is worth gamma/(1-gamma), staying 1/10/(1-gamma)."""
    found = optimum(chain(gamma))
    assert public(found.state_values).tolist() == [first, 1 / (1 - gamma)]


def test_a_tie_costs_nothing() -> None:
    """At gamma = 1/10 staying and going are worth the same; exactly, both certify."""
    found = optimum(chain(F(1, 10)))
    assert public(found.q)[0].tolist() == [F(1, 9), F(1, 9)]


@pytest.mark.parametrize("digits", [3, 15, 17, 40])
def test_discounts_that_floats_take_for_1(digits: int) -> None:
    """The float start is useless here, and the certificate still decides."""
    gamma = F(10**digits - 1, 10**digits)
    found = optimum(chain(gamma))
    assert public(found.state_values).tolist() == [gamma / (1 - gamma), 1 / (1 - gamma)]
    assert found.actions[0] == 1


def test_differences_below_rounding_are_decided_exactly() -> None:
    """The second action is better by 1e-30, which no float can see."""
    tiny = F(1, 10**30)
    found = optimum(exact_mdp([[[1], [1]]], [[F(1, 2), F(1, 2) + tiny]], [1], F(1, 2)))
    assert found.actions == (1,)
    assert public(found.state_values).tolist() == [1 + 2 * tiny]


def test_negative_rewards() -> None:
    """Values below 0 everywhere: 0 must not be taken for the value of doing nothing."""
    found = optimum(exact_mdp([[[1], [1]]], [[-1, F(-1, 2)]], [1], F(1, 2)))
    assert public(found.state_values).tolist() == [-1]


@pytest.mark.parametrize("tolerance", [mdp_module.FLOAT_RESIDUAL, -1.0])
@pytest.mark.parametrize("gamma", [0.0, 0.5, 0.99, 1 - 1e-9, 1 - 1e-13])
def test_float_iteration_ends_among_equal_policies(
    gamma: float, tolerance: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every action is as good as every other up to rounding: no policy may come twice.

    With a tolerance that no residual meets, the iteration must end all the same.
    """
    monkeypatch.setattr(mdp_module, "FLOAT_RESIDUAL", tolerance)
    rng = np.random.default_rng(0)
    for size in (2, 3, 7):
        for _ in range(40):
            kernel = rng.random((size, 4, size)) ** 8
            kernel /= kernel.sum(axis=2, keepdims=True)
            values = rng.uniform(-1, 1, size)
            # Rewards that give all actions the same value, up to rounding.
            reward = values[:, None] - gamma * kernel @ values
            found = optimum(Mdp(kernel, reward, np.full(size, 1 / size), gamma))
            if gamma <= 0.99:
                assert found.state_values == pytest.approx(values, abs=1e-11)


def test_float_iteration_finds_the_optimum_through_many_switches() -> None:
    """A corridor in which the reward lies at the far end, so that each turn mends one state."""
    size = 30
    kernel = np.zeros((size, 2, size))
    for s in range(size):
        kernel[s, 0, max(s - 1, 0)] = kernel[s, 1, min(s + 1, size - 1)] = 1
    reward = np.zeros((size, 2))
    reward[0, 0], reward[-1] = 0.001, 1
    found = optimum(Mdp(kernel, reward, np.full(size, 1 / size), 0.9))
    assert found.actions[:-1] == (1,) * (size - 1)
    assert found.state_values == pytest.approx([10 * 0.9 ** (size - 1 - s) for s in range(size)])


def test_policy_values_and_views() -> None:
    mdp = chain(F(1, 2))
    assert public(policy_values(mdp, np.array([0, 0]))).tolist() == [F(1, 5), 2]
    assert mdp.transition.tolist() == [[[1, 0], [0, 1]], [[0, 1], [0, 1]]]
    assert mdp.rewards.tolist() == [[F(1, 10), 0], [1, 1]]
    assert type(mdp.rewards[0, 0]) is F
