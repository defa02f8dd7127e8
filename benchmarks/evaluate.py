"""How long one Nash gap takes, beside the usual ways to compute it, in the same run.

`python benchmarks/evaluate.py [--json]`: S=20, A=5, n=2, seeded random games, one BLAS thread.
Every way gets the same games and must give the same gaps. QuantEcon is timed after its compilation;
it gets the players' decision problems from the same NumPy code, whose time counts, as does ours.

The exact gap, with best responses that floats guess and rationals certify, is timed against one
HiGHS linear program a player on the same games, in the same rounds; both get the game ready, in
Fractions and in floats. The first call of each, on a game that was never seen, is printed too: with
the conversion of all Fractions to whole numbers, or to floats.

Exit code 1 if QuantEcon is faster, or if the exact gap takes more than 2/3 of the time of HiGHS.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import numpy as np
from quantecon.markov import DiscreteDP

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import gaps
from nashgap.numeric.policy import ProductPolicy

STATES, ACTIONS, DISCOUNT = 20, 5, 0.9
GAMES, EXACT_GAMES, ROUNDS = 20, 5, 15
TARGET = 2 / 3
Case = tuple[MarkovGame, ProductPolicy]


def rows(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Random distributions with denominator 1000, so that the game has short exact numbers."""
    size = shape[-1]
    counts = rng.multinomial(1000 - size, np.full(size, 1 / size), size=shape[:-1]) + 1
    return counts / 1000


def case(seed: int) -> Case:
    """A random game with a random mixed policy."""
    rng = np.random.default_rng(seed)
    joint = (STATES, ACTIONS, ACTIONS)
    rewards = rng.integers(-100, 101, size=(2, *joint)) / 100
    game = MarkovGame(rows(rng, *joint, STATES), rewards, rows(rng, STATES), DISCOUNT)
    return game, ProductPolicy([rows(rng, STATES, ACTIONS) for _ in range(2)])


def problems(game: MarkovGame, policy: ProductPolicy) -> list[tuple[np.ndarray, np.ndarray]]:
    """Each player's rewards [S, A] and kernel [S, A, S] with the other averaged out."""
    kernel, rewards, (first, second) = game.transition, game.rewards, policy
    return [
        (np.einsum("sab,sb->sa", rewards[0], second), np.einsum("sabt,sb->sat", kernel, second)),
        (np.einsum("sab,sa->sb", rewards[1], first), np.einsum("sabt,sa->sbt", kernel, first)),
    ]


def own_values(parts: list[tuple[np.ndarray, np.ndarray]], policy: ProductPolicy) -> np.ndarray:
    """State values of the policy itself, [2, S]."""
    system = np.eye(STATES) - DISCOUNT * np.einsum("sat,sa->st", parts[0][1], policy[0])
    pairs = zip(parts, policy, strict=True)
    reward = [np.einsum("sa,sa->s", r, table) for (r, _), table in pairs]
    return np.linalg.solve(system, np.stack(reward, axis=1)).T


def by_quantecon(game: MarkovGame, policy: ProductPolicy) -> np.ndarray:
    """Best responses by QuantEcon's policy iteration."""
    parts = problems(game, policy)
    best = [DiscreteDP(r, k, DISCOUNT).solve("policy_iteration").v for r, k in parts]
    return (np.stack(best) - own_values(parts, policy)) @ game.start


def by_numpy(game: MarkovGame, policy: ProductPolicy) -> np.ndarray:
    """Best responses by a textbook policy iteration."""
    parts = problems(game, policy)
    best = [policy_iteration(*part) for part in parts]
    return (np.stack(best) - own_values(parts, policy)) @ game.start


