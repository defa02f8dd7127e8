r"""\(V_i^{\pi^E}(\nu)-V_i^{\pi}(\nu)\le\sum_j\varepsilon_j/(1-\gamma)^2\), for any expert."""

from ..chain import derivation
from ..reasons import Resolvent, Term, Unfold, Visitation

LEMMA = (
    derivation("value_difference_le_bc_errors")
    .start("V(expert) - V(learner)")
    .le(
        "nu(R(2/(1 - gamma)*(TV_i + sum_others(TV_j))))",
        by=Resolvent(
            "value_recursion",
            (
                Term("2/(1 - gamma)", ("TV_i >= 0",)),
                Term("2/(1 - gamma)", ("sum_others(TV_j) >= 0",)),
            ),
        ),
    )
    .eq("2/(1 - gamma)**2*E_mu(TV_i + sum_others(TV_j))", by=Visitation())
    .eq("(eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)**2", by=Unfold(("eps_BC_i",)))
)
