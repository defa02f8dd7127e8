"""Float policies for sparse games, made without a Python loop over states."""

from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import Array
from ..policy import ProductPolicy
from .game import SparseGame


def uniform(game: SparseGame) -> ProductPolicy:
    """Every player uniform at every state."""
    return ProductPolicy([np.full((game.num_states, k), 1.0 / k) for k in game.num_actions])


def pure(game: SparseGame, actions: Any) -> ProductPolicy:
    """Player i plays `actions[i][s]` at state s; `actions` has shape [n, S].

    Raises:
        BadInput: another shape, or an action that the player does not have.
    """
    chosen = np.asarray(actions)
    if chosen.shape != (game.players, game.num_states):
        needed = f"shape {[game.players, game.num_states]}"
        raise BadInput("actions", f"shape {list(chosen.shape)}", needed)
    for i, count in enumerate(game.num_actions):
        if not ((chosen[i] >= 0) & (chosen[i] < count)).all():
            raise BadInput(f"actions[{i}]", "an unknown action", f"whole numbers 0..{count - 1}")
    pairs = zip(chosen, game.num_actions, strict=True)
    return ProductPolicy([one_hot(a, count) for a, count in pairs])


def one_hot(actions: Array, count: int) -> Array:
    """Shape [S, count]: 1.0 at the action of each state."""
    table = np.zeros((len(actions), count))
    table[np.arange(len(actions)), actions] = 1.0
    return table


def perturbed(
    policy: ProductPolicy, *, seed: int, share: float = 0.1, weight: float = 0.5
) -> ProductPolicy:
    r"""A learner that errs: at random states its play is mixed with noise.

    There \(\pi_i\) becomes \((1-w)\pi_i+w\,\mathrm{Dirichlet}(1,\dots,1)\).

    Args:
        policy: a float policy.
        seed: of the generator.
        share: the chance of each (player, state) to be changed, in [0, 1].
        weight: w, in [0, 1].

    Raises:
        BadInput: `share` or `weight` out of range.
    """
    for name, number in (("share", share), ("weight", weight)):
        if not 0 <= number <= 1:
            raise BadInput(name, f"given {number}", "a number in [0, 1]")
    random = np.random.default_rng(seed)
    changed = []
    for table in policy.as_float():
        noise = random.exponential(size=table.shape)
        noise /= noise.sum(axis=1, keepdims=True)
        mixing = weight * (random.random((len(table), 1)) < share)
        changed.append((1 - mixing) * table + mixing * noise)
    return ProductPolicy(changed)
