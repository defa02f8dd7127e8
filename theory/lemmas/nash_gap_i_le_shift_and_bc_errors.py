r"""What player i gains, in the errors and in the shift of its best response, for any expert.

\(\mathrm{NashGap}_i(\pi)\le\big(\varepsilon_i+\gamma\sum_{j\ne i}\varepsilon_j+\delta\big)
/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Term, Unfold

LEMMA = (
    derivation("nash_gap_i_le_shift_and_bc_errors")
    .start("NashGap_i")
    .eq("V(deviation, learner) - V(learner)", by=Unfold(("NashGap_i", "deviation")))
    .le(
        "(eps_BC_i + gamma*sum_others(eps_BC_j) + 2*E_mu(shift_i))/(1 - gamma)**2",
        by=ByLemma("deviation_gain_le_own_shift"),
    )
    .le(
        "(eps_BC_i + gamma*sum_others(eps_BC_j) + delta)/(1 - gamma)**2",
        by=Combination((Term("1/(1 - gamma)**2", ("2*E_mu(shift_i) <= delta",)),)),
    )
)
