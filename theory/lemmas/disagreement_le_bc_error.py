r"""What disagreement costs, in the largest error, for any expert.

\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)
\le(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Term

LEMMA = (
    derivation("disagreement_le_bc_error")
    .start("V(expert, learner) - V(learner)")
    .le(
        "(eps_BC_i + gamma*sum_others(eps_BC_j))/(1 - gamma)**2",
        by=ByLemma("disagreement_le_bc_errors"),
    )
    .le(
        "(1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("gamma/(1 - gamma)**2", ("others_bc_le_max",)),
            )
        ),
    )
)
