r"""What player i gains for a Nash expert, in the occupancies.

\(\mathrm{NashGap}_i(\pi)\le(2\gamma+(2+\gamma)\,\varepsilon_\rho)/(1-\gamma)\).
"""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Term

LEMMA = (
    derivation("nash_gap_i_le_occupancy_error", assume="nash")
    .start("NashGap_i")
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner)",
        by=ByLemma("nash_gap_i_le_differences"),
    )
    .le(
        "(2*gamma + (2 + gamma)*eps_rho)/(1 - gamma)",
        by=Combination(
            (
                Term("1", ("deviation_difference_le_one_step",)),
                Term("1/(1 - gamma)", ("opponents_error_le_occupancy_error",)),
                Term("1", ("value_difference_le_occupancy_error",)),
            )
        ),
    )
)
