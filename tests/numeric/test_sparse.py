"""Sparse games: the certified intervals hold the exact numbers, whatever the rounding."""

import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse as sp

import nashgap.numeric.sparse as ns
from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import gaps, nash_gap
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import value
from nashgap.theory.errors import BadInput


def ratios(random: np.random.Generator, shape: tuple[int, ...]) -> np.ndarray:
    """Distributions over the last axis with denominators that floats cannot hold, some zeros."""
    weights = random.integers(0, 8, size=shape) * (random.random(shape) < 0.7)
    weights[..., 0] += weights.sum(axis=-1) == 0
    rows = weights.reshape(-1, shape[-1])
    flat = np.empty(rows.size, dtype=object)
    flat[:] = [Fraction(int(x), int(row.sum())) for row in rows for x in row]
    return flat.reshape(shape)


def exact_case(
    seed: int, counts: tuple[int, ...], states: int, gamma: str
) -> tuple[MarkovGame, ProductPolicy]:
    random = np.random.default_rng(seed)
    rewards = np.empty((len(counts), states, *counts), dtype=object)
    rewards.ravel()[:] = [Fraction(int(x), 21) for x in random.integers(-21, 22, rewards.size)]
    kernel = ratios(random, (states, *counts, states))
    game = MarkovGame(kernel, rewards, ratios(random, (states,)), gamma)
    return game, ProductPolicy([ratios(random, (states, k)) for k in counts])


CASES = [
    (seed, counts, states, gamma)
    for seed, (counts, states) in enumerate([((2, 3), 4), ((2, 2, 2), 3), ((3,), 6), ((4, 1), 1)])
    for gamma in ("0", "1/3", "9/10", "999/1000", "999999/1000000")
]


@pytest.mark.parametrize(("seed", "counts", "states", "gamma"), CASES)
def test_the_exact_numbers_lie_in_the_intervals(
    seed: int, counts: tuple[int, ...], states: int, gamma: str
) -> None:
    # The exact game has thirds and sevenths: the intervals must cover the rounding of the game too.
    game, policy = exact_case(seed, counts, states, gamma)
    near, played = ns.SparseGame.from_markov_game(game), policy.as_float()
    for true, found in zip(value(game, policy), ns.value(near, played), strict=True):
        assert true in found
    for true, found in zip(gaps(game, policy), ns.gaps(near, played), strict=True):
        assert true in found
    found = ns.nash_gap(near, played)
    assert nash_gap(game, policy) in found
    assert found.error <= 1e-9 / float(1 - game.discount) ** 2
    for i in range(game.players):
        mine = ns.best_response(near, played, i)
        exact = best_response(game, policy, i)
        assert exact.value in mine.value
        off = max(
            abs(Fraction(a) - b)
            for a, b in zip(mine.state_values.tolist(), exact.state_values, strict=True)
        )
        assert off <= mine.error
    mu, _ = occupancy(game, policy)
    held = ns.occupancy(near, played)
    assert sum(abs(Fraction(a) - b) for a, b in zip(held.states.tolist(), mu, strict=True)) <= (
        held.error
    )


def test_the_interval_covers_games_that_differ_by_rounding_only() -> None:
    # All stored entries are moved to the far end of their rounding cells, against the solver.
    game, policy = exact_case(5, (2, 2), 5, "99/100")
    near, played = ns.SparseGame.from_markov_game(game), policy.as_float()
    for player in range(2):
        tilt = game.rewards.copy()
        tilt[player] = [
            [[x * (1 + Fraction(1, 2**53)) if abs(x) < 1 else x for x in row] for row in table]
            for table in tilt[player]
        ]
        moved = MarkovGame(game.transition, tilt, game.start, game.discount)
        assert gaps(moved, policy)[player] in ns.gaps(near, played)[player]


@pytest.mark.parametrize("shift", [0.0, 1e-3, 3.0, -1e4])
def test_a_wrong_value_is_given_a_large_enough_error(shift: float) -> None:
    # The certificate must not believe the solver: it is asked about values that are wrong.
    game, policy = exact_case(7, (2, 3), 4, "9/10")
    near, played = ns.SparseGame.from_markov_game(game), policy.as_float()
    mdp = ns.induced_mdp(near, played, 0)
    true = best_response(game, policy, 0).state_values
    random = np.random.default_rng(0)
    wrong = np.array([float(x) for x in true]) + shift * random.random(4)
    bound = mdp.value_error(wrong, mdp.q(wrong).max(axis=1))
    assert max(abs(Fraction(a) - b) for a, b in zip(wrong.tolist(), true, strict=True)) <= bound
    assert bound <= abs(shift) * 2 / 0.1 + 1e-12


def test_cancelling_rewards_leave_an_interval_around_nought() -> None:
    # r = 1/3 then -1/3/gamma is worth exactly 0; floats leave dirt that the interval must cover.
    third, gamma = Fraction(1, 3), Fraction(7, 10)
    game = MarkovGame(
        [[["0", "1", "0"]], [["0", "0", "1"]], [["0", "0", "1"]]],
        [[[third], [-third / gamma], [0]]],
        ["1", "0", "0"],
        gamma,
    )
    policy = ProductPolicy([[["1"]] * 3])
    assert value(game, policy)[0] == 0
    [found] = ns.value(ns.SparseGame.from_markov_game(game), policy.as_float())
    assert 0 in found
    assert found.lower < 0 < found.upper


