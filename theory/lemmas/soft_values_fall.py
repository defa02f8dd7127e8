r"""Regularised values fall no more than action values are apart.

\(V^\tau_i[\pi^E_{-i}]-V^\tau_i[\pi_{-i}]\le\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty\) at every state:
the policy that is best against the one is a policy against the other, and its entropy cancels.
"""

from ..chain import derivation
from ..reasons import Combination, Term, Unfold

_X, _Y = "sum_a(be_i*e_o*Qtau(soft, expert))", "sum_a(be_i*p_o*Qtau(soft, learner))"
_VALUE = "Vtau_at(soft, learner)"

LEMMA = (
    derivation("soft_values_fall", level="state")
    .start(f"Vtau_at(soft, expert) - {_VALUE}")
    .eq(f"{_X} + tau*be_entropy_i - {_VALUE}", by=Unfold(("Vtau",)))
    .le(
        f"{_X} - {_Y}",
        by=Combination((Term("1", (f"{_Y} + tau*be_entropy_i <= {_VALUE}",)),)),
    )
    .le("soft_apart", by=Combination((Term("1", (f"{_X} - {_Y} <= soft_apart",)),)))
)
