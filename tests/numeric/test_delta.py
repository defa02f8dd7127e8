"""The learner's delta against two brute forces that share nothing with the branch and bound."""

import itertools
import random
from collections.abc import Iterator
from fractions import Fraction as F

import numpy as np
import pytest

from nashgap.numeric.delta import _Problem, best_response_shift, delta
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.value import state_values, value
from nashgap.theory.model import Number


def distribution(rng: random.Random, size: int, pure: float) -> list[F]:
    if rng.random() < pure:
        chosen = rng.randrange(size)
        return [F(int(k == chosen)) for k in range(size)]
    weights = [rng.randrange(3) for _ in range(size)]
    weights[rng.randrange(size)] += 1
    return [F(w, sum(weights)) for w in weights]


def random_case(seed: int, states: int) -> tuple[MarkovGame, ProductPolicy, ProductPolicy]:
    """Player 0's optimal actions are a random set at each state, whatever the others do.

    With a potential V, the reward V(s) - gamma P V - penalty(s, a_0) makes the actions without a
    penalty optimal, and V the optimal values.
    """
    rng = random.Random(seed)
    counts = rng.choice([(2,), (3,), (2, 2), (3, 2)])
    gamma = rng.choice([F(0), F(1, 2), F(9, 10)])
    potential = [F(rng.randrange(-2, 3), 8) for _ in range(states)]
    kernel = np.empty((states, *counts, states), dtype=object)
    rewards = np.full((len(counts), states, *counts), F(0))
    for state in range(states):
        optimal = rng.sample(range(counts[0]), rng.randrange(1, counts[0] + 1))
        for joint in np.ndindex(*counts):
            row = distribution(rng, states, 0.9)
            ahead = sum((p * v for p, v in zip(row, potential, strict=True)), F(0))
            penalty = F(0) if joint[0] in optimal else F(1, 4)
            kernel[(state, *joint)] = row
            rewards[(0, state, *joint)] = potential[state] - gamma * ahead - penalty
    game = MarkovGame(kernel, rewards, distribution(rng, states, 0.8), gamma)
    expert, learner = (
        ProductPolicy([[distribution(rng, k, 0.4) for _ in range(states)] for k in counts])
        for _ in range(2)
    )
    return game, expert, learner


def deviations(game: MarkovGame) -> list[tuple[int, ...]]:
    return list(itertools.product(range(game.num_actions[0]), repeat=game.num_states))


def table(actions: tuple[int, ...], count: int) -> list[list[int]]:
    return [[int(a == k) for k in range(count)] for a in actions]


def optimal_actions(game: MarkovGame, learner: ProductPolicy) -> list[set[int]]:
    """From the values of all pure deviations, without policy iteration."""
    count = game.num_actions[0]
    values = {
        b: state_values(game, learner.replace(0, table(b, count)))[0] for b in deviations(game)
    }
    best = [max(v[s] for v in values.values()) for s in range(game.num_states)]
    found: list[set[int]] = [set() for _ in best]
    for b, v in values.items():
        if list(v) == best:
            for s, a in enumerate(b):
                found[s].add(a)
    return found


def successors(game: MarkovGame, learner: ProductPolicy, state: int, action: int) -> set[int]:
    if game.discount == 0:
        return set()
    reached: set[int] = set()
    for others in itertools.product(*(range(k) for k in game.num_actions[1:])):
        if all(learner[j + 1][state, a] > 0 for j, a in enumerate(others)):
            reached |= set(np.flatnonzero(game.transition[(state, action, *others)] > 0).tolist())
    return reached


def expert_occupancy(game: MarkovGame, expert: ProductPolicy) -> list[F]:
    """As values of indicator rewards, normalised."""
    found = []
    for state in range(game.num_states):
        indicator = np.full(game.rewards.shape, F(0))
        indicator[:, state] = F(1)
        changed = MarkovGame(game.transition, indicator, game.start, game.discount)
        found.append((1 - game.discount) * value(changed, expert)[0])
    return found


def least_over_sets(game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy) -> F:
    optimal, mu = optimal_actions(game, learner), expert_occupancy(game, expert)
    start = {s for s in range(game.num_states) if game.start[s] > 0}
    best = F(3)
    for picks in itertools.product([0, 1], repeat=game.num_states):
        chosen = {s for s, p in enumerate(picks) if p}
        if not start <= chosen:
            continue
        allowed = {
            s: [a for a in optimal[s] if successors(game, learner, s, a) <= chosen] for s in chosen
        }
        if all(allowed.values()):
            cost = sum(
                (2 * mu[s] * (1 - sum(expert[0][s, a] for a in allowed[s])) for s in chosen), F(0)
            )
            best = min(best, cost)
    return best


def supports(game: MarkovGame) -> Iterator[tuple[tuple[int, ...], ...]]:
    actions = range(game.num_actions[0])
    subsets = [
        c for size in range(1, len(actions) + 1) for c in itertools.combinations(actions, size)
    ]
    return itertools.product(subsets, repeat=game.num_states)


def least_over_supports(game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy) -> F:
    """Whether a support belongs to a best response is asked of its value from the start."""
    mu = expert_occupancy(game, expert)
    count, best = game.num_actions[0], F(3)
    top = max(value(game, learner.replace(0, table(b, count)))[0] for b in deviations(game))
    for support in supports(game):
        rows = [[F(int(a in s), len(s)) for a in range(count)] for s in support]
        if value(game, learner.replace(0, rows))[0] != top:
            continue
        reached = {s for s in range(game.num_states) if game.start[s] > 0}
        while True:
            more = {t for s in reached for a in support[s] for t in successors(game, learner, s, a)}
            if more <= reached:
                break
            reached |= more
        cost = sum(
            (2 * mu[s] * (1 - sum(expert[0][s, a] for a in support[s])) for s in reached), F(0)
        )
        best = min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(60))
