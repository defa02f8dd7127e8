r"""What player i gains, in two differences of values, for a Nash expert.

\(\mathrm{NashGap}_i(\pi)\le\big[V_i^{(\pi^*_i,\pi_{-i})}(\nu)-V_i^{(\pi^*_i,\pi^E_{-i})}(\nu)\big]
+\big[V_i^{\pi^E}(\nu)-V_i^{\pi}(\nu)\big]\), because \(\pi^*_i\) gains nothing against the expert.
"""

from ..chain import derivation
from ..reasons import Assume, Combination, Term, Unfold

LEMMA = (
    derivation("nash_gap_i_le_differences", assume="nash")
    .start("NashGap_i")
    .eq("V(deviation, learner) - V(learner)", by=Unfold(("NashGap_i", "deviation")))
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(best_response, expert) - V(learner)",
        by=Combination((Term("1", ("V(deviation, expert) <= V(best_response, expert)",)),)),
    )
    .eq(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner)",
        by=Assume("nash"),
    )
)
