"""Equilibria: gaps recomputed, every equilibrium of small games, known games and known answers."""

from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np
import pytest

import nashgap.numeric.equilibria as eq
import nashgap.numeric.sparse as ns
from nashgap.numeric.equilibria.logit import LogitPath
from nashgap.numeric.equilibria.smooth import FloatGame
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.grids import collisions, soccer, tag
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import q_values, value
from nashgap.theory.errors import BadInput

BILLIONTH = Fraction(1, 10**9)


def rational(numbers: np.ndarray, below: Any) -> np.ndarray:
    out = np.empty(numbers.shape, dtype=object)
    share = np.broadcast_to(below, numbers.shape)
    out.ravel()[:] = [
        Fraction(int(x), int(d)) for x, d in zip(numbers.ravel(), share.ravel(), strict=True)
    ]
    return out


def random_game(
    seed: int, states: int, counts: tuple[int, ...], gamma: str = "9/10", kind: str = "general"
) -> MarkovGame:
    random = np.random.default_rng(seed)
    weights = random.integers(1, 100, size=(states, *counts, states))
    paid = random.integers(-100, 101, size=(len(counts), states, *counts))
    if kind == "zero-sum":
        paid[1] = -paid[0]
    if kind == "team":
        paid[1:] = paid[0]
    kernel = rational(weights, weights.sum(axis=-1, keepdims=True))
    return MarkovGame(kernel, rational(paid, 100), [Fraction(1, states)] * states, gamma)


def one_shot(first: object, second: object) -> MarkovGame:
    first, second = np.array(first, dtype=object), np.array(second, dtype=object)
    kernel = np.full((1, *first.shape, 1), Fraction(1), dtype=object)
    return MarkovGame(kernel, [[first.tolist()], [second.tolist()]], ["1"], 0)


# Bimatrix games


def draw(seed: int, shape: tuple[int, int], few: bool) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    top = 3 if few else 50
    return random.integers(-top, top + 1, shape), random.integers(-top, top + 1, shape)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("few", [False, True])
def test_bimatrix_equilibria_are_those_of_gambit(seed: int, few: bool) -> None:
    # Payoffs among few numbers make degenerate games, where counting supports goes wrong.
    gambit = pytest.importorskip("pygambit", reason="pygambit is not installed: the extra games")
    shape = [(2, 2), (3, 3), (2, 4), (4, 3)][seed % 4]
    first, second = draw(seed, shape, few)
    game = gambit.Game.from_arrays(first, second)
    solved = gambit.nash.enummixed_solve(game, rational=True).equilibria
    wanted = set()
    for profile in solved:
        mixtures = [
            tuple(Fraction(str(profile[player][s])) for s in player.strategies)
            for player in game.players
        ]
        wanted.add(tuple(mixtures))
    found = eq.bimatrix_equilibria(first.tolist(), second.tolist())
    assert len(found) == len(set(found))
    assert set(found) == wanted


@pytest.mark.parametrize("seed", range(6))
def test_every_bimatrix_equilibrium_has_gap_nought(seed: int) -> None:
    first, second = draw(seed, (3, 4), few=seed % 2 == 0)
    scale = Fraction(1, 50)
    game = one_shot(first * scale, second * scale)
    found = eq.bimatrix_equilibria(first.tolist(), second.tolist())
    assert found
    for x, y in found:
        assert nash_gap(game, ProductPolicy([[list(x)], [list(y)]])) == 0


def test_bimatrix_games_must_be_exact_and_of_one_shape() -> None:
    with pytest.raises(BadInput, match="floats"):
        eq.bimatrix_equilibria([[0.5]], [[0.5]])
    with pytest.raises(BadInput, match="same shape"):
        eq.bimatrix_equilibria([[1]], [[1, 2]])
    with pytest.raises(BadInput, match="supports"):
        eq.bimatrix_equilibria([[0] * 12] * 12, [[0] * 12] * 12)


# Matrix games and zero-sum Markov games


