"""Learners for a given expert: matched where the expert comes, or wrong by an exact amount."""

from fractions import Fraction
from random import Random

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..occupancy import occupancy, visited
from ..policy import ProductPolicy
from ._drawing import draw_policy


def matched_learner(
    rng: Random, game: MarkovGame, expert: ProductPolicy, *, pure: bool
) -> ProductPolicy:
    """The expert on the states that it visits, a random policy elsewhere: occupancies are equal."""
    free = draw_policy(rng, game.num_states, game.num_actions, pure=pure)
    seen = visited(game, expert)
    return ProductPolicy(
        [
            [list(table[s]) if s in seen else free[i][s] for s in range(game.num_states)]
            for i, table in enumerate(expert)
        ]
    )


def perturbed_learner(
    rng: Random, game: MarkovGame, expert: ProductPolicy, eps: Fraction
) -> ProductPolicy:
    r"""The expert with \(\epsilon_{BC,i}\) exactly `eps` for every player that has two actions.

    At each visited state a fixed share of the expert's row goes to the action that it plays least.

    Raises:
        BadInput: no player can err, or not by so much.
    """
    if all(count == 1 for count in game.num_actions):
        raise BadInput("eps", f"given {eps}", "a player with at least two actions")
    mu, _ = occupancy(game, expert)
    free = draw_policy(rng, game.num_states, game.num_actions, pure=False)
    tables = []
    for i, table in enumerate(expert):
        rows = table.tolist()
        wrong = [row.index(min(row)) for row in rows]
        most = sum(2 * mu[s] * (1 - row[wrong[s]]) for s, row in enumerate(rows))
        if game.num_actions[i] > 1 and eps > most:
            raise BadInput("eps", f"given {eps}", f"at most {most} for player {i} of this game")
        share = eps / most if most else Fraction(0)
        tables.append(
            [
                [(1 - share) * p + share * int(a == wrong[s]) for a, p in enumerate(row)]
                if mu[s] > 0
                else free[i][s]
                for s, row in enumerate(rows)
            ]
        )
    return ProductPolicy(tables)
