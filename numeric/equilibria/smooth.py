r"""A game in float64 with the derivatives of its Q-values by the policies.

With \(G_i(s,a)=r_i(s,a)+\gamma\sum_tP(t\mid s,a)V_i^\pi(t)\), \(M=(I-\gamma P^\pi)^{-1}\),
\(K_i(s,a_i,t)=\gamma\,\mathbb E_{\pi_{-i}}P(t\mid s,a)\), and \(W_{ij}(s,b)\) the mean of
\(G_i(s,\cdot)\) when j plays b:
\[\frac{\partial Q_i(s,a)}{\partial\pi_j(b\mid s')}=[s=s',j\ne i]\,\mathbb E_{\pi_{-ij}}G_i(s,a,b)
  +\sum_tK_i(s,a,t)M(t,s')W_{ij}(s',b).\]
Coordinates are ordered by player, state, action.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..game import MarkovGame
from ..linear import average
from ..numbers import Array


class Smooth(NamedTuple):
    """Q-values of each player, [S, A_i], and their derivative, [N, N] with N = S sum A_i."""

    q: list[Array]
    derivative: Array


class FloatGame:
    """Arrays of a game in float64, and where each player's coordinates are.

    Attributes:
        counts: (A_1, ..., A_n).
        size: number of states S.
        slices: each player's part of a vector of N coordinates.
    """

    def __init__(self, game: MarkovGame) -> None:
        near = game.as_float() if game.is_exact else game
        self.kernel, self.rewards = near.transition, near.rewards
        self.start, self.gamma = near.start, float(near.discount)
        self.counts, self.size, self.players = near.num_actions, near.num_states, near.players
        ends = np.cumsum([0, *(self.size * k for k in self.counts)])
        self.slices = [slice(int(a), int(b)) for a, b in pairwise(ends)]
        self.total = int(ends[-1])

    def smooth(self, tables: Sequence[Array]) -> Smooth:
        """Q-values and derivatives at a profile."""
        players, size = range(self.players), self.size
        kept = [self._mix(self.kernel, tables, (i,)) for i in players]
        chain = average(kept[0], tables[0], 1)
        resolvent = np.linalg.inv(np.eye(size) - self.gamma * chain)
        derivative = np.zeros((self.total, self.total))
        q = []
        for i in players:
            paid = average(self._mix(self.rewards[i], tables, (i,)), tables[i], 1)
            future = self.kernel @ (self.gamma * (resolvent @ paid))
            stage = self.rewards[i] + future
            means = [self._mix(stage, tables, (j,)) for j in players]
            q.append(means[i])
            reach = self.gamma * kept[i].reshape(-1, size) @ resolvent
            for j in players:
                block = reach[:, :, None] * means[j][None, :, :]
                if j != i:
                    pair = self._mix(stage, tables, (i, j))
                    own = pair if i < j else np.swapaxes(pair, 1, 2)
                    view = block.reshape(size, self.counts[i], size, self.counts[j])
                    states = np.arange(size)
                    view[states, :, states, :] += own
                derivative[self.slices[i], self.slices[j]] = block.reshape(
                    size * self.counts[i], -1
                )
        return Smooth(q, derivative)

    def gap(self, tables: Sequence[Array]) -> float:
        """The largest gain from any state by any player, in floats: at least the Nash gap."""
        worst = 0.0
        for i in range(self.players):
            kernel = self._mix(self.kernel, tables, (i,))
            paid = self._mix(self.rewards[i], tables, (i,))
            own = np.linalg.solve(
                np.eye(self.size) - self.gamma * average(kernel, tables[i], 1),
                average(paid, tables[i], 1),
            )
            gain = (paid + self.gamma * kernel @ own).max(axis=1) - own
            worst = max(worst, float(gain.max()) / (1 - self.gamma))
        return worst

    def _mix(self, array: Array, tables: Sequence[Array], keep: tuple[int, ...]) -> Array:
        for j in reversed(range(self.players)):
            if j not in keep:
                array = average(array, tables[j], j + 1)
        return array
