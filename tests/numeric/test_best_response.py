"""Best responses by hand."""

from fractions import Fraction

import pytest

from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value
from nashgap.theory.errors import BadInput

F = Fraction
# Stag hunt: with probability 3/4 the other hunts the stag.
STAG = MarkovGame(
    [[[[1]] * 2] * 2], [[[[1, 0], ["2/3", "2/3"]]], [[[1, "2/3"], [0, "2/3"]]]], [1], "1/2"
)
OTHERS = ProductPolicy([[["1/2", "1/2"]], [["3/4", "1/4"]]])


def test_the_stag_hunt() -> None:
    """The stag is worth 3/4 to the first player; to the second 1/2 against a hare of 2/3."""
    first, second = (best_response(STAG, OTHERS, i) for i in range(2))
    assert (first.player, first.table.tolist(), first.value) == (0, [[1, 0]], F(3, 2))
    assert (second.player, second.table.tolist(), second.value) == (1, [[0, 1]], F(4, 3))
    assert first.state_values.tolist() == [F(3, 2)]
    assert first.q.tolist() == [[F(3, 2), F(2, 3) + F(3, 4)]]
    assert type(first.value) is type(first.table[0, 0]) is F


def test_floats() -> None:
    found = best_response(STAG.as_float(), OTHERS.as_float(), 0)
    assert type(found.value) is float
    assert found.table.tolist() == [[1.0, 0.0]]
    assert found.value == pytest.approx(1.5)
    replaced = OTHERS.as_float().replace(0, found.table)
    assert value(STAG.as_float(), replaced)[0] == pytest.approx(1.5)


def test_a_best_response_is_optimal_from_unvisited_states_too() -> None:
    """State 1 is never reached, and its better action is still found."""
    game = MarkovGame([[[1, 0]] * 2, [[0, 1]] * 2], [[[0, 0], [-1, 1]]], [1, 0], "9/10")
    found = best_response(game, ProductPolicy([[[1, 0], [1, 0]]]), 0)
    assert found.table[1].tolist() == [0, 1]
    assert found.state_values.tolist() == [0, 10]
    assert found.value == 0


@pytest.mark.parametrize("player", [-1, 2])
def test_no_such_player(player: int) -> None:
    with pytest.raises(BadInput, match=f"player: given {player}; needed: a player from 0 to 1"):
        best_response(STAG, OTHERS, player)
