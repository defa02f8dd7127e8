r"""Exact value bounds over a region: the largest and the smallest value that it allows.

When every row ranges over its own polytope, values are extreme at vertices: the value of i is a
ratio of two affine functions of any one row, so rows may be moved to vertices one by one. The
extremes are therefore the optimum of a Markov decision process whose action at s is a vertex of
every varying row at s. With n = 2 and two actions it has at most four.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from ..game import MarkovGame
from ..linear import times
from ..mdp import Mdp, optimum
from ..numbers import Array, public_number
from .region import Region, Row, pure_row

Side = Literal["least", "most"]
SIDES: tuple[Side, Side] = ("least", "most")
MOST_CORNERS = 50_000
"""Vertices of one state's product above which no bound is computed."""


class TooLarge(Exception):  # noqa: N818
    """A state has more joint vertices than the bounds are meant for; caught inside."""


def corners(
    game: MarkovGame, player: int, rows: Sequence[Sequence[Sequence[Row]]]
) -> tuple[list[list[Any]], list[list[Array]]]:
    """Rewards [S][K] of `player` and kernel rows [S][K] at all products of the given rows.

    Args:
        game: the game.
        player: whose reward.
        rows: [n][S] lists of candidate rows.
    """
    from flint import fmpq

    work = game.working
    rewards: list[list[Any]] = []
    kernels: list[list[Array]] = []
    for state in range(game.num_states):
        lists = [
            [[fmpq(x.numerator, x.denominator) for x in row] for row in rows[j][state]]
            for j in range(game.players)
        ]
        if np.prod([float(len(part)) for part in lists]) > MOST_CORNERS:
            raise TooLarge
        # One table [A_1, ..., A_n, S+1]: the kernel with the reward beside it.
        table = np.concatenate(
            [work.transition[state], work.rewards[player][state][..., None]], axis=-1
        )
        mixed = [table]
        for part in lists:
            mixed = [_average(block, row) for block in mixed for row in part]
        rewards.append([row[-1] for row in mixed])
        kernels.append([row[:-1] for row in mixed])
    return rewards, kernels


def bound_values(
    game: MarkovGame, player: int, rows: Sequence[Sequence[Sequence[Row]]], side: Side
) -> Array:
    """The extreme state values of `player` over all products of rows, flint rationals [S]."""
    rewards, kernels = corners(game, player, rows)
    most = max(len(part) for part in rewards)
    sign = 1 if side == "most" else -1
    # Repeated options change nothing and make the table rectangular.
    reward = np.array([_padded(part, most) for part in rewards], dtype=object) * sign
    kernel = np.array([_padded(part, most) for part in kernels], dtype=object)
    found = optimum(Mdp(kernel, reward, game.working.start, game.working.discount))
    values: Array = found.state_values * sign
    return values


def from_start(game: MarkovGame, values: Array) -> Fraction:
    """The start value of state values in flint rationals."""
    found: Fraction = public_number(times(game.working.start[None, :], values)[0])
    return found


def rows_of(
    game: MarkovGame, region: Region, player: int, own: Literal["region", "free"] | Sequence[Row]
) -> list[list[list[Row]]] | None:
    """Candidate rows [n][S]: vertices of the region; the player's own: as said, or one table.

    None where the region is seen to be empty.
    """
    listed: list[list[list[Row]]] = []
    for j in range(game.players):
        table = []
        for state in range(game.num_states):
            if j == player and own == "free":
                size = game.num_actions[j]
                part = [pure_row(a, size) for a in range(size)]
            elif j == player and own != "region":
                part = [tuple(own[state])]  # type: ignore[arg-type]
            else:
                part = region.vertices(j, state)
            if not part:
                return None
            table.append(part)
        listed.append(table)
    return listed


def _average(block: Array, row: Sequence[Any]) -> Array:
    """The first axis averaged; pure rows, the common case, pick and compute little."""
    total: Array = block[0] * 0
    for weight, entry in zip(row, block, strict=True):
        if weight != 0:
            total = total + weight * entry
    return total


def _padded(part: list[Any], size: int) -> list[Any]:
    return part + [part[0]] * (size - len(part))
