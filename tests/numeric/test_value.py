"""Values, Q-values and induced problems of a game small enough for paper and pencil."""

from fractions import Fraction

import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import induced_mdp, q_values, state_values, value
from nashgap.theory.errors import BadInput

F = Fraction
# State 0 pays r(a, b) and leads to state 1 when the actions differ; state 1 pays (0, 1) for ever.
PAY = [[1, "1/2"], [0, "-1/2"]]
GAME = MarkovGame(
    [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]], [[[0, 1]] * 2] * 2],
    [[PAY, [[0, 0], [0, 0]]], [[[0, 0], [0, 0]], [[1, 1], [1, 1]]]],
    ["1/2", "1/2"],
    "1/2",
)
# The first player is uniform; the second plays 0 with probability 1/3.
POLICY = ProductPolicy([[["1/2", "1/2"]] * 2, [["1/3", "2/3"], [1, 0]]])


def test_state_values_by_hand() -> None:
    r"""They differ half the time: V(0) = 1/6 + 1/4 V(0) for the first, V(0) = 1/4 V(0) + 1/4 2."""
    assert state_values(GAME, POLICY).tolist() == [[F(2, 9), 0], [F(2, 3), 2]]
    assert value(GAME, POLICY).tolist() == [F(1, 9), F(4, 3)]


def test_q_values_by_hand() -> None:
    """Action 0 earns 1/3 + 2/3 1/2 and stays with probability 1/3; action 1 -1/3 and 2/3."""
    expected = [[F(2, 3) + F(1, 27), F(-1, 3) + F(2, 27)], [0, 0]]
    assert q_values(GAME, POLICY, 0).tolist() == expected


def test_induced_mdp_by_hand() -> None:
    first, second = induced_mdp(GAME, POLICY, 0), induced_mdp(GAME, POLICY, 1)
    assert first.rewards.tolist() == [[F(2, 3), F(-1, 3)], [0, 0]]
    assert first.transition[0].tolist() == [[F(1, 3), F(2, 3)], [F(2, 3), F(1, 3)]]
    assert second.rewards.tolist() == [[0, 0], [1, 1]]
    assert second.transition[0].tolist() == [[F(1, 2), F(1, 2)]] * 2


def test_discount_0_is_the_stage_game() -> None:
    stage = MarkovGame(GAME.transition, GAME.rewards, GAME.start, 0)
    assert state_values(stage, POLICY).tolist() == [[F(1, 6), 0], [0, 1]]


def test_single_actions() -> None:
    """Nobody decides anything; three players, one state."""
    alone = MarkovGame([[[[[1]]]]], [[[[[x]]]] for x in (1, "1/3", -1)], [1], "2/3")
    policy = ProductPolicy([[[1]]] * 3)
    assert value(alone, policy).tolist() == [3, 1, -3]
    assert q_values(alone, policy, 1).tolist() == [[1]]


def test_results_are_read_only_and_of_the_input_s_kind() -> None:
    for game, policy, kind in ((GAME, POLICY, F), (GAME.as_float(), POLICY.as_float(), float)):
        found = value(game, policy)
        assert isinstance(found.tolist()[0], kind)
        with pytest.raises(ValueError, match="read-only"):
            found[0] = 0


@pytest.mark.parametrize("player", [-1, 2])
def test_no_such_player(player: int) -> None:
    with pytest.raises(BadInput, match=f"player: given {player}; needed: a player from 0 to 1"):
        induced_mdp(GAME, POLICY, player)
    with pytest.raises(BadInput, match=f"player: given {player}; needed"):
        q_values(GAME, POLICY, player)


def test_the_largest_float_discount_below_1() -> None:
    still = MarkovGame([[[1.0, 0.0]], [[0.0, 1.0]]], [[[1.0], [0.0]]], [1.0, 0.0], 1 - 2**-53)
    assert value(still, ProductPolicy([[[1.0], [1.0]]]))[0] == 2**53
