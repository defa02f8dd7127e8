"""Nash gaps of many small games at once, against the usual ways, in one run on one thread.

- 10,000 games, S=3, A=2, n=2: the batch kernel; policy iteration in NumPy with the batch axis first
  and `np.linalg.solve`; QuantEcon's DiscreteDP game by game (after its compilation, on a part of
  them).
- S=20, A=5, n=2: the batch kernel against `nashgap.numeric.gaps` game by game.

Run `python benchmarks/batch.py`. The ways take turns, so that a busy machine slows all of them, and
what counts is processor time. Printed are the smallest and the median time per game, the ratios of
both to the first way, and the largest disagreement with it. Exit code 1 if the median of one of the
usual ways is less than twice that of the batch.
"""

import os

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")

import argparse
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import process_time
from typing import Any, NamedTuple

import numpy as np

from nashgap.numeric.batch import GameBatch, PolicyBatch, batch_gaps
from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import gaps
from nashgap.numeric.policy import ProductPolicy

SMALL = 6.0, 300.0
"""How many times as fast as NumPy and as QuantEcon the batch is to be on 10,000 small games."""
LARGE = 2.0
"""And as one game after the other on larger ones."""
AT_ONCE = 3
"""Runs in a row that one time is the mean of, as `timeit` does."""


class Games(NamedTuple):
    """Games, the batch axis first: [B, S, A, A, S], [2, B, S, A, A], [B, S], policies [B, S, A]."""

    transition: Any
    rewards: Any
    start: Any
    discount: float
    policies: tuple[Any, Any]


class Way(NamedTuple):
    """One way to compute the gaps [2, B] of the first B games."""

    name: str
    games: int
    run: Callable[[], Any]


def draw(size: int, states: int, actions: int, discount: float = 0.9) -> Games:
    """Random games with kernels and policies uniform on the simplex, rewards uniform in [-1, 1]."""
    rng = np.random.default_rng(0)
    return Games(
        rng.dirichlet(np.ones(states), (size, states, actions, actions)),
        rng.uniform(-1, 1, (2, size, states, actions, actions)),
        rng.dirichlet(np.ones(states), size),
        discount,
        (
            rng.dirichlet(np.ones(actions), (size, states)),
            rng.dirichlet(np.ones(actions), (size, states)),
        ),
    )


def problems(games: Games) -> list[tuple[Any, Any, Any]]:
    """Each player's kernel [B, S, A, S], rewards [B, S, A] and own policy [B, S, A]."""
    first, second = games.policies
    kernel, rewards = games.transition, games.rewards
    return [
        (
            np.einsum("zsb,zsabt->zsat", second, kernel),
            np.einsum("zsb,zsab->zsa", second, rewards[0]),
            first,
        ),
        (
            np.einsum("zsa,zsabt->zsbt", first, kernel),
            np.einsum("zsa,zsab->zsb", first, rewards[1]),
            second,
        ),
    ]


def usual_gaps(games: Games) -> Any:
    """Policy iteration, the batch axis first, all games until none improves."""
    size, states = games.start.shape
    game, state = np.arange(size)[:, None], np.arange(states)[None, :]
    identity, gamma = np.eye(states), games.discount
    found = []
    for kernel, rewards, own in problems(games):
        joint = np.einsum("zsa,zsat->zst", own, kernel)
        mean = np.einsum("zsa,zsa->zs", own, rewards)
        value = np.linalg.solve(identity - gamma * joint, mean[..., None])[..., 0]
        actions = rewards.argmax(axis=-1)
        while True:
            system = identity - gamma * kernel[game, state, actions]
            best = np.linalg.solve(system, rewards[game, state, actions][..., None])[..., 0]
            q = rewards + gamma * np.einsum("zsat,zt->zsa", kernel, best)
            greedy = q.argmax(axis=-1)
            better = q[game, state, greedy] > q[game, state, actions] + 1e-10
            if not better.any():
                break
            actions = np.where(better, greedy, actions)
        found.append(((best - value) * games.start).sum(axis=-1))
    return np.stack(found)


