r"""Proofs that no best response moves further than a bound, for all opponents within an error.

For opponents in a region let \(l\le V^*\le u\) bound the optimal values of i: u from the largest
value with i free, l from the smallest value of a few fixed policies of i. If

\(\Delta r+\gamma\sum_t\min(\Delta P_tl_t,\Delta P_tu_t)\ge0\), \(\Delta\) = action a' minus a,

at every vertex of the opponents' rows at s (the left side is concave in the rows), then a' is at
least as good as a against all of them, and a may be dropped while a' stays. Actions that are as
good as each other both ways are tied throughout and form one group. Some best response then plays
one whole group at each state, any mixture in it, so that its shift is at most

\(\sum_{s\in C}2\mu_{\pi^E}(s)\,(1-\min_{\mathrm{groups}\,g\mathrm{\ left\ at\ }s}e_i(g\mid s))\),

C the states that the actions left can reach from the start. Regions for which this is too large are
cut in two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..game import MarkovGame
from ..mdp import optimum
from ..numbers import Array
from ..policy import ProductPolicy
from ..value import induced_mdp
from .region import ZERO, Region, Row, pure_row
from .robust import TooLarge, bound_values, corners, rows_of


def shift_at_most(
    game: MarkovGame, region: Region, player: int, bound: Fraction, nodes: int
) -> bool:
    """Whether it is proved, on at most `nodes` pieces, that the shift is at most `bound`."""
    stack, count = [region], 0
    while stack:
        piece = stack.pop()
        count += 1
        try:
            found = shift_bound(game, piece, player)
        except TooLarge:
            return False
        if found is None or found <= bound:
            continue
        cut = widest(game, piece, [j for j in range(game.players) if j != player])
        if count >= nodes or cut is None:
            return False
        stack.extend(piece.halves(*cut))
    return True


def widest(
    game: MarkovGame, region: Region, players: Sequence[int]
) -> tuple[int, int, int, Fraction] | None:
    """Where to cut: the probability that ranges furthest, and the middle of its range.

    Rows of players whose action at the state changes nothing are left whole.
    """
    best: tuple[Fraction, tuple[int, int, int, Fraction]] | None = None
    for j in players:
        for s in range(len(region.weights)):
            if not matters(game, j, s):
                continue
            rows = region.vertices(j, s)
            for a in range(len(region.expert[j][s])):
                values = [row[a] for row in rows]
                if not values:
                    return None
                spread = max(values) - min(values)
                if spread > 0 and (best is None or spread > best[0]):
                    best = spread, (j, s, a, (max(values) + min(values)) / 2)
    return None if best is None else best[1]


def matters(game: MarkovGame, player: int, state: int) -> bool:
    """Whether the player's action at the state changes a reward or where the game goes."""
    kernel = np.moveaxis(game.transition[state], player, 0)
    rewards = np.moveaxis(game.rewards[:, state], player + 1, 0)
    return bool(np.any(kernel != kernel[:1]) or np.any(rewards != rewards[:1]))


def centre(game: MarkovGame, region: Region) -> ProductPolicy:
    """The mean of each row's vertices."""
    tables = []
    for j in range(game.players):
        table = []
        for s in range(game.num_states):
            rows = region.vertices(j, s)
            table.append([sum(x, ZERO) / len(rows) for x in zip(*rows, strict=True)])
        tables.append(table)
    return ProductPolicy(tables)


def answer_to_centre(game: MarkovGame, region: Region, player: int) -> list[Row]:
    """The rows of a pure best response to the centre."""
    best = optimum(induced_mdp(game, centre(game, region), player)).actions
    return [pure_row(a, game.num_actions[player]) for a in best]


def shift_bound(game: MarkovGame, region: Region, player: int) -> Fraction | None:
    """A bound on the shift for all opponents in the region; None if the region is empty."""
    free = rows_of(game, region, player, "free")
    if free is None:
        return None
    upper = bound_values(game, player, free, "most")
    lower = upper * 0 - 10**9
    for own in (region.expert[player], answer_to_centre(game, region, player)):
        rows = rows_of(game, region, player, own)
        if rows is not None:
            lower = np.maximum(lower, bound_values(game, player, rows, "least"))
    reward, kernel = _by_action(game, player, free)
    groups = [
        _groups(reward[s], kernel[s], lower, upper, game.working.discount, region.expert[player][s])
        for s in range(game.num_states)
    ]
    reached = _closure(game, groups, kernel)
    return sum(
        (2 * region.weights[s] * (1 - min(g.mass for g in groups[s])) for s in reached), ZERO
    )


@dataclass(frozen=True)
class _Group:
    """Tied actions that may have to be played, and the expert's mass on them."""

    actions: tuple[int, ...]
    mass: Fraction


def _by_action(
    game: MarkovGame, player: int, free: list[list[list[Row]]]
) -> tuple[list[Array], list[Array]]:
    """Rewards [A_i, K] and kernel rows [A_i, K, S] at each state, K the opponents' vertices."""
    rewards, kernels = corners(game, player, free)
    found_rewards, found_kernels = [], []
    for s in range(game.num_states):
        counts = [len(free[j][s]) for j in range(game.players)]
        reward = np.array(rewards[s], dtype=object).reshape(counts)
        kernel = np.array(kernels[s], dtype=object).reshape([*counts, game.num_states])
        own = counts[player]
        found_rewards.append(np.moveaxis(reward, player, 0).reshape(own, -1))
        found_kernels.append(np.moveaxis(kernel, player, 0).reshape(own, -1, game.num_states))
    return found_rewards, found_kernels


def _groups(
    reward: Array, kernel: Array, lower: Array, upper: Array, gamma: Any, mine: Row
) -> list[_Group]:
    size = len(mine)

    def as_good(first: int, second: int) -> bool:
        change = kernel[first] - kernel[second]
        least = np.minimum(change * lower, change * upper).sum(axis=-1)
        return bool(np.all(reward[first] - reward[second] + gamma * least >= 0))

    good = [[a == b or as_good(a, b) for b in range(size)] for a in range(size)]
    kept: list[int] = []
    for a in sorted(range(size), key=lambda k: -mine[k]):
        if not any(good[b][a] for b in kept):
            kept = [b for b in kept if not good[a][b]] + [a]
    found = []
    for a in kept:
        tied = [b for b in range(size) if good[a][b] and good[b][a]]
        played = [b for b in tied if mine[b] > 0] or [a]
        found.append(_Group(tuple(played), sum((mine[b] for b in played), ZERO)))
    return found


def _closure(game: MarkovGame, groups: list[list[_Group]], kernel: list[Array]) -> list[int]:
    reached = set(np.flatnonzero(game.start > 0).tolist())
    frontier = list(reached) if game.discount > 0 else []
    while frontier:
        state = frontier.pop()
        actions = [a for g in groups[state] for a in g.actions]
        for t in np.flatnonzero((kernel[state][actions] != 0).any(axis=(0, 1))).tolist():
            if t not in reached:
                reached.add(t)
                frontier.append(t)
    return sorted(reached)
