"""The definitions in plain loops over Fractions; shares nothing with the package's arithmetic.

Policies are lists of tables [S][A_i]; joint actions are tuples.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from nashgap.numeric.game import MarkovGame

Table = list[list[Fraction]]


def tables(policy: Any) -> list[Table]:
    return [table.tolist() for table in policy]


def joint_actions(game: MarkovGame) -> Iterator[tuple[int, ...]]:
    return product(*(range(k) for k in game.num_actions))


def weight(policy: list[Table], s: int, a: tuple[int, ...]) -> Fraction:
    return prod((policy[i][s][a[i]] for i in range(len(a))), start=Fraction(1))


def kernel(game: MarkovGame, policy: list[Table]) -> Table:
    states = range(game.num_states)
    return [
        [
            sum(
                (weight(policy, s, a) * game.transition[(s, *a, t)] for a in joint_actions(game)),
                start=Fraction(0),
            )
            for t in states
        ]
        for s in states
    ]


def reward(game: MarkovGame, policy: list[Table], player: int) -> list[Fraction]:
    return [
        sum(
            (weight(policy, s, a) * game.rewards[(player, s, *a)] for a in joint_actions(game)),
            start=Fraction(0),
        )
        for s in range(game.num_states)
    ]


def solve(matrix: Table, right: list[Fraction]) -> list[Fraction]:
    """Gauss and Jordan."""
    size = len(right)
    rows = [[*matrix[k], right[k]] for k in range(size)]
    for k in range(size):
        pivot = next(j for j in range(k, size) if rows[j][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for j in range(size):
            if j != k:
                rows[j] = [x - rows[j][k] * y for x, y in zip(rows[j], rows[k], strict=True)]
    return [row[-1] for row in rows]


def state_values(game: MarkovGame, policy: list[Table], player: int) -> list[Fraction]:
    moves, size = kernel(game, policy), game.num_states
    system: Table = [
        [Fraction(s == t) - Fraction(game.discount) * moves[s][t] for t in range(size)]
        for s in range(size)
    ]
    return solve(system, reward(game, policy, player))


def value(game: MarkovGame, policy: list[Table], player: int) -> Fraction:
    found = state_values(game, policy, player)
    return sum((p * v for p, v in zip(game.start.tolist(), found, strict=True)), start=Fraction(0))


def state_occupancy(game: MarkovGame, policy: list[Table]) -> list[Fraction]:
    moves, size = kernel(game, policy), game.num_states
    system: Table = [
        [Fraction(s == t) - Fraction(game.discount) * moves[t][s] for t in range(size)]
        for s in range(size)
    ]
    return solve(system, [(1 - game.discount) * p for p in game.start.tolist()])


def pure_tables(game: MarkovGame, player: int) -> Iterator[Table]:
    count = game.num_actions[player]
    for chosen in product(range(count), repeat=game.num_states):
        yield [[Fraction(k == a) for k in range(count)] for a in chosen]


def replaced(policy: list[Table], player: int, table: Table) -> list[Table]:
    return [table if i == player else own for i, own in enumerate(policy)]


def best_value(game: MarkovGame, policy: list[Table], player: int) -> Fraction:
    """By trying every pure deviation."""
    deviations = pure_tables(game, player)
    return max(value(game, replaced(policy, player, table), player) for table in deviations)
