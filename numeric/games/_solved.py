"""Experts that are found by solving a random game: a team's optimum, or a pure equilibrium."""

from random import Random

import numpy as np

from ..best_response import best_response
from ..game import MarkovGame
from ..numbers import Array
from ..policy import ProductPolicy
from ..value import state_values
from ._draft import Shape

ROUNDS = 30
"""Rounds of best-response steps before a draw is given up."""


def team_optimum(game: MarkovGame) -> ProductPolicy:
    """A pure profile that is best for player 0 from every state among all joint policies.

    With common payoffs it is a subgame-perfect equilibrium.

    Example:
        >>> game = MarkovGame([[[["1"], ["1"]]]], [[[["0", "1"]]]] * 2, ["1"], "1/2")
        >>> team_optimum(game)[1].tolist()
        [[Fraction(0, 1), Fraction(1, 1)]]
    """
    size = game.num_states
    together = MarkovGame(
        game.transition.reshape(size, -1, size),
        game.rewards[:1].reshape(1, size, -1),
        game.start,
        game.discount,
    )
    uniform = ProductPolicy.uniform(together)
    chosen = best_response(together, uniform, 0).table.argmax(axis=1)
    joint = np.unravel_index(chosen, game.num_actions)
    return ProductPolicy.pure([[int(a) for a in mine] for mine in joint], game.num_actions)


def pure_equilibrium(rng: Random, game: MarkovGame) -> ProductPolicy | None:
    """A pure subgame-perfect equilibrium, if best-response steps from a random profile find one."""
    profile = ProductPolicy.pure(
        [[rng.randrange(count) for _ in range(game.num_states)] for count in game.num_actions],
        game.num_actions,
    )
    for _ in range(ROUNDS):
        moved = False
        for player in range(game.players):
            best = best_response(game, profile, player)
            if _improves(best.state_values, state_values(game, profile)[player]):
                profile, moved = profile.replace(player, best.table), True
        if not moved:
            return profile
    return None


def _improves(best: Array, now: Array) -> bool:
    return any(x > y for x, y in zip(best, now, strict=True))


def needs_solving(shape: Shape) -> bool:
    """Whether the class leaves no room to make the rewards fit a chosen expert."""
    return shape.has("state-rewards") or (shape.has("zero-sum") and shape.has("own-rewards"))
