"""Simulated demonstrations: trajectories drawn from a game under a policy, with a seed."""

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..numbers import Array, short
from ..policy import ProductPolicy
from .trajectories import Demonstrations

_MOST = 100_000_000


def simulate(
    game: MarkovGame, policy: ProductPolicy, trajectories: int, horizon: int, seed: int
) -> Demonstrations:
    """Draws independent trajectories from the start.

    Args:
        game: the game.
        policy: who plays, the expert for instance.
        trajectories: how many, at least 1.
        horizon: joint actions in each, at least 1; the state after the last one is kept as well.
        seed: a non-negative integer; the same seed draws the same trajectories.

    Raises:
        BadInput: a number out of range, or a policy that does not fit.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> simulate(game, ProductPolicy([[["1", "0"]]]), 3, 5, seed=0).counts[0].tolist()
        [[15, 0]]
    """
    policy.check_fits(game)
    for name, given in (("trajectories", trajectories), ("horizon", horizon), ("seed", seed)):
        least = 0 if name == "seed" else 1
        if not isinstance(given, int) or isinstance(given, bool) or given < least:
            raise BadInput(name, f"given {short(given)}", f"an integer of at least {least}")
    if trajectories * horizon > _MOST:
        raise BadInput("horizon", f"{trajectories} trajectories of {horizon} steps", "fewer steps")
    draw = np.random.default_rng(seed)
    choices = [_cumulative(table) for table in policy]
    kernel = _cumulative(game.transition).reshape(-1, game.num_states)
    states = np.empty((trajectories, horizon + 1), dtype=np.int64)
    actions = np.empty((trajectories, horizon, game.players), dtype=np.int64)
    start = np.broadcast_to(_cumulative(game.start), (trajectories, game.num_states))
    states[:, 0] = _pick(start, draw)
    for t in range(horizon):
        row = states[:, t].copy()
        for i, (table, count) in enumerate(zip(choices, game.num_actions, strict=True)):
            actions[:, t, i] = _pick(table[states[:, t]], draw)
            row = row * count + actions[:, t, i]
        states[:, t + 1] = _pick(kernel[row], draw)
    return Demonstrations(game, zip(states, actions, strict=True))


def _cumulative(rows: Array) -> Array:
    """Running sums along the last axis, beyond 1 from the last positive entry on."""
    chances = rows.astype(float)
    sums = np.cumsum(chances, axis=-1)
    later: Array = np.flip(np.cumsum(np.flip(chances > 0, -1), axis=-1), -1) - (chances > 0)
    found: Array = np.where(later > 0, sums, 2.0)  # rounding must not leave the support
    return found


def _pick(cumulative: Array, draw: np.random.Generator) -> Array:
    found: Array = (draw.random(len(cumulative))[:, None] >= cumulative).sum(axis=1)
    return found
