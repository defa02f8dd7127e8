r"""Regularised values rise no more than action values are apart.

\(V^\tau_i[\pi_{-i}]-V^\tau_i[\pi^E_{-i}]\le\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty\) at every state:
the policy that is best against the one is a policy against the other, and its entropy cancels.
"""

from ._soft_sides import EXPERT, LEARNER, values

LEMMA = values("soft_values_rise", LEARNER, EXPERT)
