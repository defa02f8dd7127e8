"""The modulus against brute force on grids, and exactly at the jumps of named games."""

import itertools
import random
from fractions import Fraction as F

import numpy as np
import pytest

from nashgap.numeric.delta import best_response_shift
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import catalogue, random_game
from nashgap.numeric.matching import eps_bc_per_player
from nashgap.numeric.modulus import Modulus, modulus
from nashgap.numeric.modulus.region import Region, row_vertices
from nashgap.numeric.modulus.segment import same_beyond
from nashgap.numeric.modulus.simplex import maximise
from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput


def matrix_game(first: list[list[F]], second: list[list[F]]) -> MarkovGame:
    rows, columns = len(first), len(first[0])
    return MarkovGame([[[["1"]] * columns] * rows], [[first], [second]], ["1"], "1/2")


def mixture(rng: random.Random, size: int) -> list[F]:
    weights = [rng.randrange(3) for _ in range(size)]
    weights[rng.randrange(size)] += 1
    return [F(w, sum(weights)) for w in weights]


def random_bimatrix(seed: int, rows: int, columns: int) -> tuple[MarkovGame, ProductPolicy]:
    rng = random.Random(seed)
    tables = [[[F(rng.randrange(-3, 4), 3) for _ in range(columns)] for _ in range(rows)]] * 2
    expert = ProductPolicy([[mixture(rng, rows)], [mixture(rng, columns)]])
    return matrix_game(*tables), expert


def simplex_grid(size: int, parts: int) -> np.ndarray:
    """Integer points of the simplex, summing to `parts`."""
    axes = np.indices((parts + 1,) * (size - 1)).reshape(size - 1, -1).T
    kept = axes[axes.sum(axis=1) <= parts]
    return np.concatenate([kept, parts - kept.sum(axis=1, keepdims=True)], axis=1)


def shifts_on_grid(
    game: MarkovGame, expert: ProductPolicy, player: int, parts: int
) -> tuple[np.ndarray, np.ndarray]:
    """(errors, shifts) in integers over a common denominator at all opponents of the grid."""
    other = 1 - player
    grid = simplex_grid(game.num_actions[other], parts)
    payoff = game.rewards[player][0] if player == 0 else game.rewards[player][0].T
    worth = grid @ np.array([[int(x * 12) for x in row] for row in payoff], dtype=np.int64).T
    best = worth == worth.max(axis=1, keepdims=True)
    mine = np.array([int(x * 840) for x in expert[player][0]], dtype=np.int64)
    home = np.array([int(x * 840) for x in expert[other][0]], dtype=np.int64)
    shift = 2 * (840 - best @ mine)
    error = np.abs(grid * 840 - home * parts).sum(axis=1)
    return error, shift


def check_against_grid(seed: int) -> Modulus:
    rng = random.Random(1000 + seed)
    rows, columns = rng.choice([(2, 2), (3, 2), (2, 3), (3, 3)])
    game, expert = random_bimatrix(seed, rows, columns)
    player = seed % 2
    found = modulus(game, expert, player)
    assert found.is_exact
    width = game.num_actions[1 - player]
    parts = 1680 if width == 2 else 84
    error, shift = shifts_on_grid(game, expert, player, parts)
    scale = 840 * parts
    for value in np.unique(shift):
        nearest = F(int(error[shift >= value].min()), scale)
        if value:
            # Nobody on the grid moves the best response further than the modulus says.
            assert found.lower(nearest) >= F(int(value), 840)
    for step in found.steps:
        least = best_response_shift(game, expert, step.witness, player).value
        assert least is not None
        assert least >= step.value
        assert eps_bc_per_player(game, expert, step.witness)[1 - player] == step.error
        assert step.error <= step.at + F(1, 1000)
        assert eps_bc_per_player(game, expert, step.limit)[1 - player] <= step.at
        if not step.attained:
            # At the place itself the best response has not moved that far yet.
            at_limit = best_response_shift(game, expert, step.limit, player).value
            assert at_limit is not None
            assert at_limit < step.value
        if width == 2:
            # Payoffs are thirds: every piece on which the best response is constant has an end
            # beyond a multiple of 1/12 and the grid is fine enough to fall into it.
            reached = error[shift >= int(step.value * 840)]
            assert reached.size
            assert F(int(reached.min()), scale) - step.at <= F(2, parts)
    return found


