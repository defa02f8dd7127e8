r"""What imitation costs in value, in the largest error, for any expert.

\(V_i^{\pi^E}(\nu)-V_i^{\pi}(\nu)\le n\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Term

LEMMA = (
    derivation("value_difference_le_bc_error")
    .start("V(expert) - V(learner)")
    .le(
        "(eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)**2",
        by=ByLemma("value_difference_le_bc_errors"),
    )
    .le(
        "n*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("1/(1 - gamma)**2", ("others_bc_le_max",)),
            )
        ),
    )
)
