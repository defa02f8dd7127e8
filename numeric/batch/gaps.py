r"""Nash gaps of a batch: \(\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^\pi(\nu)\)."""

from .arrays import Array, namespace
from .best_response import own_and_best
from .games import GameBatch
from .policies import PolicyBatch
from .values import from_start


def batch_gaps(games: GameBatch, policies: PolicyBatch) -> Array:
    """What each player gains by a best response in each game, shape [n, B], at least 0.

    Raises:
        BadInput: games and policies do not fit each other.

    Example:
        >>> import numpy as np
        >>> games = GameBatch(np.ones((1, 2, 1, 2)), np.array([[[[1.0, 0.5], [0.0, 0.0]]]]),
        ...                   np.ones((1, 2)), 0.5)
        >>> batch_gaps(games, PolicyBatch((np.array([[[0.5, 1.0], [0.5, 0.0]]]),))).tolist()
        [[1.0, 0.0]]
    """
    found = [from_start(part, best - own) for part, own, best in own_and_best(games, policies)]
    return namespace(games.transition).concat(found, axis=-1)


def batch_nash_gaps(games: GameBatch, policies: PolicyBatch) -> Array:
    """The largest of the players' gaps in each game, shape [B], at least 0.

    Raises:
        BadInput: games and policies do not fit each other.
    """
    return namespace(games.transition).max(batch_gaps(games, policies), axis=0)
