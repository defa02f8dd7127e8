r"""What disagreement costs, by player i's own errors where the learner goes, for any expert.

\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\le
2\,\mathrm{E}_{s\sim\mu_\pi}[h_i]/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import KernelPart, Term

_COST = "2/(1 - gamma)"

LEMMA = (
    derivation("disagreement_le_own_misplay")
    .start("V(expert, learner) - V(learner)")
    .le(
        f"E_learner({_COST}*TV_i)/(1 - gamma)",
        by=KernelPart(
            "disagreement_recursion_for_learner", ("m_i", "p_o"), (Term(_COST, ("TV_i >= 0",)),)
        ),
    )
)
