r"""Values \(V_i^\pi\) of a profile on a sparse game, with a proven error."""

import math
from dataclasses import dataclass

import numpy as np

from ..numbers import Array, frozen
from ..policy import ProductPolicy
from .enclosure import UNIT, Enclosure
from .game import SparseGame
from .mdp import gap_to_one, induced_mdp
from .solving import fixed_point

ACCURACY = 1e-10
"""The default error that a solver aims at; what is certified is computed afterwards."""


@dataclass(frozen=True, eq=False)
class SparseValues:
    """State values [n, S] and, for each player, a proven bound on their largest error."""

    values: Array
    errors: tuple[float, ...]


def state_values(
    game: SparseGame, policy: ProductPolicy, *, accuracy: float = ACCURACY
) -> SparseValues:
    r"""\(V_i^\pi(s)\) for every player and state.

    Args:
        game: the game.
        policy: a float policy.
        accuracy: the error to aim at.

    Returns:
        values and proven errors, by the theorem of the module `mdp` with one action.

    Raises:
        BadInput: the policy does not fit.
    """
    chain = induced_mdp(game, policy, None)
    rows, errors = [], []
    for i in range(game.players):
        right = chain.rewards[i][:, 0]
        tolerance = accuracy * gap_to_one(game.discount) / 4
        found = fixed_point(chain.kernel, game.discount, right, np.zeros(len(right)), tolerance)
        errors.append(chain.value_error(found, chain.q(found, i)[:, 0]))
        rows.append(found)
    return SparseValues(frozen(np.stack(rows)), tuple(errors))


def value(
    game: SparseGame, policy: ProductPolicy, *, accuracy: float = ACCURACY
) -> tuple[Enclosure, ...]:
    r"""\(V_i^\pi(\nu)\) of each player, enclosed.

    Example:
        >>> from nashgap.numeric.game import MarkovGame
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> [v] = value(SparseGame.from_markov_game(game), ProductPolicy([[[0.5, 0.5]]]))
        >>> 5 in v, v.error < 1e-9
        (True, True)
    """
    found = state_values(game, policy, accuracy=accuracy)
    pairs = zip(found.values, found.errors, strict=True)
    return tuple(from_start(game, row, error) for row, error in pairs)


def from_start(game: SparseGame, values: Array, error: float) -> Enclosure:
    r"""\(\sum_s\nu(s)V(s)\), enclosed, from state values known to `error`."""
    total = math.fsum((game.start * values).tolist())
    # fsum is exact up to one rounding; each product has one; the start stands for near ones.
    rounding = 1.01 * (game.start_error + 4 * UNIT) * float(np.abs(values).max())
    return Enclosure.around(total, (error + rounding) * (1 + 8 * UNIT))
