r"""\(\nu\cdot V^\tau_i[\pi_{-i}]-V_i^{(b^\tau_i,\pi_{-i})}(\nu)\le\tau\log|A|/(1-\gamma)\)."""

from ..chain import derivation
from ..reasons import ConstantCost

LEMMA = (
    derivation("soft_value_le_own")
    .start("nu(Vtau_at(soft, learner)) - V(soft, learner)")
    .le("tau*log_actions/(1 - gamma)", by=ConstantCost("soft_value_above_own", ("bp_i", "p_o")))
)
