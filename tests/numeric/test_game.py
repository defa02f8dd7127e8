"""Games: what is accepted, what is refused and where, and what cannot be changed afterwards."""

import copy
import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from nashgap.numeric.game import MarkovGame
from nashgap.theory.errors import BadInput

# Two states; player 0 has two actions, player 1 three.
KERNEL = [[[["1", "0"]] * 3, [["1/3", "2/3"]] * 3], [[["0", "1"]] * 3] * 2]
REWARDS = [[[[1, 0, -1], ["1/2", "-1/2", 0]]] * 2, [[[0, 0, 0], [1, 1, 1]]] * 2]
START = ["1/4", "3/4"]


def game(**changes: Any) -> MarkovGame:
    given: dict[str, Any] = {
        "transition": KERNEL,
        "rewards": REWARDS,
        "start": START,
        "discount": "9/10",
    }
    return MarkovGame(**(given | changes))


def floats(nested: Any) -> Any:
    return [floats(x) for x in nested] if isinstance(nested, list) else float(Fraction(nested))


def test_an_exact_game() -> None:
    made = game()
    assert (made.players, made.num_states, made.num_actions) == (2, 2, (2, 3))
    assert made.is_exact
    assert made.discount == Fraction(9, 10)
    assert made.transition[0, 1, 2, 1] == Fraction(2, 3)
    assert made.rewards[0, 1, 1, 0] == Fraction(1, 2)
    assert made.states == ("s0", "s1")
    assert made.actions == (("0", "1"), ("0", "1", "2"))
    assert made.summary == "2 players, 2 states, actions (2, 3), discount 9/10, exact"


def test_summaries_count_as_people_do_and_stay_on_a_line() -> None:
    near_1 = f"{10**300 - 1}/{10**300}"
    made = MarkovGame([[["1"]]], [[["1"]]], ["1"], near_1)
    assert made.summary.startswith("1 player, 1 state, actions (1,), discount 9999")
    assert "characters" in made.summary
    assert len(made.summary) < 120


@pytest.mark.parametrize(
    "changes",
    [
        {"discount": 0.9},
        {"discount": np.float32(0.9)},
        {"start": [0.25, "3/4"]},
        {"rewards": np.array(floats(REWARDS))},
        {"transition": floats(KERNEL)},
    ],
)
def test_one_float_makes_a_float_game(changes: dict[str, Any]) -> None:
    made = game(**changes)
    assert not made.is_exact
    assert type(made.discount) is float
    assert {a.dtype for a in (made.transition, made.rewards, made.start)} == {np.dtype(float)}
    assert made.working.transition is made.transition


