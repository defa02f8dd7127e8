r"""How much the expert can be at each state, from N sampled trajectories.

\(\mu=\mu_{\pi^E}\) is the normalised discounted occupancy. Trajectory k shows the weight
\(h_k(s)=(1-\gamma)\sum_{t}\gamma^t[s_t=s]\) over the states that were seen, and hides
\(b_k=\gamma^{\text{states seen}}\); where it ends in a state that no action leaves, the rest
belongs to that state and nothing is hidden. \(\bar h\), \(\bar b\): means over k. With probability
at least \(1-\delta\), with \(\ell=\ln((|S|+1)/\delta)\),

\[ \mu(s)\le u(s)=\max\{u:\ N\,\mathrm{kl}(\min(1,\bar h(s)+\bar b),u)\le\ell\}\ \text{ for all }s,
\qquad \mu(U)\le u_0=\frac{\sum_k x_k+\ell}{N(1-1/e)}, \]

U the states without a demonstration, and \(x_k\) what trajectory k shows of states that no earlier
one acted at, plus \(b_k\). So for any costs \(c(s)\ge0\), chosen after the data,

\[ \mathbb E_\mu c\le\max\Bigl\{\sum_s m(s)c(s):\ m\ge0,\ \sum_s m(s)=1,\ m\le u,\
   m(U)\le u_0\Bigr\}. \]

Assumed: the trajectories are the beginnings of N independent runs of the expert from the start. How
long each was watched may depend on what was seen.

Proof. Let \(H_k\ge h_k\) be the occupancy of the whole run k, seen or not: independent, in [0, 1],
with mean \(\mu\), and \(H_k(A)\le h_k(A)+b_k\) for every set A. By Hoeffding (1963, Theorem 1)
\(N\,\mathrm{kl}(\bar H(s),\mu(s))\le\ell\) or \(\mu(s)\le\bar H(s)\) but for a chance
\(e^{-\ell}\); the largest such \(\mu(s)\) grows with \(\bar H(s)\le\bar h(s)+\bar b\). With
\(U_k\supseteq U\) the states that no trajectory before k acted at, \(X_k=H_k(U_k)\le x_k\) has
mean \(\mu(U_k)\) given the past, and \(\mathbb E[e^{-X_k}\mid\text{past}]\le
1-(1-1/e)\mu(U_k)\le e^{-(1-1/e)\mu(U_k)}\) by convexity. So
\(\exp\sum_k[(1-1/e)\mu(U_k)-X_k]\) has mean at most 1, and by Markov
\((1-1/e)N\mu(U)\le\sum_kX_k+\ell\) but for a chance \(e^{-\ell}\). The |S| + 1 events share
\(\delta\). QED. (The last step plays the part of McAllester and Schapire's bound on the missing
mass (2000), for runs instead of single draws.)
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..game import MarkovGame
from ..numbers import Array
from .chernoff import upper
from .coverage import absorbing
from .trajectories import Demonstrations, Trajectory

_GROWTH = 1 - math.exp(-1)


@dataclass(frozen=True, eq=False)
class Weights:
    r"""What the trajectories say about \(\mu\).

    Attributes:
        trajectories: N.
        shown: \(\bar h\), shape [S].
        hidden: \(\bar b\in[0,1]\).
        discovered: \(\sum_kx_k\).
        unseen: whether a state has no demonstration, shape [S].
    """

    trajectories: int
    shown: Array
    hidden: float
    discovered: float
    unseen: Array

    def bound(self, costs: Array, delta: float, *, scale: float = 1.0) -> float:
        r"""The largest \(\sum_sm(s)c(s)\) over the weights m that the data allow.

        Args:
            costs: \(c\ge0\), shape [S].
            delta: the chance that it fails.
            scale: as if there were that many times as many trajectories, with the same means and
                nothing new discovered.
        """
        count = self.trajectories * scale
        level = math.log((len(costs) + 1) / delta)
        caps = [upper(min(1.0, x + self.hidden), level / count) for x in self.shown.tolist()]
        hidden = self.trajectories * self.hidden
        found = self.discovered - hidden + hidden * scale
        rest, unseen = 1.0, min(1.0, (found + level) / (count * _GROWTH))
        total = 0.0
        # The constraints are nested, so that filling the dearest states first is optimal.
        for s in np.argsort(-costs, kind="stable").tolist():
            mass = min(caps[s], rest, unseen if self.unseen[s] else rest)
            total += mass * float(costs[s])
            rest -= mass
            if self.unseen[s]:
                unseen -= mass
        return total


def sampled_weights(demonstrations: Demonstrations) -> Weights:
    """Adds up the discounted weights of the trajectories, in their order."""
    space = demonstrations.space
    gamma, size = float(space.discount), demonstrations.num_states
    ends = absorbing(space) if isinstance(space, MarkovGame) else frozenset()
    shown, hidden, discovered = np.zeros(size), 0.0, 0.0
    acted = np.zeros(size, dtype=bool)
    for trajectory in demonstrations.trajectories:
        seen, lost = _weights(trajectory, gamma, size, ends)
        shown += seen
        hidden += lost
        discovered += min(1.0, float(seen[~acted].sum()) + lost)
        acted[trajectory.states[: trajectory.steps]] = True
    count = len(demonstrations)
    return Weights(count, shown / count, hidden / count, discovered, demonstrations.visits == 0)


def _weights(
    trajectory: Trajectory, gamma: float, size: int, ends: frozenset[int]
) -> tuple[Any, float]:
    length = len(trajectory.states)
    powers = (1 - gamma) * gamma ** np.arange(length)
    seen = np.bincount(trajectory.states, weights=powers, minlength=size)
    lost = gamma**length
    if trajectory.last_state in ends:
        seen[trajectory.last_state] += lost
        lost = 0.0
    return seen, lost