def policy_iteration(reward: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Optimal values; stops when the greedy policy stays."""
    states, actions = np.arange(STATES), reward.argmax(axis=1)
    while True:
        system = np.eye(STATES) - DISCOUNT * kernel[states, actions]
        values = np.linalg.solve(system, reward[states, actions])
        greedy = (reward + DISCOUNT * kernel @ values).argmax(axis=1)
        if np.array_equal(greedy, actions):
            return values
        actions = greedy


def by_linear_programs(game: MarkovGame, policy: ProductPolicy) -> np.ndarray:
    """Best responses as one linear program a player, in HiGHS."""
    from scipy.optimize import linprog

    parts = problems(game, policy)
    best = []
    for reward, kernel in parts:
        limits = (DISCOUNT * kernel - np.eye(STATES)[:, None, :]).reshape(-1, STATES)
        found = linprog(np.ones(STATES), limits, -reward.ravel(), bounds=(None, None))
        best.append(found.x)
    return (np.stack(best) - own_values(parts, policy)) @ game.start


def milliseconds(ways: dict[str, Callable[..., Any]], cases: list[Any]) -> dict[str, float]:
    """Median over rounds of the mean time a game, the ways taking turns within each round."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            begun = time.perf_counter()
            for case in cases:
                way(*case)
            spent[name].append((time.perf_counter() - begun) / len(cases) * 1e3)
    return {name: median(times) for name, times in spent.items()}


def first_calls(cases: list[Case]) -> dict[str, float]:
    """Milliseconds of the first exact gap of a game in Fractions, and of the programs for it."""
    spent = {"nashgap, exact": 0.0, "highs": 0.0}
    for game, policy in cases:
        exact = game.as_exact(), policy.as_exact()
        begun = time.perf_counter()
        found = gaps(*exact)
        middle = time.perf_counter()
        near = by_linear_programs(exact[0].as_float(), exact[1].as_float())
        spent["nashgap, exact"] += (middle - begun) / len(cases) * 1e3
        spent["highs"] += (time.perf_counter() - middle) / len(cases) * 1e3
        assert np.allclose([float(gap) for gap in found], near, atol=1e-7)
    return spent


def main() -> int:
    """Compares, after checking that all agree; 1 where a target is missed."""
    cases = [case(seed) for seed in range(GAMES)]
    ways = {"nashgap": gaps, "quantecon": by_quantecon, "numpy": by_numpy}
    begun = time.perf_counter()
    by_quantecon(*cases[0])
    compiled = time.perf_counter() - begun
    for game, policy in cases:
        answers = [way(game, policy) for way in (*ways.values(), by_linear_programs)]
        assert all(np.allclose(answers[0], other, atol=1e-7) for other in answers), answers
    spent = milliseconds(ways, cases)
    first = first_calls(cases[:EXACT_GAMES])
    pairs = [((game.as_exact(), policy.as_exact()), (game, policy)) for game, policy in cases]
    slow = milliseconds(
        {
            "nashgap, exact": lambda exact, _: gaps(*exact),
            "highs": lambda _, near: by_linear_programs(*near),
        },
        pairs[:EXACT_GAMES],
    )
    to_quantecon = spent["nashgap"] / spent["quantecon"]
    to_highs = slow["nashgap, exact"] / slow["highs"]
    missed = to_quantecon > 1 or to_highs > TARGET
    if "--json" in sys.argv:
        report = {
            "milliseconds": spent | slow,
            "first_calls": first,
            "quantecon_first_call_seconds": compiled,
            "ratio_to_quantecon": to_quantecon,
            "exact_ratio_to_highs": to_highs,
        }
        print(json.dumps(report))
        return int(missed)
    print(f"Nash gap of one policy, both players, S={STATES}, A={ACTIONS}; {GAMES} games")
    for name, each in spent.items():
        print(f"  {name:28s}{each:9.3f} ms{each / spent['nashgap']:9.2f} x nashgap")
    print(f"  (the first call of quantecon, with compilation unless cached: {compiled:.1f} s)")
    print(f"exactly, with certified best responses; {EXACT_GAMES} games")
    for name, each in slow.items():
        print(f"  {name:28s}{each:9.3f} ms{each / slow['highs']:9.2f} x highs", end="")
        print(f"   first call {first[name]:.1f} ms")
    print(f"target: at most {TARGET:.2f} of the time of HiGHS{', missed' if missed else ''}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
