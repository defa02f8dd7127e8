r"""Tag: k pursuers chase one evader on a board, everyone moving at once.

Each player stays or moves one cell; walls and the rim hold it back, and with probability `slip` it
stays where it is instead. A pursuer that ends on the evader's cell has caught it, and so has one
that changes cells with it (the evader then stays put). From then on nothing moves. While the evader
is caught every pursuer earns 1 and the evader -1 a step, otherwise nobody earns anything: a
pursuer's value is \(\mathbb E\,\gamma^T/(1-\gamma)\) with T the time of the catch. With one pursuer
the game is zero-sum. The start is uniform over the states in which nobody is caught.

Source: the pursuit domain of Benda, Jagannathan, Dodhiawala (1986) in its one-cell-a-step form, as
in Littman (1994) for simultaneous moves; board, catching by exchange, payments and start are our
choice.
"""

from collections.abc import Iterable

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import exact
from .grid import MOVES, Board, slips
from .table import GridGame, joint_moves, outcomes

_MOST_ROWS = 60_000_000


def tag(
    rows: int,
    columns: int,
    *,
    pursuers: int = 1,
    walls: Iterable[tuple[int, int]] = (),
    slip: object = 0,
    discount: object = "19/20",
) -> GridGame:
    """Tag on a board of any size; the evader is the last player.

    Args:
        rows: of the board.
        columns: of the board.
        pursuers: k, at least 1.
        walls: cells (row, column) that nobody can enter.
        slip: the probability that a move fails, for each player on its own.
        discount: in [0, 1).

    Raises:
        BadInput: a parameter out of range, no state without a catch, or a game beyond 6 * 10^7
        rows.

    Example:
        >>> game = tag(3, 3)
        >>> game.num_states, game.sparse.num_actions
        (81, (5, 5))
    """
    if not isinstance(pursuers, int) or pursuers < 1:
        raise BadInput("pursuers", f"given {pursuers!r}", "a whole number, at least 1")
    board = Board(rows, columns, frozenset(walls))
    cells, players = len(board.cells), pursuers + 1
    size = cells**players
    if size * len(MOVES) ** players > _MOST_ROWS:
        given = f"{size} states, {len(MOVES) ** players} joint actions"
        raise BadInput("tag", given, f"at most {_MOST_ROWS} pairs of both")
    places = np.stack(np.unravel_index(np.arange(size), (cells,) * players))
    caught = (places[:-1] == places[-1]).any(axis=0)
    if caught.all():
        raise BadInput("tag", f"{cells} free cell", "room for pursuer and evader apart")
    parts = []
    failures, whole = slips(players, slip)
    for failed, weight in failures:
        after = []
        for place, move, fails in zip(places, joint_moves(players), failed, strict=True):
            after.append(board.steps[place[:, None], np.where(fails, 0, move)[None, :]])
        fled = after[-1]
        for place, reached in zip(places[:-1], after[:-1], strict=True):
            met = (reached == places[-1][:, None]) & (after[-1] == place[:, None])
            fled = np.where(met, places[-1][:, None], fled)
        following = np.ravel_multi_index((*after[:-1], fled), (cells,) * players)
        parts.append((np.where(caught[:, None], np.arange(size)[:, None], following), weight))
    table = outcomes(parts)
    paid = np.stack([caught] * pursuers + [-caught.astype(np.int64)]).astype(np.int64)
    return GridGame(
        "tag",
        "the pursuit domain of Benda, Jagannathan, Dodhiawala (1986); rules as in nashgap",
        board,
        players,
        *table,
        whole,
        paid[:, :, None],
        1,
        (~caught).astype(np.int64),
        exact(discount, "discount"),
        places,
    )
