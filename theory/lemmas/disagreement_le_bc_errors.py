r"""What disagreement costs, in the error of each player, for any expert.

\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)
\le(\varepsilon_i+\gamma\sum_{j\ne i}\varepsilon_j)/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import Resolvent, Term, Unfold, Visitation

LEMMA = (
    derivation("disagreement_le_bc_errors")
    .start("V(expert, learner) - V(learner)")
    .le(
        "nu(R(2/(1 - gamma)*(TV_i + gamma*sum_others(TV_j))))",
        by=Resolvent(
            "disagreement_recursion",
            (
                Term("2/(1 - gamma)", ("TV_i >= 0",)),
                Term("2*gamma/(1 - gamma)", ("sum_others(TV_j) >= 0",)),
            ),
        ),
    )
    .eq("2/(1 - gamma)**2*E_mu(TV_i + gamma*sum_others(TV_j))", by=Visitation())
    .eq("(eps_BC_i + gamma*sum_others(eps_BC_j))/(1 - gamma)**2", by=Unfold(("eps_BC_i",)))
)
