r"""How far regularised action values are apart, by how far the values to come are.

\(\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty\le
\tfrac{(n-1)\varepsilon_\infty(2+\gamma\tau\log|A|)}{2(1-\gamma)}
+\gamma\|V^\tau[\pi]-V^\tau[\pi^E]\|_\infty\).
"""

from ..chain import derivation
from ..reasons import Largest

LEMMA = (
    derivation("soft_action_values_recursion")
    .start("soft_apart")
    .le(
        "(n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(2*(1 - gamma)) + gamma*soft_values_apart",
        by=Largest("soft_action_values_rise", "soft_action_values_fall"),
    )
)