@pytest.mark.parametrize("discount", [0, "0", 0.0, "99/100", Fraction(1, 3), np.int64(0)])
def test_discounts(discount: Any) -> None:
    assert 0 <= game(discount=discount).discount < 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"discount": 1}, "discount: given 1; needed: a number in [0, 1)"),
        ({"discount": "-1/2"}, "discount: given '-1/2'; needed: a number in [0, 1)"),
        ({"discount": float("nan")}, "discount: given nan; needed: a finite number such as"),
        ({"discount": True}, "discount: given True; needed: a number"),
        ({"discount": None}, "discount: given None; needed: a number or a string"),
        ({"discount": [1]}, "discount: given [1]; needed: a number or a string"),
        ({"start": ["1/4", "1/4"]}, "start: sums to 1/2; needed: a distribution that sums to 1"),
        ({"start": ["5/4", "-1/4"]}, "start[1]: given -1/4; needed: a probability in [0, 1]"),
        ({"start": ["1"]}, "start: a list of length 1; needed: length 2"),
        ({"start": None}, "start: given None; needed: a list of length 2"),
        ({"rewards": 5}, "rewards: given 5; needed: shape [n, S, A_1, ..., A_n]"),
        ({"rewards": None}, "rewards: given None; needed: shape [n, S, A_1, ..., A_n]"),
        ({"rewards": []}, "rewards: a table of shape [0]; needed: shape [n, S, A_1, ..., A_n]"),
        ({"rewards": [[[1, 0]], [[1, 0]]]}, "rewards: a table of shape [2, 1, 2]; needed: shape"),
        ({"rewards": [[[[]]]] * 2}, "rewards: a table of shape [2, 1, 1, 0]; needed: shape"),
        ({"rewards": np.ones((31,) + (1,) * 32)}, "rewards: 31 players; needed: at most 30"),
        (
            {"rewards": [[[[1, 0, -1], ["1/2", "3/2", 0]]] * 2, REWARDS[1]]},
            "rewards[0][0][1][1]: given 3/2; needed: a reward in [-1, 1]",
        ),
        (
            {"rewards": [[[[1, 0, -1], ["-10/9", 0, 0]]] * 2, REWARDS[1]]},
            "rewards[0][0][1][0]: given -10/9; needed: a reward in [-1, 1]",
        ),
        (
            {"rewards": [[[[10**5000, 0, 0], [0, 0, 0]]] * 2, REWARDS[1]]},
            "rewards[0][0][0][0]: given 1000000000",
        ),
        (
            {"rewards": [REWARDS[0], [[[0, 0, 0], [1, 1]]] * 2]},
            "rewards[1][0][1]: a list of length 2; needed: length 3",
        ),
        (
            {"transition": [KERNEL[0], [[["0", "1"]] * 3, [["0", "1"]] * 2 + [["1", "1"]]]]},
            "transition[1][1][2]: sums to 2; needed: a distribution that sums to 1",
        ),
        (
            {"transition": [KERNEL[0], [[["0", "1"]] * 3, [["0", "1"]] * 2 + [["2", "-1"]]]]},
            "transition[1][1][2][1]: given -1; needed: a probability in [0, 1]",
        ),
        (
            {"transition": [KERNEL[0], [[["0", "1"]] * 3, [["0", "1"]] * 2 + [["x", "1"]]]]},
            "transition[1][1][2][0]: given 'x'; needed: a finite number",
        ),
        ({"transition": KERNEL[:1]}, "transition: a list of length 1; needed: length 2"),
        ({"transition": np.ones((2, 2))}, "transition: an array of shape [2, 2]; needed: shape"),
        ({"states": ["a"]}, "states: 1 distinct names; needed: 2 distinct names"),
        ({"states": ["a", "a"]}, "states: 1 distinct names; needed: 2 distinct names"),
        ({"states": "ab"}, "states: given 'ab'; needed: a list of strings"),
        ({"states": 5}, "states: given 5; needed: a list of strings"),
        ({"states": [1, 2]}, "states: given [1, 2]; needed: a list of strings"),
        ({"actions": 5}, "actions: given 5; needed: one list of names for each of 2 players"),
        ({"actions": [["a", "b"]]}, "actions: given [['a', 'b']]; needed: one list of names"),
        ({"actions": [["a", "b"], 7]}, "actions[1]: given 7; needed: a list of strings"),
        (
            {"actions": [["a", "b"], ["x", "y", "y"]]},
            "actions[1]: 2 distinct names; needed: 3 distinct names",
        ),
    ],
)
def test_bad_games_name_the_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        game(**changes)
    assert str(caught.value).startswith(message)


def test_a_discount_that_rounds_to_1_is_fine_exactly_and_refused_in_floats() -> None:
    close = Fraction(10**20 - 1, 10**20)
    assert game(discount=close).discount == close
    with pytest.raises(BadInput, match="discount"):
        game(discount=close).as_float()
    with pytest.raises(BadInput, match="discount"):
        game(discount=close, start=[0.25, 0.75])


def test_nothing_can_be_changed_afterwards() -> None:
    kernel, rewards = np.array(floats(KERNEL)), np.array(floats(REWARDS))
    made = game(transition=kernel, rewards=rewards)
    kernel[:], rewards[:] = 7, 7
    assert made == game(transition=floats(KERNEL), rewards=floats(REWARDS))
    exact = game()
    for array in (*made.working[:3], exact.transition, exact.rewards, *exact.working[:3]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    with pytest.raises(AttributeError):
        exact.discount = Fraction(1, 2)  # type: ignore[misc]


@pytest.mark.parametrize("made", [game(), game(discount=0.9)], ids=["exact", "float"])
@pytest.mark.parametrize("again", [copy.deepcopy, lambda g: pickle.loads(pickle.dumps(g))])
def test_copies_are_equal_and_as_protected(made: MarkovGame, again: Any) -> None:
    assert made.working is not None
    copied = again(made)
    assert copied == made
    assert hash(copied) == hash(made)
    assert not copied.transition.flags.writeable


def test_equality() -> None:
    assert game() == game()
    assert hash(game()) == hash(game())
    for other in (
        game(discount="8/9"),
        game(start=["1/2", "1/2"]),
        game(states=["a", "b"]),
        game(rewards=[REWARDS[1], REWARDS[0]]),
        game().as_float(),
        "game",
    ):
        assert game() != other


def test_as_exact_refuses_rows_whose_decimals_miss_1() -> None:
    thirds = MarkovGame([[[1 / 3] * 3]] * 3, [[[0.0]] * 3], [1.0, 0.0, 0.0], 0.5)
    with pytest.raises(BadInput, match=r"transition\[0\]\[0\]: sums to 9999999999999999/10000"):
        thirds.as_exact()
