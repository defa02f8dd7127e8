r"""What disagreement costs, in the occupancies, for any expert.

\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\le\varepsilon_\rho/(1-\gamma)^2\).

Player i's errors where the learner goes bound it, and so do the opponents' where the expert goes;
the occupancies do not differ less than both together, so that a mean of the two bounds is enough.
"""

from ..chain import derivation
from ..reasons import Combination, Term

LEMMA = (
    derivation("disagreement_le_occupancy_error")
    .start("V(expert, learner) - V(learner)")
    .le(
        "eps_rho/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 + gamma)", ("disagreement_le_opponents_misplay",)),
                Term("gamma/(1 + gamma)", ("disagreement_le_own_misplay",)),
                Term(
                    "2*gamma/((1 + gamma)*(1 - gamma)**2)",
                    ("E_learner(TV_i) + E_mu(TV_o) <= eps_rho",),
                ),
            )
        ),
    )
)
