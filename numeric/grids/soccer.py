r"""Littman's soccer: two players, one ball, moves executed in random order; zero-sum.

Both choose among five moves at once; a fair coin decides whose is executed first. A move into the
other's square does not take place and the ball goes to the player that stood there. A player with
the ball that steps off the board through the other side's goal scores: +1 for it and -1 for the
other. Player 0 (A) scores on the left, player 1 (B) on the right; the goals are the middle one or
two rows. After a goal both are put back and a fair coin gives the ball.

On the standard 4 x 5 board, rows and columns from 0, A starts at (2, 3) and B at (1, 1).

Source: M. L. Littman, Markov games as a framework for multi-agent reinforcement learning, ICML
1994, Section 5 and Figure 2 (discount 9/10). Other board sizes and their start squares are our
choice.
"""

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import Array, exact
from .grid import MOVES, Board
from .table import GridGame, joint_moves, outcomes

_LEFT, _RIGHT = MOVES.index("left"), MOVES.index("right")
_MOST_ROWS = 60_000_000


def soccer(rows: int = 4, columns: int = 5, *, discount: object = "9/10") -> GridGame:
    """Soccer on a board; 760 states on Littman's.

    Args:
        rows: at least 1.
        columns: at least 2.
        discount: in [0, 1).

    Raises:
        BadInput: a parameter out of range.

    Example:
        >>> game = soccer()
        >>> game.num_states, game.sparse.num_joint_actions
        (760, 25)
    """
    board = Board(rows, columns)
    if columns < 2:
        raise BadInput("columns", f"given {columns}", "at least 2")
    cells = len(board.cells)
    if cells * cells * 50 > _MOST_ROWS:
        raise BadInput("soccer", f"{rows} x {columns} cells", "at most 1095 cells")
    first, second = np.nonzero(~np.eye(cells, dtype=bool))
    pairs = len(first)
    index = np.full((cells, cells), -1, dtype=np.int64)
    index[first, second] = np.arange(pairs)
    # State k: players at the k-th ordered pair, ball with player 0; k + pairs: with player 1.
    places = np.stack([np.tile(first, 2), np.tile(second, 2)])
    ball = np.repeat([0, 1], pairs)
    inset = int(columns >= 4)
    kick_off = index[
        board.number[rows // 2, columns - 1 - inset], board.number[(rows - 1) // 2, inset]
    ]
    parts, scored = [], np.zeros((2 * pairs, len(MOVES) ** 2), dtype=np.int64)
    for order in ((0, 1), (1, 0)):
        at, holder, goal = _play(board, places, ball, order)
        scored += goal
        landed = index[at[0], at[1]] + pairs * holder
        # Two coins, each of weight 2 of 4: the order, and who gets the ball after a goal.
        parts += [(np.where(goal != 0, kick_off + pairs * k, landed), 1) for k in range(2)]
    start = np.zeros(2 * pairs, dtype=np.int64)
    start[[kick_off, kick_off + pairs]] = 1
    return GridGame(
        "soccer",
        "Littman (1994), Markov games as a framework for multi-agent reinforcement learning",
        board,
        2,
        *outcomes(parts),
        4,
        np.stack([scored, -scored]),
        2,
        start,
        exact(discount, "discount"),
        places,
    )


def _play(
    board: Board, places: Array, ball: Array, order: tuple[int, int]
) -> tuple[list[Array], Array, Array]:
    """Places, ball and goal (+1 player 0's, -1 player 1's) after both moves, each [S, J]."""
    moves = joint_moves(2)
    shape = (places.shape[1], len(moves[0]))
    at = [np.broadcast_to(p[:, None], shape) for p in places]
    holder = np.broadcast_to(ball[:, None], shape)
    goal = np.zeros(shape, dtype=np.int64)
    mouth = np.array([(board.rows - 1) // 2 <= r <= board.rows // 2 for r, _ in board.cells])
    column = np.array([c for _, c in board.cells])
    for mover in order:
        other, move = 1 - mover, np.broadcast_to(moves[mover], shape)
        side = (column[at[mover]] == 0) if mover == 0 else (column[at[mover]] == board.columns - 1)
        outwards = move == (_LEFT if mover == 0 else _RIGHT)
        open_play = goal == 0
        scores = open_play & side & outwards & mouth[at[mover]] & (holder == mover)
        target = board.steps[at[mover], move]
        blocked = open_play & (target == at[other])
        goal = np.where(scores, 1 - 2 * mover, goal)
        holder = np.where(blocked, other, holder)
        at[mover] = np.where(open_play & ~blocked, target, at[mover])
    return at, holder, goal
