r"""Two players walk to their goals and must not run into each other; general-sum.

Both move at once. If they head for the same cell, or would change places, both stay where they are
and each pays `penalty`. A player that reaches its goal earns 1 and the game is over (both earn 1
when both arrive together; a shared goal may be entered together). Discounting makes haste worth
while, and several equilibria differ in who gives way.

Source: J. Hu, M. P. Wellman, Nash Q-learning for general-sum stochastic games, JMLR 4 (2003), Grid
Game 1 (3 x 3, opposite goals) with payments 100 and -1 divided by 100; other sizes, goals, `slip`,
and the rule on changing places are ours.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import Array, exact
from .grid import Board, slips
from .table import GridGame, joint_moves, outcomes


def collisions(
    rows: int = 3,
    columns: int = 3,
    *,
    goals: Sequence[tuple[int, int]] | None = None,
    begin: Sequence[tuple[int, int]] | None = None,
    walls: Sequence[tuple[int, int]] = (),
    penalty: object = "1/100",
    slip: object = 0,
    discount: object = "99/100",
) -> GridGame:
    """The grid world with collisions.

    Args:
        rows: of the board.
        columns: of the board.
        goals: player 0's and player 1's goal; by default the corners opposite to the starts.
        begin: where they start; by default the lower left and the lower right corner.
        walls: cells that nobody can enter.
        penalty: paid by each at a collision, in [0, 1].
        slip: the probability that a move fails, for each player on its own.
        discount: in [0, 1).

    Raises:
        BadInput: a parameter out of range, or a start on the other's start or on the own goal.

    Example:
        >>> game = collisions()
        >>> game.num_states, game.exact.num_states
        (73, 73)
    """
    board = Board(rows, columns, frozenset(walls))
    last, right = rows - 1, columns - 1
    ends = [board.cell(g, "goals") for g in (goals or ((0, right), (0, 0)))]
    heads = [board.cell(b, "begin") for b in (begin or ((last, 0), (last, right)))]
    if len(ends) != 2 or len(heads) != 2 or heads[0] == heads[1]:
        raise BadInput("begin", "not two places apart", "one start and one goal for each of two")
    if heads[0] == ends[0] or heads[1] == ends[1]:
        raise BadInput("begin", "a player starts on its goal", "another start")
    cost = exact(penalty, "penalty")
    if not 0 <= cost <= 1:
        raise BadInput("penalty", f"given {cost}", "a number in [0, 1]")
    cells = len(board.cells)
    first, second = np.nonzero(~np.eye(cells, dtype=bool))
    over = len(first)
    index = np.full((cells, cells), over, dtype=np.int64)
    index[first, second] = np.arange(over)
    failures, whole = slips(2, slip)
    parts, paid = [], np.zeros((2, over + 1, 25), dtype=np.int64)
    for failed, weight in failures:
        following, earned = _step(board, (first, second), ends, index, failed, cost)
        parts.append((following, weight))
        paid[:, :over] += weight * earned
    start = np.zeros(over + 1, dtype=np.int64)
    start[index[heads[0], heads[1]]] = 1
    return GridGame(
        "collisions",
        "Hu, Wellman (2003), Nash Q-learning for general-sum stochastic games, Grid Game 1",
        board,
        2,
        *outcomes(parts),
        whole,
        paid,
        whole * cost.denominator,
        start,
        exact(discount, "discount"),
        np.stack([np.append(first, -1), np.append(second, -1)]),
    )


def _step(
    board: Board,
    places: tuple[Array, Array],
    goals: list[int],
    index: Array,
    failed: tuple[bool, ...],
    cost: Fraction,
) -> tuple[Array, Array]:
    """Next states [S, J] and what each earns times the penalty's denominator, [2, S - 1, J]."""
    at = [p[:, None] for p in places]
    to = [
        board.steps[p, np.where(fails, 0, move)[None, :]]
        for p, move, fails in zip(at, joint_moves(2), failed, strict=True)
    ]
    together = (to[0] == to[1]) & ~((goals[0] == goals[1]) & (to[0] == goals[0]))
    crash = together | ((to[0] == at[1]) & (to[1] == at[0]))
    to = [np.where(crash, here, there) for here, there in zip(at, to, strict=True)]
    # States with a player on its own goal are never reached; there it arrives by staying.
    home = [there == goal for there, goal in zip(to, goals, strict=True)]
    over = index.max()
    following = np.where(home[0] | home[1], over, index[to[0], to[1]])
    earned = np.stack(
        [cost.denominator * h.astype(np.int64) - cost.numerator * (crash & ~h) for h in home]
    )
    final = np.full((1, following.shape[1]), over)
    return np.concatenate([following, final]), earned
