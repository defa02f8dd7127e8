r"""The largest cloning error of any expert that agrees with the demonstrations, kernel known.

If \(\|\hat\pi_j(\cdot\mid s)-\pi^E_j(\cdot\mid s)\|_1\le c_j(s)\) for all j and s, then the joint
action at s has a distribution within \(c(s)=\sum_jc_j(s)\) of \(\hat\pi(\cdot\mid s)\) in l1 norm,
and the expert's error of player i is at most \(\nu\cdot V\) with

\[ V(s)=(1-\gamma)c_i(s)+\gamma\max_{\|q-\hat\pi(\cdot\mid s)\|_1\le c(s)}\sum_aq(a)\sum_t
   P(t\mid s,a)V(t). \]

It needs no weights from the data: trajectories may be short, and may start anywhere.

Proof. \(\mathbb E_{\mu}c_i=(1-\gamma)\nu\cdot\sum_t\gamma^tP_{\pi^E}^tc_i\) is the value of one
choice of q at each state, and V that of the best one. The iteration starts above its fixed point
and its operator is monotone, so that it stays above wherever it stops. QED. The maximum puts c/2
more on the best joint action and takes it from the worst ones: extended value iteration, Jaksch,
Ortner and Auer (2010), Near-optimal regret bounds for reinforcement learning.
"""

import numpy as np

from ..game import MarkovGame
from ..numbers import Array
from ..policy import ProductPolicy

_SWEEPS = 5000
_ENOUGH = 1e-7


def consistent_errors(game: MarkovGame, clone: ProductPolicy, deviations: Array) -> list[float]:
    r"""An upper bound on each player's \(\epsilon_{BC,i}\) over the consistent experts.

    Args:
        game: the game, its kernel known.
        clone: the cloned policy.
        deviations: \(c_i(s)\), shape [n, S].

    Example:
        One state, so that the weights are known:

        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> error, = consistent_errors(game, ProductPolicy([[["1", "0"]]]), np.array([[0.25]]))
        >>> round(error, 6)
        0.25
    """
    kernel = game.transition.astype(float).reshape(game.num_states, -1, game.num_states)
    joint = _joint(clone)
    radius = np.minimum(deviations.sum(axis=0), 2.0) / 2
    gamma, start = float(game.discount), game.start.astype(float)
    return [float(start @ _largest(kernel, joint, radius, costs, gamma)) for costs in deviations]


def _largest(kernel: Array, joint: Array, radius: Array, costs: Array, gamma: float) -> Array:
    values = np.full(len(costs), costs.max())
    for _ in range(_SWEEPS):
        new = (1 - gamma) * costs + gamma * _optimistic(kernel @ values, joint, radius)
        done = float(np.max(values - new)) <= _ENOUGH * (1 - gamma)
        values = np.minimum(values, new)
        if done:
            break
    return values


def _optimistic(worth: Array, joint: Array, radius: Array) -> Array:
    """The best mean of `worth` within the radius (in total variation), at each state."""
    order = np.argsort(worth, axis=1, kind="stable")  # from the worst joint action to the best
    sorted_worth = np.take_along_axis(worth, order, axis=1)
    chances = np.take_along_axis(joint, order, axis=1)
    moved = np.minimum(radius, 1 - chances[:, -1])[:, None]
    before = np.cumsum(chances, axis=1) - chances
    taken = np.clip(moved - before, 0, chances)
    taken[:, -1] = 0
    chances = chances - taken
    chances[:, -1] += taken.sum(axis=1)
    found: Array = (chances * sorted_worth).sum(axis=1)
    return found


def _joint(clone: ProductPolicy) -> Array:
    rows = np.ones((clone.num_states, 1))
    for table in clone:
        rows = (rows[:, :, None] * table.astype(float)[:, None, :]).reshape(clone.num_states, -1)
    return rows
