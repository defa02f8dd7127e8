r"""No policy earns more than the regularised value, as a recursion.

\(W\le\gamma\sum_a\pi^*_i\pi_{-i}\,P[W]\) at every state, \(W=V_i^{(\pi^*_i,\pi_{-i})}
-V^\tau_i[\pi_{-i}]\): an entropy is non-negative.
"""

from ..chain import derivation
from ..reasons import Combination, Term, Unfold

_SOFT = "sum_a(b_i*p_o*Qtau(soft, learner))"
_VALUE = "Vtau_at(soft, learner)"

LEMMA = (
    derivation("deviation_below_soft_value", level="state")
    .start(f"V_at(deviation, learner) - {_VALUE}")
    .le(
        f"V_at(deviation, learner) - {_SOFT} - tau*b_entropy_i",
        by=Combination((Term("1", (f"{_SOFT} + tau*b_entropy_i <= {_VALUE}",)),)),
    )
    .le(
        f"V_at(deviation, learner) - {_SOFT}",
        by=Combination((Term("1", ("tau >= 0", "b_entropy_i >= 0")),)),
    )
    .eq(f"sum_a(b_i*p_o*Q(deviation, learner)) - {_SOFT}", by=Unfold(("V_at",)))
    .eq(
        f"gamma*sum_a(b_i*p_o*next(V_at(deviation, learner) - {_VALUE}))",
        by=Unfold(("Q", "Qtau")),
    )
)