def test_renaming_states_renames_answers() -> None:
    game, policy = exact_case(9, (2, 2), 5, "9/10")
    order = np.random.default_rng(1).permutation(5)
    moved = MarkovGame(
        game.transition[order][..., order], game.rewards[:, order], game.start[order], "9/10"
    )
    renamed = ProductPolicy([table[order] for table in policy]).as_float()
    first = ns.nash_gap(ns.SparseGame.from_markov_game(game), policy.as_float())
    second = ns.nash_gap(ns.SparseGame.from_markov_game(moved), renamed)
    assert first.lower <= second.upper
    assert second.lower <= first.upper


def test_matrices_by_joint_action_are_the_same_game() -> None:
    game, policy = exact_case(3, (2, 3), 4, "9/10")
    near = ns.SparseGame.from_markov_game(game)
    dense = near.kernel.toarray().reshape(4, 6, 4)
    again = ns.SparseGame(
        [sp.csr_array(dense[:, j]) for j in range(6)],
        near.rewards.reshape(2, 4, 2, 3),
        near.start,
        0.9,
        (2, 3),
    )
    assert (again.kernel != near.kernel).nnz == 0
    assert again.to_markov_game() == near.to_markov_game()
    assert ns.nash_gap(again, policy.as_float()) == ns.nash_gap(near, policy.as_float())


def test_rows_within_tolerance_are_divided_by_their_sums() -> None:
    kernel = sp.csr_array(np.array([[0.5, 0.5 + 5e-10], [0.25, 0.75]]))
    game = ns.SparseGame(kernel, np.zeros((1, 2, 1)), np.array([1.0, 0.0]), 0.5, (1,))
    assert abs(game.kernel.sum(axis=1) - 1).max() < 1e-15
    assert game.kernel_error < 1e-14


def test_learners_and_pure_policies() -> None:
    game, _ = exact_case(3, (2, 3), 4, "9/10")
    near = ns.SparseGame.from_markov_game(game)
    chosen = ns.pure(near, [[0, 1, 0, 1], [2, 0, 1, 2]])
    assert chosen.is_pure
    assert chosen[1].argmax(axis=1).tolist() == [2, 0, 1, 2]
    learner = ns.perturbed(chosen, seed=4, share=0.5)
    assert learner == ns.perturbed(chosen, seed=4, share=0.5)
    assert learner != chosen
    assert ns.perturbed(chosen, seed=4, share=0.0) == chosen
    with pytest.raises(BadInput, match="share"):
        ns.perturbed(chosen, seed=4, share=2)
    with pytest.raises(BadInput, match="unknown action"):
        ns.pure(near, [[0, 1, 0, 2], [2, 0, 1, 2]])


GOOD = {
    "transition": sp.csr_array(np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0], [1.0, 0.0]])),
    "rewards": np.zeros((1, 2, 2)),
    "start": np.array([1.0, 0.0]),
    "discount": 0.5,
    "num_actions": (2,),
}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"transition": sp.csr_array(np.ones((4, 2)))}, r"state 0, joint action 0: sums to 2"),
        ({"transition": sp.csr_array(np.array([[2.0, -1.0]] * 4))}, "negative"),
        ({"transition": sp.csr_array(np.ones((3, 2)) / 2)}, r"shape \[3, 2\]"),
        ({"transition": np.ones((4, 2)) / 2}, "sparse matrix"),
        ({"transition": sp.csr_array(np.array([[np.nan, 1.0]] * 4))}, "non-finite"),
        ({"transition": [sp.csr_array(np.eye(2))]}, "1 matrices"),
        ({"rewards": np.full((1, 2, 2), 1.5)}, r"rewards\[0\]\[0\]\[0\]"),
        ({"rewards": np.zeros((2, 2, 2))}, "rewards: shape"),
        ({"rewards": np.full((1, 2, 2), np.nan)}, "reward in"),
        ({"start": np.array([0.5, 0.4])}, "start"),
        ({"discount": 1.0}, "discount"),
        ({"num_actions": ()}, "num_actions"),
    ],
)
def test_bad_games_are_refused(changed: dict[str, object], message: str) -> None:
    ns.SparseGame(**GOOD)
    with pytest.raises(BadInput, match=message):
        ns.SparseGame(**(GOOD | changed))


def test_bad_policies_players_and_discounts_are_refused() -> None:
    game = ns.SparseGame(**GOOD)
    with pytest.raises(BadInput, match="as_float"):
        ns.nash_gap(game, ProductPolicy([[["1", "0"]] * 2]))
    with pytest.raises(BadInput, match="actions"):
        ns.nash_gap(game, ProductPolicy([[[1.0, 0.0, 0.0]] * 2]))
    with pytest.raises(BadInput, match="player"):
        ns.best_response(game, ns.uniform(game), 1)
    near_one = ns.SparseGame(**(GOOD | {"discount": float(np.nextafter(1, 0))}))
    with pytest.raises(BadInput, match="discount"):
        ns.nash_gap(near_one, ns.uniform(near_one))


def test_a_game_too_large_for_a_table_says_so() -> None:
    size = 3000
    game = ns.SparseGame(
        sp.eye_array(size, format="csr"), np.zeros((1, size, 1)), np.eye(1, size)[0], 0.5, (1,)
    )
    with pytest.raises(BadInput, match="kernel entries"):
        game.to_markov_game()


def test_scipy_loads_only_when_a_game_is_made() -> None:
    code = "import sys, nashgap, nashgap.numeric.sparse; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
