"""Profiles made by hand: a reference to start from, not equilibria; `nash_gap` says how far off."""

import numpy as np

from nashgap.theory.errors import BadInput

from ..policy import ProductPolicy
from ..sparse import pure
from .table import GridGame


def chase(game: GridGame) -> ProductPolicy:
    """Tag by shortest ways: pursuers step nearer to the evader, it steps away from the nearest.

    Everyone answers the others' present places; ties go to the first move in the order of `MOVES`.

    Raises:
        BadInput: the game is not Tag.

    Example:
        >>> from .tag import tag
        >>> chase(tag(3, 3)).is_pure
        True
    """
    if game.name != "tag":
        raise BadInput("game", f"a game of {game.name}", "a game made by tag()")
    far, steps = game.board.distances, game.board.steps
    # No way counts as further than any way.
    far = np.where(far < 0, len(far), far)
    evader = game.positions[-1]
    chosen = [far[steps[mine], evader[:, None]].argmin(axis=1) for mine in game.positions[:-1]]
    flight = np.stack([far[steps[evader], p[:, None]] for p in game.positions[:-1]]).min(axis=0)
    return pure(game.sparse, np.stack([*chosen, flight.argmax(axis=1)]))