@pytest.mark.parametrize("seed", range(24))
def test_modulus_agrees_with_the_grid(seed: int) -> None:
    check_against_grid(seed)


@pytest.mark.slow
def test_modulus_agrees_with_the_grid_on_200_games() -> None:
    found = [check_against_grid(seed) for seed in range(200)]
    assert sum(len(m.steps) > 1 for m in found) > 20


def test_matching_pennies_jumps_at_once() -> None:
    made = catalogue()["matching-pennies"].build()
    found = modulus(made.game, made.expert, 0)
    (step,) = found.steps
    assert (step.at, step.value, step.attained) == (F(0), F(1), False)
    assert (found.radius, found.value(F(0)), found.value(F(1, 10**9))) == (F(0), F(0), F(1))


def test_prisoners_dilemma_never_moves() -> None:
    made = catalogue()["prisoners-dilemma"].build()
    for player in (0, 1):
        found = modulus(made.game, made.expert, player)
        assert (found.steps, found.radius, found.value(F(2))) == ((), F(2), F(0))


@pytest.mark.parametrize(("gamma", "k"), [("9/10", "1/100"), ("1/2", "1/7")])
def test_lemma_2_jumps_where_the_rare_state_turns(gamma: str, k: str) -> None:
    # Player 1 turns s1 from bad to good at probability 1/2: an error of mu(s1) = (1-gamma) k.
    made = catalogue()["lemma-2"].build(gamma=gamma, k=k)
    found = modulus(made.game, made.expert, 0)
    (step,) = found.steps
    assert step.at == step.clear == (1 - F(gamma)) * F(k)
    assert step.value == 2 * (1 - 3 * F(k))
    assert found.is_exact
    assert found.radius == step.at
    assert modulus(made.game, made.expert, 1).radius == 2


def test_w2_is_the_constant_delta() -> None:
    made = catalogue()["w2"].build()
    found = modulus(made.game, made.expert, 0)
    assert found.is_exact
    assert [found.value(F(eps)) for eps in ("0", "1/20", "2")] == [made.expected["delta"]] * 3
    assert found.steps[0].attained


def test_w3_moves_although_nothing_seen_changes() -> None:
    made = catalogue()["w3"].build()
    found = modulus(made.game, made.expert, 0)
    assert found.value(F(0)) == 2
    assert (found.radius, found.radius_bounds) == (None, (F(0), F(0)))


def grid_of_learners(
    game: MarkovGame, expert: ProductPolicy, player: int, parts: int
) -> list[tuple[F, F]]:
    """(error, shift) for all opponents with two actions whose probabilities are on a grid."""
    other = 1 - player
    found = []
    for places in itertools.product(range(parts + 1), repeat=game.num_states):
        table = [[F(k, parts), 1 - F(k, parts)] for k in places]
        profile = expert.replace(other, table)
        error = F(eps_bc_per_player(game, expert, profile)[other])
        shift = best_response_shift(game, expert, profile, player).value
        assert shift is not None
        found.append((error, F(shift)))
    return found


def check_markov(seed: int, parts: int) -> Modulus:
    states = 2
    made = random_game(seed, states=states, discount="1/2")
    player = seed % 2
    found = modulus(made.game, made.expert, player, nodes=20)
    for error, shift in grid_of_learners(made.game, made.expert, player, parts):
        assert shift <= found.upper(error)
        # The steps from below miss nothing that the grid sees, up to its resolution.
        assert shift <= found.lower(error + F(1, parts))
    for step in found.steps:
        least = best_response_shift(made.game, made.expert, step.witness, player).value
        assert least is not None
        assert least >= step.value
        assert eps_bc_per_player(made.game, made.expert, step.witness)[1 - player] == step.error
        assert step.at <= step.error
        if step.clear is None:
            continue
        assert step.clear <= step.at
        assert step.attained or found.upper(step.clear) < step.value
    return found


@pytest.mark.parametrize("seed", range(8))
def test_markov_bounds_hold_on_the_grid(seed: int) -> None:
    check_markov(seed, 6)


@pytest.mark.slow
def test_markov_bounds_hold_on_the_grid_for_many_games() -> None:
    found = [check_markov(seed, 12) for seed in range(60)]
    assert sum(m.is_exact for m in found) > 20


