r"""\(V_i^{\pi}(\nu)-V_i^{\pi^E}(\nu)\le\varepsilon_\rho/(1-\gamma)\), for any expert."""

from ..chain import derivation
from ..reasons import Combination, Term, Unfold

_PAID = "sum_sa(rho_learner*r) - sum_sa(rho_expert*r)"
_APART = "norm_sa(rho_learner - rho_expert)"

LEMMA = (
    derivation("value_rise_le_occupancy_error")
    .start("V(learner) - V(expert)")
    .eq(f"({_PAID})/(1 - gamma)", by=Unfold(("values by occupancy",)))
    .le(
        f"{_APART}/(1 - gamma)",
        by=Combination((Term("1/(1 - gamma)", (f"{_PAID} <= {_APART}",)),)),
    )
    .eq("eps_rho/(1 - gamma)", by=Unfold(("eps_rho",)))
)
