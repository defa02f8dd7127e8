"""Matrix and tensor games of OpenSpiel, without depending on it: their arrays of utilities."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..tables import shape_of
from .imported import Affine, Exported, Imported, exact_table
from .normal_form import NormalForm, numbered, to_markov, to_normal


def from_utilities(
    utilities: Sequence[Any],
    actions: Sequence[Sequence[str]] | None = None,
    discount: object = 0,
) -> Imported:
    """A game of one state from one table of utilities a player.

    Args:
        utilities: n tables of shape [A_1, ..., A_n]; floats are read as the decimals they print as.
        actions: names of each player's actions.
        discount: 0 plays it once.

    Raises:
        BadInput: tables of different shapes, or of another number of players.

    Example:
        >>> from_utilities([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]).affine.is_identity
        True
    """
    shape = (len(utilities), *(shape_of(utilities[0]) if len(utilities) else ()))
    if len(shape) != shape[0] + 1 or 0 in shape:
        needed = "n tables of shape [A_1, ..., A_n]"
        raise BadInput("utilities", f"{shape[0]} tables, the first of shape {shape[1:]}", needed)
    rows = [exact_table(t, shape[1:], f"utilities[{i}]") for i, t in enumerate(utilities)]
    names = actions or [[str(k) for k in range(count)] for count in shape[1:]]
    form = NormalForm("", numbered(shape[0]), tuple(map(tuple, names)), np.array(rows))
    return to_markov(form, discount)


def from_open_spiel(game: Any, discount: object = 0) -> Imported:
    """A `pyspiel.MatrixGame` or `pyspiel.TensorGame` as a game of one state.

    Raises:
        BadInput: another kind of game.
    """
    if callable(getattr(game, "row_utilities", None)):
        shape: tuple[int, ...] = (int(game.num_rows()), int(game.num_cols()))
        flat = [game.row_utilities(), game.col_utilities()]
        names = [
            [str(game.row_action_name(k)) for k in range(shape[0])],
            [str(game.col_action_name(k)) for k in range(shape[1])],
        ]
    elif callable(getattr(game, "player_utilities", None)):
        shape = tuple(int(k) for k in game.shape())
        flat = [game.player_utilities(i) for i in range(len(shape))]
        names = [[str(game.action_name(i, k)) for k in range(c)] for i, c in enumerate(shape)]
    else:
        given = f"given a {type(game).__name__}"
        raise BadInput("game", given, "a pyspiel.MatrixGame or a pyspiel.TensorGame")
    tables = [np.asarray(table, dtype=float).reshape(shape) for table in flat]
    return from_utilities(tables, names, discount)


def to_utilities(game: MarkovGame, affine: Affine | None = None) -> Exported:
    """Utilities in floats, n arrays [A_1, ..., A_n], as `pyspiel.create_tensor_game` wants them.

    `pyspiel.create_matrix_game(*to_utilities(game).content)` builds one of two players.

    Raises:
        BadInput: several states, or floats.
    """
    form, lost = to_normal(game, affine)
    found = [row.astype(float) for row in form.payoffs]
    back = [exact_table(row, row.shape, "utilities") for row in found]
    rounded = sum(int((b != row).sum()) for b, row in zip(back, form.payoffs, strict=True))
    more = [f"{rounded} payoffs were rounded to floats"] if rounded else []
    return Exported([row.tolist() for row in found], (*lost, *more))
