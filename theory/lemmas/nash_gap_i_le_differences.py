r"""What player i gains, in two differences of values and what the expert lacks itself.

\(\mathrm{NashGap}_i(\pi)\le\big[V_i^{(\pi^*_i,\pi_{-i})}(\nu)-V_i^{(\pi^*_i,\pi^E_{-i})}(\nu)\big]
+\big[V_i^{\pi^E}(\nu)-V_i^{\pi}(\nu)\big]+\mathrm{NashGap}(\pi^E)\), because \(\pi^*_i\) gains at
most \(\mathrm{NashGap}(\pi^E)\) against the expert.
"""

from ..chain import derivation
from ..reasons import Combination, Term, Unfold

LEMMA = (
    derivation("nash_gap_i_le_differences")
    .start("NashGap_i")
    .eq("V(deviation, learner) - V(learner)", by=Unfold(("NashGap_i", "deviation")))
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner) + expert_gap",
        by=Combination(
            (
                Term("1", ("V(deviation, expert) <= V(best_response, expert)",)),
                Term("1", ("V(best_response, expert) - V(expert) <= expert_gap",)),
            )
        ),
    )
)
