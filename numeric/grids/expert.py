"""An expert for a game on a grid: zero-sum games are solved, others by best responses in turn."""

import numpy as np

from ..equilibria import SparseEquilibrium, best_responses_in_turn, zero_sum_sparse
from .table import GridGame


def expert(game: GridGame, *, seed: int = 0) -> SparseEquilibrium:
    """A profile to imitate, with its enclosed Nash gap.

    Look at the gap before calling it an equilibrium: in games with three players, or where only
    mixtures are in equilibrium, best responses may lead nowhere.
    `sparse.perturbed(expert(game).policy, seed=...)` is a learner for it.

    Args:
        game: the game; with two players and opposite payments it is solved, in half a minute with
            10^5 states.
        seed: of the profiles from which best responses start in other games, where they may cycle.

    Example:
        >>> from .collisions import collisions
        >>> expert(collisions()).gap.upper < 1e-8
        True
    """
    if game.players == 2 and np.array_equal(game.paid[0], -game.paid[1]):
        return zero_sum_sparse(game.sparse)
    return best_responses_in_turn(game.sparse, seed=seed)