def quantecon_gaps(games: Games, count: int) -> Any:
    """QuantEcon's DiscreteDP by policy iteration, one game and player after the other."""
    from quantecon.markov import DiscreteDP

    found = np.empty((2, count))
    part = games._replace(
        transition=games.transition[:count],
        rewards=games.rewards[:, :count],
        policies=(games.policies[0][:count], games.policies[1][:count]),
    )
    for i, (kernel, rewards, own) in enumerate(problems(part)):
        for k in range(count):
            joint = np.einsum("sa,sat->st", own[k], kernel[k])
            mean = (own[k] * rewards[k]).sum(axis=-1)
            value = np.linalg.solve(np.eye(len(mean)) - games.discount * joint, mean)
            problem = DiscreteDP(rewards[k], kernel[k], games.discount)
            found[i, k] = games.start[k] @ (problem.solve(method="policy_iteration").v - value)
    return found


def batched(games: Games) -> tuple[GameBatch, PolicyBatch]:
    """The same games with the batch axis last."""

    def last(array: Any, axis: int = 0) -> Any:
        return np.ascontiguousarray(np.moveaxis(array, axis, -1))

    batch = GameBatch(
        last(games.transition), last(games.rewards, 1), last(games.start), games.discount
    )
    return batch, PolicyBatch(tuple(last(table) for table in games.policies))


def single_gaps(pairs: list[tuple[MarkovGame, ProductPolicy]]) -> Any:
    """`nashgap.numeric.gaps`, one game after the other."""
    return np.stack([gaps(game, policy) for game, policy in pairs], axis=-1)


def compare(title: str, ways: list[Way], repeats: int, needed: Sequence[float]) -> bool:
    """Runs all ways in turn and prints times and ratios to the first; whether they are enough."""
    results = [way.run() for way in ways]
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(repeats):
        for way, spent in zip(ways, times, strict=True):
            begin = process_time()
            for _ in range(AT_ONCE):
                way.run()
            spent.append((process_time() - begin) / (AT_ONCE * way.games) * 1e6)
    print(f"\n{title}, {repeats} repeats, of {AT_ONCE}, microseconds a game")
    print(f"{'':40}{'min':>10}{'median':>10}{'ratio':>10}{'of medians':>12}{'differs by':>12}")
    for way, spent, result in zip(ways, times, results, strict=True):
        ratio = min(spent) / min(times[0]), median(spent) / median(times[0])
        apart = np.abs(result - results[0][:, : way.games]).max()
        print(
            f"{way.name:40}{min(spent):10.3f}{median(spent):10.3f}"
            f"{ratio[0]:10.1f}{ratio[1]:12.1f}{apart:12.0e}"
        )
    ratios = [median(spent) / median(times[0]) for spent in times[1:]]
    good = all(ratio >= least for ratio, least in zip(ratios, needed, strict=True))
    words = " and ".join(f"{least:g}" for least in needed)
    print(f"target: ratios of medians of at least {words}{'' if good else ', missed'}")
    return good


def main() -> int:
    """Prints both tables; 1 where the batch is slower than its targets."""
    parser = argparse.ArgumentParser(description="Batch kernel against the usual ways.")
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--quantecon-games", type=int, default=200)
    given = parser.parse_args()

    small = draw(10_000, 3, 2)
    games, policies = batched(small)
    count = given.quantecon_games
    small_is_fast = compare(
        "10,000 games, S=3, A=2, n=2",
        [
            Way("nashgap batch", 10_000, lambda: batch_gaps(games, policies)),
            Way("NumPy, batch axis first, linalg.solve", 10_000, lambda: usual_gaps(small)),
            Way(f"QuantEcon, on {count} games", count, lambda: quantecon_gaps(small, count)),
        ],
        given.repeats,
        SMALL,
    )

    large = draw(500, 20, 5)
    many, played = batched(large)
    pairs = [
        (
            MarkovGame(large.transition[k], large.rewards[:, k], large.start[k], large.discount),
            ProductPolicy([table[k] for table in large.policies]),
        )
        for k in range(200)
    ]
    large_is_fast = compare(
        "500 games, S=20, A=5, n=2",
        [
            Way("nashgap batch", 500, lambda: batch_gaps(many, played)),
            Way("nashgap one at a time, on 200 games", 200, lambda: single_gaps(pairs)),
        ],
        given.repeats,
        (LARGE,),
    )
    return int(not (small_is_fast and large_is_fast))


if __name__ == "__main__":
    sys.exit(main())
