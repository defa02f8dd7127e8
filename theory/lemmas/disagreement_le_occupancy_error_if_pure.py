r"""What disagreement costs, in the occupancies, where the expert is pure.

\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\le\varepsilon_\rho/(1-\gamma)^2\): the learner's
other actions are never the expert's, so that the occupancies show how often it takes them.
"""

from ..chain import derivation
from ..reasons import Assume, Combination, KernelPart, Term

LEMMA = (
    derivation("disagreement_le_occupancy_error_if_pure", assume="pure")
    .start("V(expert, learner) - V(learner)")
    .eq("V(kept, learner) - V(learner)", by=Assume("pure"))
    .le(
        "E_learner(2/(1 - gamma)*out_i)/(1 - gamma)",
        by=KernelPart("kept_recursion", ("s_i", "p_o"), (Term("2/(1 - gamma)", ("out_i >= 0",)),)),
    )
    .le(
        "eps_rho/(1 - gamma)**2",
        by=Combination((Term("1/(1 - gamma)**2", ("2*E_learner(out_i) <= eps_rho",)),)),
    )
)
