r"""The same from the start: however often the opponents err, they cost one discounted step.

\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\le(2\gamma+\varepsilon_i)/(1-\gamma)\).
"""

from ..chain import derivation
from ..reasons import Combination, Mean, Term, Unfold

LEMMA = (
    derivation("disagreement_le_one_step")
    .start("V(expert, learner) - V(learner)")
    .eq("nu(V_at(expert, learner)) - nu(V_at(learner))", by=Unfold(("V",)))
    .le(
        "2*gamma/(1 - gamma) + 2*nu(TV_i)",
        by=Mean("nu", (Term("1", ("disagreement_one_step",)),)),
    )
    .le(
        "(2*gamma + 2*E_mu(TV_i))/(1 - gamma)",
        by=Combination((Term("2", ("nu(TV_i) <= E_mu(TV_i)/(1 - gamma)",)),)),
    )
    .eq("(2*gamma + eps_BC_i)/(1 - gamma)", by=Unfold(("eps_BC_i",)))
)