def test_agrees_with_all_closed_sets(seed: int) -> None:
    """Catches a branch that is cut too early, and arg max taken at every state."""
    game, expert, learner = random_case(seed, 1 + seed % 5)
    found = best_response_shift(game, expert, learner, 0)
    assert found.value == least_over_sets(game, expert, learner)


@pytest.mark.parametrize("seed", range(30))
def test_agrees_with_all_supports_of_best_responses(seed: int) -> None:
    """Catches a wrong reduction of best responses from the start to closed sets."""
    game, expert, learner = random_case(1000 + seed, 1 + seed % 3)
    found = best_response_shift(game, expert, learner, 0)
    assert found.value == least_over_supports(game, expert, learner)


Options = list[dict[int, tuple[Number, frozenset[int]]]]


def random_problem(seed: int) -> tuple[Options, list[Number]]:
    rng = random.Random(seed)
    states, actions = rng.choice([4, 6, 7]), rng.choice([2, 3])
    options: Options = []
    for _ in range(states):
        probabilities = distribution(rng, actions, 0.6)
        kept = rng.sample(range(actions), rng.randrange(1, actions + 1))
        options.append(
            {
                a: (
                    probabilities[a],
                    frozenset(rng.sample(range(states), rng.choice([1, 1, 1, 2]))),
                )
                for a in kept
            }
        )
    return options, [F(rng.randrange(4)) for _ in range(states)]


def test_branch_and_bound_agrees_with_all_sets() -> None:
    """Catches a cut branch where many branches are needed; only the sets and weights are random."""
    branched = 0
    for seed in range(400):
        options, weights = random_problem(seed)
        best = None
        for picks in itertools.product([0, 1], repeat=len(options) - 1):
            chosen = {0} | {s + 1 for s, p in enumerate(picks) if p}
            allowed = {s: [o for o in options[s].values() if o[1] <= chosen] for s in chosen}
            if all(allowed.values()):
                cost = sum(
                    (weights[s] * (1 - sum(p for p, _ in kept)) for s, kept in allowed.items()),
                    F(0),
                )
                best = cost if best is None else min(best, cost)
        found = _Problem(options, weights).solve(frozenset({0}), 10_000)
        cut = _Problem(options, weights).solve(frozenset({0}), 1)
        assert best is not None
        assert found.value == best
        assert cut.lower <= best <= cut.upper
        branched += found.nodes > 1
    assert branched > 40, "too few problems need branching: the test says little"


def chooser(size: int) -> tuple[MarkovGame, ProductPolicy]:
    """State 0 leads to any of `size` states where only action 0 is optimal; then an end."""
    states = size + 2
    kernel = np.full((states, size, states), F(0))
    for action in range(size):
        kernel[0, action, 1 + action] = F(1)
        for state in range(1, states):
            kernel[state, action, states - 1] = F(1)
    rewards = np.full((1, states, size), F(0))
    rewards[0, 1:-1, 1:] = F(-1)
    game = MarkovGame(kernel, rewards, [1] + [0] * (states - 1), F(1, 2))
    row = [F(1, size)] * size
    return game, ProductPolicy([[row] * states])


def test_the_least_shift_weighs_all_states() -> None:
    """By hand: going on to all three states costs 1/3, less than going to one or two."""
    game, expert = chooser(3)
    # mu_E: state 0 has 1/2, the next ones 1/4 * 1/3 each. All three: 3 * 2/12 * (1 - 1/3) = 1/3.
    # One alone: 2 * 1/2 * (1 - 1/3) + 2/12 * 2/3 = 7/9; two: 1/3 + 2 * 1/9 = 5/9.
    assert best_response_shift(game, expert, expert, 0).value == F(1, 3)


def test_a_spent_budget_is_reported_with_true_bounds() -> None:
    """Catches a bound that does not hold when the search is cut short."""
    cut = 0
    for seed in range(60):
        game, expert, learner = random_case(seed, 5)
        full = best_response_shift(game, expert, learner, 0)
        short = best_response_shift(game, expert, learner, 0, nodes=1)
        assert full.value is not None
        assert short.lower <= full.value <= short.upper
        cut += short.value is None
    assert cut, "no case needs a second node: the test says nothing"


def test_delta_is_the_largest_over_players() -> None:
    """Catches a sum or a minimum over players."""
    # One state, matching pennies: player 1 must answer 0 by 1 (shift 1), player 0 may do anything.
    pay = [[1, -1], [-1, 1]]
    rewards = [[pay], [[[-x for x in row] for row in pay]]]
    game = MarkovGame([[[[1], [1]], [[1], [1]]]], rewards, [1], F(1, 2))
    half = [[F(1, 2), F(1, 2)]]
    found = delta(game, ProductPolicy([half, half]), ProductPolicy([[[1, 0]], half]))
    assert found.value == 1


def test_floats_agree() -> None:
    """Catches ties that floats break."""
    for seed in range(40):
        game, expert, learner = random_case(seed, 4)
        exact = best_response_shift(game, expert, learner, 0).value
        near = best_response_shift(game.as_float(), expert.as_float(), learner.as_float(), 0)
        assert exact is not None
        assert near.upper == pytest.approx(float(exact), abs=1e-9)
