"""Occupancies and visited regions by hand."""

from fractions import Fraction

import numpy as np
import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.occupancy import occupancy, visited
from nashgap.numeric.policy import ProductPolicy

F = Fraction
# From state 0 the first player goes on to 1 or to 2; state 2 is absorbing, 1 leads to 2.
KERNEL = [[[[0, 1, 0]], [[0, 0, 1]]], [[[0, 0, 1]]] * 2, [[[0, 0, 1]]] * 2]
REWARDS = [[[[0], [0]]] * 3] * 2


def game(discount: str) -> MarkovGame:
    return MarkovGame(KERNEL, REWARDS, [1, 0, 0], discount)


def going(share: str) -> ProductPolicy:
    """To state 1 with this probability."""
    rest = 1 - F(share)
    return ProductPolicy([[[share, rest]] * 3, [[1]] * 3])


def test_occupancy_by_hand() -> None:
    """mu = (1-g) (1, g/3, 2g/3 + g^2/(1-g)) at g = 1/2."""
    mu, rho = occupancy(game("1/2"), going("1/3"))
    assert mu.tolist() == [F(1, 2), F(1, 12), F(5, 12)]
    assert rho.shape == (3, 2, 1)
    assert rho[0].tolist() == [[F(1, 6)], [F(1, 3)]]
    assert rho.sum() == 1


def test_discount_0_is_the_start() -> None:
    assert occupancy(game("0"), going("1/3"))[0].tolist() == [1, 0, 0]
    assert visited(game("0"), going("1/3")) == {0}


def test_visited() -> None:
    assert visited(game("1/2"), going("1/3")) == {0, 1, 2}
    assert visited(game("1/2"), going("0")) == {0, 2}


def test_visited_sees_probabilities_that_vanish_in_the_occupancy() -> None:
    """mu of state 1 underflows in floats; the region does not."""
    near = MarkovGame(np.array(KERNEL, dtype=float), np.array(REWARDS, float), [1.0, 0, 0], 1e-200)
    policy = ProductPolicy([[[1e-200, 1.0]] * 3, [[1.0]] * 3])
    assert occupancy(near, policy)[0][1] == 0
    assert visited(near, policy) == {0, 1, 2}


@pytest.mark.parametrize("share", ["0", "1/3", "1"])
def test_floats(share: str) -> None:
    exact = occupancy(game("9/10"), going(share))
    near = occupancy(game("9/10").as_float(), going(share).as_float())
    for one, other in zip(exact, near, strict=True):
        assert other == pytest.approx(one.astype(float), abs=1e-14)
