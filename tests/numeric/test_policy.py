"""Policies: what is accepted, what is refused and where."""

import copy
import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import gaps
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

HALF = Fraction(1, 2)
POLICY = ProductPolicy([[["1/2", "1/2"], [0, 1]], [[1], [1]]])
GAME = MarkovGame([[[[1, 0]]] * 2, [[[0, 1]]] * 2], [[[[0], [1]]] * 2] * 2, [1, 0], "1/2")


def test_an_exact_policy() -> None:
    assert (POLICY.players, POLICY.num_states, POLICY.num_actions) == (2, 2, (2, 1))
    assert POLICY.is_exact
    assert not POLICY.is_pure
    assert POLICY[0].tolist() == [[HALF, HALF], [0, 1]]
    assert len(POLICY) == 2
    assert [table.shape for table in POLICY] == [(2, 2), (2, 1)]
    assert repr(POLICY) == "ProductPolicy([[['1/2', '1/2'], [0, 1]], [[1], [1]]])"
    assert eval(repr(POLICY)) == POLICY


def test_one_float_makes_a_float_policy() -> None:
    mixed = ProductPolicy([[[0.5, 0.5], [0, 1]], [["1"], ["1"]]])
    assert {table.dtype for table in mixed} == {np.dtype(float)}
    assert mixed == POLICY.as_float()
    assert mixed.as_exact() == POLICY


def test_an_array_of_tables() -> None:
    tables = np.array([[[0.5, 0.5]], [[0.0, 1.0]]])
    assert ProductPolicy(tables) == ProductPolicy(tables.tolist())


def test_pure_and_uniform() -> None:
    pure = ProductPolicy.pure([[1, 0], [0, 0]], [2, 1])
    assert pure.is_pure
    assert pure[0].tolist() == [[0, 1], [1, 0]]
    assert ProductPolicy.uniform(GAME)[0].tolist() == [[HALF, HALF]] * 2
    assert not ProductPolicy.uniform(GAME.as_float()).is_exact


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "policy: given []; needed: one table [S][A_i] for each player"),
        ("ab", "policy: given 'ab'; needed: one table [S][A_i] for each player"),
        (None, "policy: given None; needed: one table"),
        (np.array(5), "policy: given array(5); needed: one table"),
        ({"expert": 1}, "policy: given {'expert': 1}; needed: one table"),
        ([["1", "0"]], "policy[0]: a table of shape [2]; needed: shape [S, A_i]"),
        ([[[]]], "policy[0]: a table of shape [1, 0]; needed: shape [S, A_i]"),
        ([5], "policy[0]: a table of shape []; needed: shape [S, A_i]"),
        ([[[1]], [[1, 0], [1, 0]]], "policy: tables for different numbers of states; needed"),
        ([[[1, 0], [1]]], "policy[0][1]: a list of length 1; needed: length 2"),
        ([[[1]], [["1/2", "1/3"]]], "policy[1][0]: sums to 5/6; needed: a distribution"),
        ([[["3/2", "-1/2"]]], "policy[0][0][1]: given -1/2; needed: a probability in [0, 1]"),
        ([[[0.5, float("nan")]]], "policy[0][0][1]: given nan; needed: a finite number"),
        (np.array([[[0.5, np.nan]]]), "policy[0][0][1]: given nan; needed: a finite number"),
        ([[["x", 1]]], "policy[0][0][0]: given 'x'; needed: a finite number"),
    ],
)
def test_bad_policies_name_the_place(given: Any, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        ProductPolicy(given)
    assert str(caught.value).startswith(message)


def test_the_name_of_the_policy_is_in_the_message() -> None:
    with pytest.raises(BadInput, match=r"^policies\.expert\[0\]\[0\]: sums to 2"):
        ProductPolicy([[[1, 1]]], "policies.expert")


@pytest.mark.parametrize(
    ("actions", "counts", "message"),
    [
        ([[0, 2]], [2], r"policy\[0\]\[1\]: given 2; needed: an action from 0 to 1"),
        ([[0], [-1]], [2, 2], r"policy\[1\]\[0\]: given -1; needed: an action from 0 to 1"),
        ([[0]], [2, 2], "policy: actions of 1 players; needed: 2"),
    ],
)
def test_bad_pure_policies(actions: Any, counts: Any, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        ProductPolicy.pure(actions, counts)


def test_replace_changes_one_player_only() -> None:
    changed = POLICY.replace(0, [[1, 0], [1, 0]])
    assert changed[0].tolist() == [[1, 0], [1, 0]]
    assert changed[1].tolist() == POLICY[1].tolist()
    assert POLICY[0][0, 0] == HALF
    for player in (-1, 2):
        with pytest.raises(BadInput, match=f"player: given {player}; needed: a player from 0 to 1"):
            POLICY.replace(player, [[1, 0], [1, 0]])
    with pytest.raises(BadInput, match=r"policy\[0\]\[1\]: sums to 0"):
        POLICY.replace(0, [[1, 0], [0, 0]])


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (POLICY.as_float(), "policy: one of game and policy is exact, the other float; needed: as"),
        (
            ProductPolicy([[[1, 0]], [[1]]]),
            "policy: 2 players, 1 states, actions (2, 1); needed: 2 players, 2 states",
        ),
        (
            ProductPolicy([[[1, 0], [1, 0]]]),
            "policy: 1 players, 2 states, actions (2,); needed: 2 players, 2 states",
        ),
    ],
)
def test_a_policy_of_another_game_is_refused(policy: ProductPolicy, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        gaps(GAME, policy)
    assert str(caught.value).startswith(message)


def test_nothing_can_be_changed_afterwards() -> None:
    given = np.array([[0.5, 0.5]])
    policy = ProductPolicy([given])
    given[:] = 7
    assert policy[0].tolist() == [[0.5, 0.5]]
    copies = [pickle.loads(pickle.dumps(POLICY)), copy.deepcopy(POLICY)]
    assert copies == [POLICY, POLICY]
    for table in (policy[0], POLICY[0], POLICY.working[0], copies[0][0], copies[1][0]):
        with pytest.raises(ValueError, match="read-only"):
            table[0] = 0


def test_equality() -> None:
    same = ProductPolicy([[["0.5", HALF], [0, 1]], [[1], [1]]])
    assert same == POLICY
    assert hash(same) == hash(POLICY)
    for other in (POLICY.as_float(), ProductPolicy.pure([[0, 1], [0, 0]], [2, 1]), "policy"):
        assert other != POLICY
