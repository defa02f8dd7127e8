r"""Regularised values rise no more than action values are apart.

\(V^\tau_i[\pi_{-i}]-V^\tau_i[\pi^E_{-i}]\le\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty\) at every state:
the policy that is best against the one is a policy against the other, and its entropy cancels.
"""

from ..chain import derivation
from ..reasons import Combination, Term, Unfold

_X, _Y = "sum_a(bp_i*p_o*Qtau(soft, learner))", "sum_a(bp_i*e_o*Qtau(soft, expert))"
_VALUE = "Vtau_at(soft, expert)"

LEMMA = (
    derivation("soft_values_rise", level="state")
    .start(f"Vtau_at(soft, learner) - {_VALUE}")
    .eq(f"{_X} + tau*bp_entropy_i - {_VALUE}", by=Unfold(("Vtau",)))
    .le(
        f"{_X} - {_Y}",
        by=Combination((Term("1", (f"{_Y} + tau*bp_entropy_i <= {_VALUE}",)),)),
    )
    .le("soft_apart", by=Combination((Term("1", (f"{_X} - {_Y} <= soft_apart",)),)))
)
