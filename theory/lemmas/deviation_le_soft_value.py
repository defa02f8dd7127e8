r"""\(V_i^{(\pi^*_i,\pi_{-i})}(\nu)\le\nu\cdot V^\tau_i[\pi_{-i}]\): no policy earns more."""

from ..chain import derivation
from ..reasons import ConstantCost

LEMMA = (
    derivation("deviation_le_soft_value")
    .start("V(deviation, learner) - nu(Vtau_at(soft, learner))")
    .le("0", by=ConstantCost("deviation_below_soft_value", ("b_i", "p_o")))
)
