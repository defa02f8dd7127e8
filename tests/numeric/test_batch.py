"""The batch kernel against the exact numbers, on every array library at hand."""

import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from types import ModuleType
from typing import Any

import array_api_strict
import numpy as np
import pytest

import nashgap.numeric.batch as nb
from nashgap.numeric.batch import arrays
from nashgap.numeric.best_response import best_response
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import gaps
from nashgap.numeric.matching import eps_bc_per_player, eps_mu, eps_rho
from nashgap.numeric.occupancy import occupancy
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import state_values, value
from nashgap.theory.errors import BadInput

CLOSE = 1e-9
SHAPES = [
    (1, (1,)),
    (1, (2, 3)),
    (2, (3,)),
    (3, (2, 2)),
    (2, (1, 3)),
    (4, (3, 2)),
    (2, (2, 2, 2)),
    (2, (2, 1, 3)),
    (2, (2, 2, 2, 2)),
]
DISCOUNTS = ["0", "1/2", "9/10", "99/100"]


@pytest.fixture(params=["numpy", "array_api_strict", "torch"])
def xp(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "torch":
        pytest.importorskip("torch", reason="torch is not installed")
        yield __import__("array_api_compat.torch", fromlist=["torch"])
    elif request.param == "array_api_strict":
        with array_api_strict.ArrayAPIStrictFlags(api_version="2024.12"):
            yield array_api_strict
    else:
        yield np


def distribution(rng: np.random.Generator, size: int) -> list[Fraction]:
    weights = rng.integers(0, 5, size)
    weights[rng.integers(size)] += 1
    return [Fraction(int(w), int(weights.sum())) for w in weights]


def rows(rng: np.random.Generator, shape: tuple[int, ...], size: int) -> Any:
    if not shape:
        return distribution(rng, size)
    return [rows(rng, shape[1:], size) for _ in range(shape[0])]


def draw(
    rng: np.random.Generator, states: int, counts: tuple[int, ...], gamma: str
) -> tuple[MarkovGame, ProductPolicy, ProductPolicy]:
    """An exact game with ties and zeros, an expert and a learner."""
    rewards = np.vectorize(lambda k: Fraction(int(k), 3), otypes=[object])(
        rng.integers(-3, 4, (len(counts), states, *counts))
    )
    game = MarkovGame(
        rows(rng, (states, *counts), states), rewards.tolist(), distribution(rng, states), gamma
    )
    expert, learner = (
        ProductPolicy([rows(rng, (states,), count) for count in counts]) for _ in range(2)
    )
    return game, expert, learner


def batch(
    drawn: list[tuple[MarkovGame, ProductPolicy, ProductPolicy]], xp: ModuleType
) -> tuple[nb.GameBatch, nb.PolicyBatch, nb.PolicyBatch]:
    games, experts, learners = zip(*drawn, strict=True)
    return (
        nb.GameBatch.of(games, xp=xp),
        nb.PolicyBatch.of(experts, xp=xp),
        nb.PolicyBatch.of(learners, xp=xp),
    )


def agree(found: Any, expected: list[Any]) -> None:
    """Compares an array [..., B] with one exact array, or number, for each game."""
    wanted = np.stack([np.asarray(x, dtype=float) for x in expected], axis=-1)
    given = np.asarray(getattr(found, "_array", found))
    assert given.shape == wanted.shape
    assert np.abs(given - wanted).max(initial=0) < CLOSE


@pytest.mark.parametrize("gamma", DISCOUNTS)
@pytest.mark.parametrize(("states", "counts"), SHAPES)
def test_every_number_agrees_with_the_exact_one(
    xp: Any, states: int, counts: tuple[int, ...], gamma: str
) -> None:
    rng = np.random.default_rng([states, *counts])
    drawn = [draw(rng, states, counts, gamma) for _ in range(3)]
    games, expert, learner = batch(drawn, xp)
    agree(nb.batch_values(games, learner), [value(g, p) for g, _, p in drawn])
    agree(nb.batch_state_values(games, learner), [state_values(g, p) for g, _, p in drawn])
    mu, rho = nb.batch_occupancies(games, learner)
    agree(mu, [occupancy(g, p)[0] for g, _, p in drawn])
    agree(rho, [occupancy(g, p)[1] for g, _, p in drawn])
    agree(nb.batch_gaps(games, learner), [gaps(g, p) for g, _, p in drawn])
    agree(nb.batch_nash_gaps(games, learner), [max(gaps(g, p)) for g, _, p in drawn])
    best = [[best_response(g, p, i) for i in range(len(counts))] for g, _, p in drawn]
    agree(nb.batch_best_response_values(games, learner), [[r.value for r in x] for x in best])
    agree(
        nb.batch_best_response_state_values(games, learner),
        [np.array([r.state_values for r in x], dtype=float) for x in best],
    )
    per_player = [eps_bc_per_player(*x) for x in drawn]
    agree(nb.batch_eps_bc_per_player(games, expert, learner), per_player)
    agree(nb.batch_eps_bc(games, expert, learner), [max(errors) for errors in per_player])
    agree(nb.batch_eps_mu(games, expert, learner), [eps_mu(*x) for x in drawn])
    agree(nb.batch_eps_rho(games, expert, learner), [eps_rho(*x) for x in drawn])


def test_chunks_and_pools_leave_every_game_in_its_place(
    xp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(5)
    drawn = [draw(rng, 4, (3, 2), DISCOUNTS[k % 4]) for k in range(40)]
    games, expert, learner = batch(drawn, xp)
    whole = nb.batch_gaps(games, learner), nb.batch_eps_rho(games, expert, learner)
    monkeypatch.setattr(arrays, "IN_CACHE", 1)
    monkeypatch.setattr(arrays, "SHORTEST", 7)
    assert len(list(arrays.chunks(games))) == 6
    agree(nb.batch_gaps(games, learner), [gaps(g, p) for g, _, p in drawn])
    for found, before in zip(
        (nb.batch_gaps(games, learner), nb.batch_eps_rho(games, expert, learner)),
        whole,
        strict=True,
    ):
        assert float(xp.max(xp.abs(found - before))) < CLOSE


def test_best_responses_are_pure_and_attain_the_value(xp: Any) -> None:
    rng = np.random.default_rng(6)
    drawn = [draw(rng, 3, (2, 3), "9/10") for _ in range(20)]
    games, _, learner = batch(drawn, xp)
    found = nb.batch_best_responses(games, learner)
    best = nb.batch_best_response_values(games, learner)
    for i in range(2):
        tables = list(learner)
        tables[i] = found[i]
        assert bool(xp.all((found[i] == 0) | (found[i] == 1)))
        deviating = nb.batch_values(games, nb.PolicyBatch(tuple(tables)))
        assert float(xp.max(xp.abs(deviating[i, ...] - best[i, ...]))) < CLOSE


@pytest.mark.parametrize("size", [0, 1])
def test_no_game_and_one_game(xp: Any, size: int) -> None:
    games = nb.GameBatch(
        xp.full((2, 2, 1, 2, size), 0.5, dtype=xp.float64),
        xp.ones((2, 2, 2, 1, size), dtype=xp.float64),
        xp.full((2, size), 0.5, dtype=xp.float64),
        0.75,
    )
    policies = nb.PolicyBatch(
        (xp.full((2, 2, size), 0.5, dtype=xp.float64), xp.ones((2, 1, size), dtype=xp.float64))
    )
    assert tuple(nb.batch_gaps(games, policies).shape) == (2, size)
    assert tuple(nb.batch_occupancies(games, policies)[1].shape) == (2, 2, 1, size)
    assert tuple(nb.batch_best_responses(games, policies)[0].shape) == (2, 2, size)
    assert bool(xp.all(xp.abs(nb.batch_values(games, policies) - 4) < CLOSE))
    assert bool(xp.all(nb.batch_nash_gaps(games, policies) < CLOSE))
    for error in (nb.batch_eps_bc, nb.batch_eps_mu, nb.batch_eps_rho):
        assert bool(xp.all(error(games, policies, policies) == xp.zeros(size, dtype=xp.float64)))


def test_ties_end_at_once_and_the_first_action_is_named(xp: Any) -> None:
    # Every action is equal: a switch on rounding alone would go round and round.
    games = nb.GameBatch(
        xp.full((3, 4, 4, 3, 50), 1 / 3, dtype=xp.float64),
        xp.full((2, 3, 4, 4, 50), 0.1, dtype=xp.float64),
        xp.full((3, 50), 1 / 3, dtype=xp.float64),
        0.99,
    )
    policies = nb.PolicyBatch((xp.full((3, 4, 50), 0.25, dtype=xp.float64),) * 2)
    assert float(xp.max(nb.batch_nash_gaps(games, policies))) < CLOSE
    first = nb.batch_best_responses(games, policies)[0]
    assert bool(xp.all(first[:, 0, :] == 1))


def test_discount_for_each_game(xp: Any) -> None:
    rng = np.random.default_rng(7)
    drawn = [draw(rng, 2, (2, 2), gamma) for gamma in DISCOUNTS]
    games, _, learner = batch(drawn, xp)
    agree(games.discount, [Fraction(gamma) for gamma in DISCOUNTS])
    agree(nb.batch_gaps(games, learner), [gaps(g, p) for g, _, p in drawn])


def test_single_precision_keeps_its_dtype(xp: Any) -> None:
    rng = np.random.default_rng(8)
    drawn = [draw(rng, 3, (2, 2), "9/10") for _ in range(10)]
    games = nb.GameBatch.of([g for g, _, _ in drawn], xp=xp, dtype=xp.float32)
    learner = nb.PolicyBatch.of([p for _, _, p in drawn], xp=xp, dtype=xp.float32)
    found = nb.batch_gaps(games, learner)
    assert found.dtype == xp.float32
    wanted = nb.batch_gaps(*batch(drawn, xp)[::2])
    assert float(xp.max(xp.abs(xp.astype(found, xp.float64) - wanted))) < 1e-3


def test_gaps_are_never_negative_at_equilibrium(xp: Any) -> None:
    rng = np.random.default_rng(9)
    drawn = [draw(rng, 3, (2, 2), "99/100") for _ in range(30)]
    games, _, learner = batch(drawn, xp)
    tables = list(learner)
    tables[0] = nb.batch_best_responses(games, learner)[0]
    found = nb.batch_gaps(games, nb.PolicyBatch(tuple(tables)))
    assert bool(xp.all(found >= 0))
    assert float(xp.max(found[0, ...])) < CLOSE


def arrays_of(change: str = "", value: Any = None) -> tuple[Any, ...]:
    """Arrays of two good games, one of them changed."""
    good = {
        "transition": np.full((2, 2, 2, 2), 0.5),
        "rewards": np.zeros((1, 2, 2, 2)),
        "start": np.full((2, 2), 0.5),
        "discount": np.array([0.5, 0.9]),
    }
    if change:
        good[change] = value
    return tuple(good.values())


@pytest.mark.parametrize(
    ("change", "value", "message"),
    [
        ("transition", [[0.5]], "transition: given a list"),
        ("transition", np.ones((2, 2, 2, 2), dtype=int), "transition: dtype int64"),
        ("transition", np.full((2, 2, 3, 2), 0.5), "transition: shape"),
        ("transition", np.full((2, 2, 2, 2), 0.6), "transition: game 0 has others"),
        ("transition", np.full((2, 2, 2, 2), np.nan), "transition: game 0 has others"),
        ("rewards", np.zeros((2, 2, 2, 2)), "rewards: shape"),
        ("rewards", np.array([[[[0, 0], [0, 1.5]]] * 2]).reshape(1, 2, 2, 2), "rewards: game 1"),
        ("start", np.full((2, 2), 0.5, dtype=np.float32), "start: dtype float32"),
        ("start", array_api_strict.ones((2, 2)), "start: an array of array_api_strict"),
        ("discount", np.array([0.5, 1.0]), "discount: game 1 has others"),
        ("discount", 1.0, "discount: game 0 has others"),
    ],
)
def test_what_is_wrong_is_named(change: str, value: Any, message: str) -> None:
    assert nb.GameBatch(*arrays_of()).size == 2
    with pytest.raises(BadInput, match=message):
        nb.GameBatch(*arrays_of(change, value))


def test_policies_that_do_not_fit_are_named() -> None:
    games = nb.GameBatch(*arrays_of())
    good = np.full((2, 2, 2), 0.5)
    assert nb.PolicyBatch((good,)).size == 2
    for tables, message in (
        ((), "no table"),
        ((good[0],), r"policies\[0\]: shape"),
        ((good, np.full((3, 2, 2), 0.5)), r"policies\[1\]: shape"),
        ((good * 0.9,), r"policies\[0\]: game 0 has others"),
    ):
        with pytest.raises(BadInput, match=message):
            nb.PolicyBatch(tables)
    for tables, message in (
        ((good, good), "2 players"),
        ((np.full((2, 4, 2), 0.25),), r"policies\[0\]: shape"),
        ((good[..., :1],), r"policies\[0\]: shape"),
    ):
        with pytest.raises(BadInput, match=message):
            nb.batch_gaps(games, nb.PolicyBatch(tables))


def test_lists_of_games_and_policies_must_be_alike() -> None:
    rng = np.random.default_rng(10)
    first, second = draw(rng, 2, (2,), "1/2"), draw(rng, 3, (2,), "1/2")
    with pytest.raises(BadInput, match="empty list"):
        nb.GameBatch.of([])
    with pytest.raises(BadInput, match="empty list"):
        nb.PolicyBatch.of([])
    with pytest.raises(BadInput, match=r"games\[1\]"):
        nb.GameBatch.of([first[0], second[0]])
    with pytest.raises(BadInput, match="2 shapes"):
        nb.PolicyBatch.of([first[1], second[1]])


def test_starting_the_package_does_not_import_the_array_library() -> None:
    code = "import sys, nashgap; sys.exit('array_api_compat' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
