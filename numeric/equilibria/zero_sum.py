r"""Zero-sum Markov games: Hoffman and Karp's policy iteration over matrix games.

At values V each state is a matrix game \(r_0(s,a,b)+\gamma\sum_tP(t\mid s,a,b)V(t)\). Player 0's
optimal mixture x in it is held fixed, player 1's best response to x in the whole game gives the
next V. The values increase to the value of the game (Shapley 1953), which is where V is the value
of its own matrix games. The last pair of mixtures is returned with its Nash gap: that is the proof
of quality, not the iteration.

Source: A. J. Hoffman, R. M. Karp, On nonterminating stochastic games, Management Science 12 (1966).
"""

from dataclasses import dataclass

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import Array
from ..policy import ProductPolicy
from ..sparse import SparseGame, SparseNashGap, induced_mdp, nash_gap, uniform
from ..sparse.mdp import gap_to_one
from ..sparse.solving import optimum
from .matrix import MatrixSolutions, solve_matrix_games
from .reconstruct import reconstruct
from .result import Equilibrium, certify_floats
from .smooth import FloatGame
from .support import solve_on_support, supports
from .team import check_exact

METHOD = "Hoffman-Karp policy iteration with matrix games by the simplex method"
_TURNS = 300
_STILL = 3


@dataclass(frozen=True, eq=False)
class SparseEquilibrium:
    """A float profile and its enclosed Nash gap.

    Attributes:
        policy: in float64.
        gap: the Nash gap, enclosed with a proven error.
        method: how it was found.
    """

    policy: ProductPolicy
    gap: SparseNashGap
    method: str


def zero_sum(game: MarkovGame, *, exact: bool = True) -> Equilibrium:
    """An equilibrium of an exact two-player zero-sum game, with its exact gap.

    Args:
        game: an exact game.
        exact: whether to look for a rational equilibrium next to the one found, on small games.

    Raises:
        BadInput: a float game, other than two players, or rewards that do not sum to 0.

    Example:
        >>> game = MarkovGame([[[["1"]] * 2] * 2], [[[["1", "-1"], ["-1", "0"]]],
        ...                   [[["-1", "1"], ["1", "0"]]]], ["1"], "9/10")
        >>> found = zero_sum(game)
        >>> found.exact, found.policy[0].tolist()
        (True, [[Fraction(1, 3), Fraction(2, 3)]])
    """
    check_exact(game)
    _check(game.players, game.rewards)
    tables = _iterate(SparseGame.from_markov_game(game), 1e-12)
    best = certify_floats(game, tables, METHOD)
    if not best.exact:
        polished = solve_on_support(FloatGame(game), tables, supports(tables, 1e-9))
        if polished is not None:
            best = min(best, certify_floats(game, polished, METHOD), key=lambda e: e.gap)
    return reconstruct(game, best) if exact and not best.exact else best


def zero_sum_sparse(game: SparseGame, *, accuracy: float = 1e-9) -> SparseEquilibrium:
    """A nearly optimal pair of a large two-player zero-sum game, with its enclosed gap.

    Args:
        game: the game.
        accuracy: what the iteration aims at; look at the result's `gap` for what was reached.

    Raises:
        BadInput: other than two players, or rewards that do not sum to 0.
    """
    _check(game.players, game.rewards)
    policy = ProductPolicy(_iterate(game, accuracy * gap_to_one(game.discount) / 4))
    return SparseEquilibrium(policy, nash_gap(game, policy), METHOD)


def _iterate(game: SparseGame, tolerance: float) -> tuple[Array, Array]:
    # The value of a mixture against its best reply is where values that only increase may begin.
    values = _secured(game, uniform(game), 0.01, None)
    solved = best = _stage(game, values)
    least, still = np.inf, 0
    for _ in range(_TURNS):
        residual = float(np.abs(solved.values - values).max())
        best = solved if residual < least else best
        least = min(least, residual)
        if residual <= tolerance or still >= _STILL:
            break
        inner = max(tolerance / 4, residual / 1000)
        policy = ProductPolicy([solved.rows, solved.columns])
        following = _secured(game, policy, inner, solved.values)
        # The residual may rise on the way, the values do not fall: once they stand, this is it.
        still = still + 1 if float((following - values).max()) <= tolerance else 0
        values = following
        solved = _stage(game, values)
    return best.rows, best.columns


def _secured(
    game: SparseGame, policy: ProductPolicy, tolerance: float, guess: Array | None
) -> Array:
    """What player 0 gets from each state when player 1 knows its mixtures."""
    replies = induced_mdp(game, policy, 1)
    worst: Array = -optimum(replies, tolerance, None if guess is None else -guess).backup
    return worst


def _stage(game: SparseGame, values: Array) -> MatrixSolutions:
    future = (game.kernel @ values).reshape(game.num_states, *game.num_actions)
    paid = game.rewards[0].reshape(future.shape)
    return solve_matrix_games(paid + game.discount * future)


def _check(players: int, rewards: Array) -> None:
    if players != 2:
        raise BadInput("game", f"{players} players", "two")
    if not np.array_equal(rewards[0], -rewards[1]):
        raise BadInput("rewards", "they do not sum to 0", "a zero-sum game")