@pytest.mark.parametrize("shape", [(1, 1), (2, 5), (5, 2), (6, 6)])
def test_matrix_games_are_saddle_points(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(3)
    payoffs = np.concatenate(
        [
            random.normal(size=(50, *shape)),
            random.integers(0, 2, size=(50, *shape)).astype(float),
            np.zeros((1, *shape)),
        ]
    )
    found = eq.solve_matrix_games(payoffs)
    secured = (found.rows[:, None, :] @ payoffs).min(axis=(1, 2))
    allowed = (payoffs @ found.columns[:, :, None]).max(axis=(1, 2))
    assert np.abs(secured - found.values).max() < 1e-9
    assert np.abs(allowed - found.values).max() < 1e-9


@pytest.mark.parametrize("seed", range(8))
def test_zero_sum_markov_games(seed: int) -> None:
    game = random_game(seed, 4, (3, 2), kind="zero-sum")
    found = eq.zero_sum(game)
    assert found.gap == nash_gap(game, found.policy)
    assert found.gap < BILLIONTH
    # Of two equilibria of a zero-sum game the values agree.
    other = eq.general_sum(game)
    apart = abs(value(game, found.policy)[0] - value(game, other.policy)[0])
    assert apart <= found.gap + other.gap


def test_a_rational_zero_sum_equilibrium_is_found_exactly() -> None:
    # One mixing state with large fractions: value of the stage game is rational.
    game = one_shot(
        [[Fraction(1, 7), Fraction(-3, 11)], [Fraction(-5, 13), Fraction(2, 17)]],
        [[Fraction(-1, 7), Fraction(3, 11)], [Fraction(5, 13), Fraction(-2, 17)]],
    )
    found = eq.zero_sum(game)
    assert found.exact
    a, b, c, d = (Fraction(x) for x in game.rewards[0].ravel())
    assert found.policy[0][0, 0] == (d - c) / (a - b - c + d)


def test_fractions_too_large_to_guess_are_reconstructed() -> None:
    # Stone, scissors, paper with payoffs that nobody guesses.
    paid = [
        [Fraction(x, 10**9) for x in row]
        for row in (
            [12_345_677, 512_345_683, -498_765_431],
            [-587_654_323, 3, 601_234_567],
            [712_345_679, -654_321_007, -98_765_433],
        )
    ]
    game = one_shot(paid, [[-x for x in row] for row in paid])
    assert not eq.zero_sum(game, exact=False).exact
    found = eq.zero_sum(game)
    assert found.exact
    assert found.method.endswith("exact fractions")


def test_soccer_is_fair_and_solved() -> None:
    found = eq.zero_sum_sparse(soccer().sparse)
    assert found.gap.upper < 1e-8
    assert 0 in ns.value(soccer().sparse, found.policy)[0]


def test_tag_in_a_corridor_with_a_dead_end_is_solved() -> None:
    game = tag(3, 3, walls=[(1, 1)], slip="1/10")
    found = eq.zero_sum_sparse(game.sparse)
    assert found.gap.upper < 1e-8
    [caught, _] = ns.value(game.sparse, found.policy)
    assert 0 < caught.lower < 20


def test_zero_sum_needs_two_players_and_opposite_rewards() -> None:
    with pytest.raises(BadInput, match="two"):
        eq.zero_sum(random_game(0, 2, (2, 2, 2)))
    with pytest.raises(BadInput, match="sum to 0"):
        eq.zero_sum(random_game(0, 2, (2, 2)))
    with pytest.raises(BadInput, match="as_exact"):
        eq.zero_sum(random_game(0, 2, (2, 2), kind="zero-sum").as_float())


# Teams and best responses in turn


@pytest.mark.parametrize("counts", [(2, 3), (2, 2, 2)])
def test_a_team_optimum_beats_every_pure_profile(counts: tuple[int, ...]) -> None:
    game = random_game(1, 2, counts, kind="team")
    found = eq.team(game)
    assert found.exact
    best = value(game, found.policy)[0]
    for plays in product(*(product(range(k), repeat=2) for k in counts)):
        assert value(game, ProductPolicy.pure(plays, counts))[0] <= best
    with pytest.raises(BadInput, match="rewards"):
        eq.team(random_game(1, 2, counts))


def test_two_walkers_find_a_way_past_each_other() -> None:
    game = collisions()
    found = eq.best_responses_in_turn(game.sparse, seed=1)
    assert found.gap.upper < 1e-8
    # The floats hold a pure profile, so the same is an exact equilibrium of the exact game.
    assert nash_gap(game.exact, found.policy.as_exact()) == 0


# General-sum


@pytest.mark.parametrize(
    ("states", "counts", "gamma", "games"),
    [
        (5, (2, 2), "9/10", 15),
        (2, (2, 2, 2), "1/2", 5),
        (3, (3, 2), "99/100", 5),
        (1, (4, 4), "0", 5),
    ],
)
def test_a_stationary_equilibrium_is_found(
    states: int, counts: tuple[int, ...], gamma: str, games: int
) -> None:
    for seed in range(games):
        game = random_game(seed, states, counts, gamma)
        found = eq.general_sum(game)
        assert found.gap == nash_gap(game, found.policy)
        assert found.gap <= BILLIONTH, seed
        assert found.exact == (found.gap == 0)


def test_one_shot_games_give_one_of_all_equilibria() -> None:
    for seed in range(8):
        first, second = draw(100 + seed, (3, 3), few=False)
        scale = Fraction(1, 50)
        found = eq.general_sum(one_shot(first * scale, second * scale), exact=True)
        assert found.exact
        x, y = (tuple(t[0].tolist()) for t in found.policy)
        assert (x, y) in eq.bimatrix_equilibria(first.tolist(), second.tolist())


def test_a_hopeless_budget_still_tells_the_truth() -> None:
    game = random_game(4, 5, (2, 2))
    found = eq.general_sum(game, accuracy=Fraction(-1), paths=1)
    assert found.gap == nash_gap(game, found.policy)


def test_the_derivatives_are_right() -> None:
    near = FloatGame(random_game(2, 3, (2, 3, 2)))
    path = LogitPath(near, seed=3)
    point = np.random.default_rng(0).normal(size=len(path.free) + 1)
    _, jacobian = path.equations(point)
    for k, unit in enumerate(np.eye(len(point))):
        ahead, behind = (path.equations(point + h * unit)[0] for h in (1e-6, -1e-6))
        assert np.abs((ahead - behind) / 2e-6 - jacobian[:, k]).max() < 1e-7


# Quantal response


@pytest.mark.parametrize("temperature", ["10", "1", "1/5", "1/50"])
def test_quantal_response_is_a_fixed_point(temperature: str) -> None:
    game = random_game(3, 4, (2, 3))
    found = eq.quantal_response(game, temperature)
    assert found is not None
    assert found.gap == nash_gap(game, found.policy)
    for i, table in enumerate(found.policy):
        q = np.array(q_values(game, found.policy, i).astype(float)) / float(Fraction(temperature))
        soft = np.exp(q - q.max(axis=1, keepdims=True))
        soft /= soft.sum(axis=1, keepdims=True)
        assert np.abs(soft - table.astype(float)).max() < 1e-8


def test_quantal_responses_tend_to_equilibrium() -> None:
    game = random_game(3, 4, (2, 3))
    found = [eq.quantal_response(game, t) for t in ("1", "1/10", "1/1000")]
    gaps = [response.gap for response in found if response is not None]
    assert len(gaps) == 3
    assert gaps[0] > gaps[2]
    assert gaps[2] < Fraction(1, 50)
    with pytest.raises(BadInput, match="temperature"):
        eq.quantal_response(game, 0)


# Finite horizon


@pytest.mark.parametrize("horizon", [1, 3])
@pytest.mark.parametrize("counts", [(2, 2), (3, 2)])
def test_finite_horizon_is_an_equilibrium_of_the_unrolled_game(
    counts: tuple[int, ...], horizon: int
) -> None:
    game = random_game(6, 3, counts)
    found = eq.finite_horizon(game, horizon)
    assert found.exact
    unrolled, policy = unroll(game, found.policies)
    assert nash_gap(unrolled, policy) == 0
    assert tuple(value(unrolled, policy)) == found.values


def unroll(
    game: MarkovGame, policies: tuple[ProductPolicy, ...]
) -> tuple[MarkovGame, ProductPolicy]:
    """The same game with time in the state and an end without pay."""
    horizon, size, counts = len(policies), game.num_states, game.num_actions
    total = horizon * size + 1
    kernel = np.full((total, *counts, total), Fraction(0), dtype=object)
    paid = np.full((game.players, total, *counts), Fraction(0), dtype=object)
    kernel[-1, ..., -1] = Fraction(1)
    for t in range(horizon):
        here = slice(t * size, (t + 1) * size)
        paid[:, here] = game.rewards
        if t + 1 < horizon:
            kernel[here, ..., (t + 1) * size : (t + 2) * size] = game.transition
        else:
            kernel[here, ..., -1] = Fraction(1)
    start = [*game.start.tolist(), *[0] * (total - size)]
    last = [[1] + [0] * (k - 1) for k in counts]
    tables = [
        np.concatenate([*[p[i] for p in policies], np.array([[Fraction(x) for x in last[i]]])])
        for i in range(game.players)
    ]
    return MarkovGame(kernel, paid, start, game.discount), ProductPolicy(tables)


def test_three_players_have_a_small_certified_gap() -> None:
    found = eq.finite_horizon(random_game(2, 2, (2, 2, 2)), 2)
    assert 0 <= found.gap <= BILLIONTH
    with pytest.raises(BadInput, match="horizon"):
        eq.finite_horizon(random_game(2, 2, (2, 2)), 0)
