r"""A sufficient condition for weak dominance, checked state by state.

Let \(hi(t)\) and \(lo(t)\) be the greatest and the least of what the policy \(e_i\) earns from
\(t\) against opponents who act as one controller (which covers every product). If for all states
that joint actions reach, all \(a_i\) and all joint \(a_o\)
\[\Delta r+\gamma\sum_t\big[\Delta_t^+\,lo_t-\Delta_t^-\,hi_t\big]\ge0,\qquad
\Delta=\textstyle\sum_a e_i(a\mid s)(\cdot)(s,a,a_o)-(\cdot)(s,a_i,a_o),\]
for \((\cdot)=r_i\) and \((\cdot)=P(t\mid)\), then no action has a positive advantage against any
product of opponents, so \(e_i\) is a best response to each of them from every such state.
"""

import numpy as np

from .dominance_side import Side
from .linear import average
from .mdp import Mdp, optimum
from .numbers import Array


def is_locally_dominant(side: Side) -> bool:
    """Whether the condition holds; False says nothing."""
    size, count = side.own.shape
    reward = side.reward.reshape(size, count, -1)
    kernel = side.kernel.reshape(size, count, -1, size)
    mean_reward, mean_kernel = average(reward, side.own, 1), average(kernel, side.own, 1)
    greatest = optimum(Mdp(mean_kernel, mean_reward, side.first, side.gamma)).state_values
    least = -optimum(Mdp(mean_kernel, -mean_reward, side.first, side.gamma)).state_values
    lead = mean_reward[:, None, :] - reward
    shift = mean_kernel[:, None, :, :] - kernel
    worst: Array = lead + side.gamma * np.where(shift > 0, shift * least, shift * greatest).sum(-1)
    return bool(np.all(worst >= 0))
