"""Errors of a learner by hand."""

from fractions import Fraction
from typing import Any

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.matching import eps_bc, eps_bc_per_player, eps_mu, eps_rho
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

F = Fraction
# The first player's action 1 moves from state 0 to state 1, which absorbs; discount 1/2.
GAME = MarkovGame(
    [[[[1, 0]] * 2, [[0, 1]] * 2], [[[0, 1]] * 2] * 2], [[[[0, 0]] * 2] * 2] * 2, [1, 0], "1/2"
)
EXPERT = ProductPolicy.pure([[0, 0], [0, 0]], [2, 2])


def learner(leave: str, second: str, elsewhere: str) -> ProductPolicy:
    """Leaves with this probability; the second player errs in state 0 and in state 1."""
    rows = [[1 - F(p), F(p)] for p in (leave, second, elsewhere)]
    return ProductPolicy([[rows[0], [1, 0]], [rows[1], rows[2]]])


@pytest.mark.parametrize(
    ("given", "each", "mu", "rho"),
    [
        # Errors at the unvisited state 1 do not count.
        (("0", "0", "1"), [0, 0], 0, 0),
        # The second player errs alone: mu does not move, rho does.
        (("0", "1/4", "0"), [0, F(1, 2)], 0, F(1, 2)),
        # Leaving at once: mu_0 falls from 1 to 1/2, and every action there differs.
        (("1", "0", "0"), [2, 0], 1, 2),
        # Leaving with probability 1/2: mu_0 = (1/2)/(1 - 1/4) = 2/3.
        (("1/2", "0", "0"), [1, 0], F(2, 3), F(4, 3)),
    ],
)
def test_errors_by_hand(given: Any, each: list[Any], mu: Any, rho: Any) -> None:
    policy = learner(*given)
    assert eps_bc_per_player(GAME, EXPERT, policy).tolist() == each
    assert eps_bc(GAME, EXPERT, policy) == max(each)
    assert eps_mu(GAME, EXPERT, policy) == mu
    assert eps_rho(GAME, EXPERT, policy) == rho
    near = GAME.as_float(), EXPERT.as_float(), policy.as_float()
    for error, exact in ((eps_bc, max(each)), (eps_mu, mu), (eps_rho, rho)):
        assert type(error(*near)) is float
        assert error(*near) == pytest.approx(float(exact), abs=1e-15)


@pytest.mark.parametrize("error", [eps_bc, eps_bc_per_player, eps_mu, eps_rho])
def test_both_policies_are_checked(error: Any) -> None:
    alone = ProductPolicy([[[1, 0], [1, 0]]])
    with pytest.raises(BadInput, match="1 players, 2 states"):
        error(GAME, EXPERT, alone)
    with pytest.raises(BadInput, match="1 players, 2 states"):
        error(GAME, alone, EXPERT)
    with pytest.raises(BadInput, match="exact"):
        error(GAME, EXPERT, EXPERT.as_float())
