r"""How far regularised action values rise with the opponents, under any policy of player i.

\(\sum_a\sigma_i\big(\pi_{-i}Q^\tau_i[\pi_{-i}]-\pi^E_{-i}Q^\tau_i[\pi^E_{-i}]\big)\le
\tfrac{(n-1)\varepsilon_\infty(2+\gamma\tau\log|A|)}{2(1-\gamma)}
+\gamma\|V^\tau[\pi]-V^\tau[\pi^E]\|_\infty\) at every state: what the opponents do alike costs a
discounted difference of values, what they do otherwise at most a span.
"""

from ._soft_sides import EXPERT, LEARNER, action_values

LEMMA = action_values("soft_action_values_rise", LEARNER, EXPERT)
