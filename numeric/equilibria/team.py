r"""Team games: the joint optimum of a common payoff, which is a pure Nash equilibrium, exactly.

The team's joint actions are the actions of one decision maker; the optimal stationary policy is
deterministic, hence a product, and no player can gain alone what the team cannot gain together.
"""

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..mdp import Mdp, optimum
from ..policy import ProductPolicy
from .result import Equilibrium, certify


def team(game: MarkovGame) -> Equilibrium:
    """The team-optimal pure profile of an exact game with a common payoff.

    Raises:
        BadInput: rewards differ between players, or the game is in floats.

    Example:
        >>> game = MarkovGame([[[["1"]] * 2] * 2], [[[["0", "1"], ["0", "0"]]]] * 2, ["1"], "1/2")
        >>> found = team(game)
        >>> found.exact, found.policy[1].tolist()
        (True, [[Fraction(0, 1), Fraction(1, 1)]])
    """
    check_exact(game)
    if any(not np.array_equal(game.rewards[0], own) for own in game.rewards[1:]):
        raise BadInput("rewards", "they differ between players", "the same rewards for everyone")
    work, size = game.working, game.num_states
    joint = Mdp(
        work.transition.reshape(size, -1, size),
        work.rewards[0].reshape(size, -1),
        work.start,
        work.discount,
    )
    chosen = np.unravel_index(np.array(optimum(joint).actions), game.num_actions)
    policy = ProductPolicy.pure([a.tolist() for a in chosen], game.num_actions)
    return certify(game, policy, "team optimum by policy iteration over joint actions")


def check_exact(game: MarkovGame) -> None:
    """Checks that a game is exact, as certified gaps need it.

    Raises:
        BadInput: the game is in floats.
    """
    if not game.is_exact:
        raise BadInput("game", "a float game", "an exact one: call as_exact() on it")