def test_three_players_with_one_state_get_bounds() -> None:
    rng = random.Random(5)
    table = np.empty((3, 1, 2, 2, 2), dtype=object)
    for place in np.ndindex(*table.shape):
        table[place] = F(rng.randrange(-2, 3), 2)
    game = MarkovGame(np.full((1, 2, 2, 2, 1), F(1)), table, ["1"], "1/2")
    expert = ProductPolicy.pure([[0], [0], [0]], (2, 2, 2))
    found = modulus(game, expert, 0)
    assert found.lower(F(2)) <= found.upper(F(2))
    for p, q in itertools.product(range(5), repeat=2):
        profile = ProductPolicy([expert[0], [[1 - F(p, 4), F(p, 4)]], [[1 - F(q, 4), F(q, 4)]]])
        shift = best_response_shift(game, expert, profile, 0).value
        error = max(F(p, 2), F(q, 2))
        assert shift is not None
        assert shift <= found.upper(error)


def test_row_vertices_span_the_cut_ball() -> None:
    # Every grid point of the set is in the hull: no linear objective is larger there.
    rng = random.Random(3)
    for _ in range(30):
        e = tuple(mixture(rng, 3))
        low, high = (F(0), F(rng.randrange(2), 6), F(0)), (F(1), F(1), F(rng.randrange(3, 7), 6))
        reach = F(rng.randrange(1, 13), 6)
        found = row_vertices(e, low, high, reach)
        grid = simplex_grid(3, 60)
        home, least, most = (np.array([int(x * 60) for x in row]) for row in (e, low, high))
        kept = (grid >= least).all(axis=1) & (grid <= most).all(axis=1)
        inside = grid[kept & (np.abs(grid - home).sum(axis=1) <= int(reach * 60))]
        for p in found:
            assert sum(p) == 1
            assert sum(abs(x - y) for x, y in zip(p, e, strict=True)) <= reach
        for _ in range(10):
            c = np.array([rng.randrange(-5, 6) for _ in range(3)])
            ends = max(
                (sum(int(a) * x for a, x in zip(c, p, strict=True)) for p in found), default=-99
            )
            assert int((inside @ c).max(initial=-6000)) <= ends * 60


def test_a_cut_away_from_the_expert_costs_the_other_rows() -> None:
    made = random_game(1, states=2, discount="1/2")
    whole = Region.around(made.game, made.expert, [F(1, 10)] * 2)
    e = made.expert[0][0, 0]
    lower, upper = whole.halves(0, 0, 0, min(e + F(1, 50), F(1)))
    assert upper.apart[0][0] == 2 * max(F(0), upper.low[0][0][0] - e)
    assert upper.reach(0, 1) <= whole.reach(0, 1)
    assert lower.apart[0][0] == 0


def test_simplex_against_scipy() -> None:
    from scipy.optimize import linprog

    rng = random.Random(2)
    for _ in range(60):
        m, k = rng.randrange(1, 5), rng.randrange(1, 6)
        rows = [[F(rng.randrange(-3, 5)) for _ in range(m)] for _ in range(k)] + [[F(1)] * m]
        bounds = [F(rng.randrange(-2, 6)) for _ in range(k)] + [F(10)]
        costs = [F(rng.randrange(-4, 5)) for _ in range(m)]
        found = maximise(costs, rows, bounds)
        peer = linprog(
            [-float(c) for c in costs],
            A_ub=[[float(x) for x in row] for row in rows],
            b_ub=[float(b) for b in bounds],
        )
        assert (found is None) == (peer.status == 2)
        if found is not None:
            value, point = found
            assert abs(float(value) + peer.fun) < 1e-9
            assert all(
                sum(a * x for a, x in zip(row, point, strict=True)) <= b
                for row, b in zip(rows, bounds, strict=True)
            )


def test_beyond_needs_the_same_actions() -> None:
    # Seen from the expert itself, who is not at a jump, Lemma 2's learner is not "just beyond".
    made = catalogue()["lemma-2"].build()
    assert not same_beyond(made.game, 0, made.expert, made.learner)


def test_misuse_is_refused() -> None:
    made = catalogue()["matching-pennies"].build()
    with pytest.raises(BadInput, match="floats"):
        modulus(made.game.as_float(), made.expert.as_float(), 0)
    with pytest.raises(BadInput, match="player"):
        modulus(made.game, made.expert, 2)
    with pytest.raises(BadInput, match="beyond"):
        modulus(made.game, made.expert, 0, beyond=F(0))
