r"""Best responses: \(\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)\).

A pure stationary policy attains the maximum.
"""

from dataclasses import dataclass
from fractions import Fraction

from .game import MarkovGame
from .linear import times
from .mdp import Optimum, optimum
from .numbers import Array, public, public_number
from .policy import ProductPolicy
from .value import induced_mdp


@dataclass(frozen=True, eq=False)
class BestResponse:
    r"""An optimal deviation of one player, optimal from every state.

    Attributes:
        player: who deviates.
        table: the pure policy, shape [S, A_i].
        value: \(\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)\).
        state_values: the same from every state, shape [S].
        q: optimal Q-values, shape [S, A_i].
    """

    player: int
    table: Array
    value: Fraction | float
    state_values: Array
    q: Array


def best_response(game: MarkovGame, policy: ProductPolicy, player: int) -> BestResponse:
    """An optimal deviation of `player` when the others play `policy`.

    The exact one ends in a Bellman certificate that is checked at every state and action.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> best_response(game, ProductPolicy([[["0", "1"]]]), 0).value
        Fraction(10, 1)
    """
    mdp = induced_mdp(game, policy, player)
    found = optimum(mdp)
    table = ProductPolicy.pure([found.actions], [mdp.reward.shape[1]])
    chosen = table if game.is_exact else table.as_float()
    start = public_number(_from_start(game, found))
    return BestResponse(player, chosen[0], start, public(found.state_values), public(found.q))


def _from_start(game: MarkovGame, found: Optimum) -> object:
    return times(game.working.start[None, :], found.state_values)[0]
