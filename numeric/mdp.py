r"""The Markov decision process that one player faces when the others are fixed, and its optimum.

Optimal values satisfy \(V(s)=\max_a Q(s,a)\), \(Q(s,a)=r(s,a)+\gamma\sum_{t}P(t\mid s,a)V(t)\), and
nothing else does. Policy iteration finds them: evaluate a policy, go over to its greedy policy.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from .linear import residual_matrix, solve, times
from .numbers import Array, public

FLOAT_RESIDUAL = 1e-14
"""Bellman residual, relative to the largest value, that counts as 0 in floats."""

_WARM_DISCOUNT = 1 - 1e-9


@dataclass(frozen=True, eq=False)
class Mdp:
    r"""A single-agent problem in working arithmetic (flint rationals or float64).

    Attributes:
        kernel: \(P(t\mid s,a)\), shape [S, A, S].
        reward: \(r(s,a)\), shape [S, A].
        first: \(\nu\), shape [S].
        gamma: the discount.
    """

    kernel: Array
    reward: Array
    first: Array
    gamma: Any

    @property
    def transition(self) -> Array:
        """The kernel in Fractions or floats, shape [S, A, S]."""
        return public(self.kernel)

    @property
    def rewards(self) -> Array:
        """The rewards in Fractions or floats, shape [S, A]."""
        return public(self.reward)

    @property
    def is_exact(self) -> bool:
        """Whether the arithmetic is rational."""
        return self.kernel.dtype == object

    def q(self, values: Array) -> Array:
        r"""\(r(s,a)+\gamma\sum_tP(t\mid s,a)V(t)\), shape [S, A]."""
        found: Array = self.reward + self.gamma * times(self.kernel, values)
        return found


@dataclass(frozen=True, eq=False)
class Optimum:
    """Optimal values [S], Q-values [S, A] (working arithmetic) and an optimal pure policy [S]."""

    state_values: Array
    q: Array
    actions: tuple[int, ...]


def optimum(mdp: Mdp) -> Optimum:
    r"""Solves the problem by policy iteration.

    In rationals the iteration starts from the float optimum and returns only when its Bellman
    certificate holds exactly: \(V(s)=\max_aQ(s,a)\) at every state.

    Raises:
        BadInput: the discount is too close to 1 for float64.
    """
    if not mdp.is_exact:
        return _iterate(mdp, mdp.reward.argmax(axis=1))
    return _iterate(mdp, np.array(float_optimum(_in_floats(mdp)).actions))


def float_optimum(mdp: Mdp) -> Optimum:
    """The optimum of a problem in floats, up to rounding; a guess for exact work."""
    # Only a starting point is wanted: a discount that rounds to 1 would make it singular.
    gamma = min(float(mdp.gamma), _WARM_DISCOUNT)
    near = Mdp(mdp.kernel, mdp.reward, mdp.first, gamma)
    return _iterate(near, near.reward.argmax(axis=1))


def policy_values(mdp: Mdp, actions: Array) -> Array:
    """State values [S] of a pure policy, given as one action a state."""
    rows = np.arange(len(actions))
    return solve(residual_matrix(mdp.kernel[rows, actions], mdp.gamma), mdp.reward[rows, actions])


def _iterate(mdp: Mdp, actions: Array) -> Optimum:
    rows, total = np.arange(len(actions)), -math.inf
    while True:
        values = policy_values(mdp, actions)
        q = mdp.q(values)
        actions = q.argmax(axis=1)
        residual = abs(q[rows, actions] - values).max()
        if residual <= (0 if mdp.is_exact else FLOAT_RESIDUAL * abs(values).max()):
            break
        # Policies only improve, but near a tie rounding may say otherwise for ever: in floats each
        # turn must raise the sum of the values, so that no policy comes twice.
        if not mdp.is_exact:
            if not values.sum() > total:
                break
            total = values.sum()
    return Optimum(values, q, tuple(actions.tolist()))


def _in_floats(mdp: Mdp) -> Mdp:
    def near(array: Array) -> Array:
        return np.array([float(x) for x in array.ravel().tolist()]).reshape(array.shape)

    return Mdp(near(mdp.kernel), near(mdp.reward), near(mdp.first), mdp.gamma)
