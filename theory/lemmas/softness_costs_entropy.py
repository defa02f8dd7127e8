r"""What a soft best response gives away.

\(\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^{(b^\tau_i,\pi_{-i})}(\nu)\le\tau\log|A|/(1-\gamma)\).
"""

from ..chain import derivation
from ..reasons import Combination, Term, Unfold

LEMMA = (
    derivation("softness_costs_entropy")
    .start("V(best_response, learner) - V(soft, learner)")
    .eq("V(deviation, learner) - V(soft, learner)", by=Unfold(("deviation",)))
    .le(
        "tau*log_actions/(1 - gamma)",
        by=Combination(
            (Term("1", ("deviation_le_soft_value",)), Term("1", ("soft_value_le_own",)))
        ),
    )
)
