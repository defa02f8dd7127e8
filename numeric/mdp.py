r"""The Markov decision process that one player faces when the others are fixed, and its optimum.

Optimal values satisfy \(V(s)=\max_a Q(s,a)\), \(Q(s,a)=r(s,a)+\gamma\sum_{t}P(t\mid s,a)V(t)\). Policy
iteration finds them; in rationals the answer is kept only with its Bellman certificate, that is with
both relations checked at every state and action.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from .linear import solve, times
from .numbers import Array, public

FLOAT_IMPROVEMENT = 1e-12
"""How much better an action must look in floats, relative to the largest value, to be switched to."""


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


@dataclass(frozen=True, eq=False)
class Optimum:
    """Optimal values [S] and Q-values [S, A] in working arithmetic, with an optimal pure policy [S]."""

    state_values: Array
    q: Array
    actions: tuple[int, ...]


def optimum(mdp: Mdp) -> Optimum:
    """Solves the problem by policy iteration.

    In rationals the iteration starts from the float optimum and stops only where the Bellman
    certificate holds exactly.
    """
    if not mdp.is_exact:
        return _iterate(mdp, mdp.reward.argmax(axis=1), FLOAT_IMPROVEMENT)
    guess = _iterate(
        _in_floats(mdp), np.array(_in_floats(mdp).reward.argmax(axis=1)), FLOAT_IMPROVEMENT
    )
    found = _iterate(mdp, np.array(guess.actions), 0)
    if not is_bellman_certificate(mdp, found):  # pragma: no cover - the loop's own exit condition
        raise ArithmeticError("policy iteration stopped without a Bellman certificate")
    return found


def is_bellman_certificate(mdp: Mdp, found: Optimum) -> bool:
    r"""Whether \(V=\max_aQ\) with \(Q=r+\gamma PV\), attained by the policy, exactly at every state."""
    q = mdp.reward + mdp.gamma * times(mdp.kernel, found.state_values)
    attained = q[np.arange(len(found.actions)), list(found.actions)]
    return bool(np.all(attained == found.state_values) and np.all(q <= found.state_values[:, None]))


def policy_values(mdp: Mdp, actions: Array) -> Array:
    """State values [S] of a pure policy, given as one action a state."""
    rows = np.arange(len(actions))
    identity = np.eye(len(actions), dtype=int) if mdp.is_exact else np.eye(len(actions))
    return solve(identity - mdp.gamma * mdp.kernel[rows, actions], mdp.reward[rows, actions])


def _iterate(mdp: Mdp, actions: Array, tolerance: float) -> Optimum:
    rows = np.arange(len(actions))
    while True:
        values = policy_values(mdp, actions)
        q = mdp.reward + mdp.gamma * times(mdp.kernel, values)
        gain = q - q[rows, actions][:, None]
        best = gain.argmax(axis=1)
        better = gain[rows, best] > (tolerance * max(1.0, abs(values).max()) if tolerance else 0)
        if not better.any():
            return Optimum(values, q, tuple(int(a) for a in actions))
        actions = np.where(better, best, actions)


def _in_floats(mdp: Mdp) -> Mdp:
    def near(array: Array) -> Array:
        flat = [int(x.p) / int(x.q) for x in array.ravel()]
        return np.array(flat, dtype=float).reshape(array.shape)

    gamma = int(mdp.gamma.p) / int(mdp.gamma.q)
    return Mdp(near(mdp.kernel), near(mdp.reward), near(mdp.first), gamma)
