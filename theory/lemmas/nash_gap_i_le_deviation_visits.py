r"""What player i gains, in the errors that the deviation meets and those that the expert meets.

\(\mathrm{NashGap}_i(\pi)\le\big(2\,\mathrm{E}_{s\sim\mu_{(\pi^*_i,\pi^E_{-i})}}[h_o]
+\sum_j\varepsilon_j\big)/(1-\gamma)^2+\mathrm{NashGap}(\pi^E)\).
"""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Term

LEMMA = (
    derivation("nash_gap_i_le_deviation_visits")
    .start("NashGap_i")
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner) + expert_gap",
        by=ByLemma("nash_gap_i_le_differences"),
    )
    .le(
        "(2*E_deviation(TV_o) + eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)**2 + expert_gap",
        by=Combination(
            (
                Term("1", ("deviation_difference_le_visits",)),
                Term("1", ("value_difference_le_bc_errors",)),
            )
        ),
    )
)
