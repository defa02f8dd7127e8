r"""The gap of each player for a dominant expert, in the error of each player.

\(\mathrm{NashGap}_i(\pi)\le(\varepsilon_i+\gamma\sum_{j\ne i}\varepsilon_j)/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import Assume, ByLemma, Unfold

LEMMA = (
    derivation("nash_gap_i_le_bc_errors", assume="dominant")
    .start("NashGap_i")
    .eq("V(best_response, learner) - V(learner)", by=Unfold(("NashGap_i",)))
    .eq("V(expert, learner) - V(learner)", by=Assume("dominant"))
    .le(
        "(eps_BC_i + gamma*sum_others(eps_BC_j))/(1 - gamma)**2",
        by=ByLemma("disagreement_le_bc_errors"),
    )
)
