r"""Best responses and the Nash gap on a sparse game, with proven errors.

\(\mathrm{gap}_i=\max_bV_i^{(b,\pi_{-i})}(\nu)-V_i^\pi(\nu)\): both terms are enclosed by the
theorem of the module `mdp`, so the error of the gap is at most the sum of theirs, and the gap is at
least 0.
"""

from dataclasses import dataclass

from nashgap.theory.errors import BadInput

from ..numbers import Array, frozen
from ..policy import ProductPolicy
from .enclosure import Enclosure, largest
from .game import SparseGame
from .mdp import gap_to_one, induced_mdp
from .policies import one_hot
from .solving import optimum
from .value import ACCURACY, SparseValues, from_start, state_values


@dataclass(frozen=True, eq=False)
class SparseBestResponse:
    r"""A nearly optimal deviation of one player.

    Attributes:
        player: who deviates.
        table: the pure policy, shape [S, A_i], greedy with respect to `state_values`.
        value: encloses \(\max_bV_i^{(b,\pi_{-i})}(\nu)\), the optimum itself.
        state_values: shape [S], within `error` of the optimal ones.
        error: the proven bound.
    """

    player: int
    table: Array
    value: Enclosure
    state_values: Array
    error: float


@dataclass(frozen=True)
class SparseNashGap(Enclosure):
    """The Nash gap, enclosed, with each player's gap."""

    players: tuple[Enclosure, ...]


def best_response(
    game: SparseGame,
    policy: ProductPolicy,
    player: int,
    *,
    accuracy: float = ACCURACY,
    guess: Array | None = None,
) -> SparseBestResponse:
    """The best that `player` can do against the others' policies.

    Args:
        game: the game.
        policy: a float policy.
        player: from 0.
        accuracy: the error to aim at.
        guess: state values [S] to start from.

    Raises:
        BadInput: the policy does not fit, or there is no such player.
    """
    if not 0 <= player < game.players:
        raise BadInput("player", f"given {player}", f"0..{game.players - 1}")
    mdp = induced_mdp(game, policy, player)
    found = optimum(mdp, accuracy * gap_to_one(game.discount) / 4, guess)
    error = mdp.value_error(found.values, found.backup)
    start = from_start(game, found.values, error)
    table = frozen(one_hot(found.actions, mdp.num_actions))
    return SparseBestResponse(player, table, start, frozen(found.values), error)


def gaps(
    game: SparseGame, policy: ProductPolicy, *, accuracy: float = ACCURACY
) -> tuple[Enclosure, ...]:
    """What each player gains by a best response, enclosed."""
    played = state_values(game, policy, accuracy=accuracy)
    return tuple(_gap(game, policy, i, played, accuracy) for i in range(game.players))


def nash_gap(
    game: SparseGame, policy: ProductPolicy, *, accuracy: float = ACCURACY
) -> SparseNashGap:
    """The Nash gap: the largest of the players' gaps, enclosed.

    Example:
        >>> from nashgap.numeric.game import MarkovGame
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> found = nash_gap(SparseGame.from_markov_game(game), ProductPolicy([[[0.0, 1.0]]]))
        >>> 10 in found, found.upper - found.lower < 1e-9
        (True, True)
    """
    each = gaps(game, policy, accuracy=accuracy)
    widest = largest(list(each))
    return SparseNashGap(widest.value, widest.lower, widest.upper, each)


def _gap(
    game: SparseGame, policy: ProductPolicy, player: int, played: SparseValues, accuracy: float
) -> Enclosure:
    own = played.values[player]
    best = best_response(game, policy, player, accuracy=accuracy, guess=own)
    now = from_start(game, own, played.errors[player])
    return best.value.minus(now).at_least(0.0)
