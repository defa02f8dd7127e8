r"""How far regularised action values move with the opponents.

\(\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty\le
\tfrac{(n-1)\,\varepsilon_\infty\,(2+\gamma\tau\log|A|)}{2(1-\gamma)^2}\): the soft Bellman operator
is a contraction.
"""

from ..chain import derivation
from ..reasons import Combination, Term

LEMMA = (
    derivation("soft_values_move_little")
    .start("soft_apart")
    .le(
        "(n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(2*(1 - gamma)**2)",
        by=Combination(
            (
                Term("1/(1 - gamma)", ("soft_action_values_recursion",)),
                Term("gamma/(1 - gamma)", ("soft_values_le_action_values",)),
            )
        ),
    )
)
