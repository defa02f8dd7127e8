r"""For a dominant expert, \(\mathrm{NashGap}_i(\pi)\le\varepsilon_\rho/(1-\gamma)^2\)."""

from ..chain import derivation
from ..reasons import Assume, Combination, KernelPart, Term, Unfold

LEMMA = (
    derivation("dominant_gap_i_le_occupancy_error", assume="dominant")
    .start("NashGap_i")
    .eq("V(best_response, learner) - V(learner)", by=Unfold(("NashGap_i",)))
    .eq("V(kept, learner) - V(learner)", by=Assume("dominant"))
    .le(
        "E_learner(2/(1 - gamma)*out_i)/(1 - gamma)",
        by=KernelPart("kept_recursion", ("s_i", "p_o"), (Term("2/(1 - gamma)", ("out_i >= 0",)),)),
    )
    .le(
        "eps_rho/(1 - gamma)**2",
        by=Combination((Term("1/(1 - gamma)**2", ("2*E_learner(out_i) <= eps_rho",)),)),
    )
)
