r"""What player i gains, in the errors and in the shift of its best response, for any expert.

\(\mathrm{NashGap}_i(\pi)\le\big(\varepsilon_i+\gamma\sum_{j\ne i}\varepsilon_j+\delta\big)
/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import Combination, KernelPart, Mean, Term, Unfold

LEMMA = (
    derivation("nash_gap_i_le_shift_and_bc_errors")
    .start("NashGap_i")
    .eq("V(deviation, learner) - V(learner)", by=Unfold(("NashGap_i", "deviation")))
    .le(
        "E_mu(2/(1 - gamma)*(lost_i + gamma*TV_o))/(1 - gamma)",
        by=KernelPart(
            "response_recursion",
            ("n_i", "c_o"),
            (
                Term("2/(1 - gamma)", ("lost_i >= 0",)),
                Term("2*gamma/(1 - gamma)", ("TV_o >= 0",)),
            ),
        ),
    )
    .le(
        "2*E_mu(TV_i + shift_i + gamma*TV_o)/(1 - gamma)**2",
        by=Mean("E_mu", (Term("2/(1 - gamma)**2", ("lost_i <= TV_i + shift_i",)),)),
    )
    .eq(
        "(eps_BC_i + 2*E_mu(shift_i) + gamma*2*E_mu(TV_o))/(1 - gamma)**2",
        by=Unfold(("eps_BC_i",)),
    )
    .le(
        "(eps_BC_i + gamma*sum_others(eps_BC_j) + delta)/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("2*E_mu(shift_i) <= delta",)),
                Term("gamma/(1 - gamma)**2", ("opponents_error_le_bc_errors",)),
            )
        ),
    )
)
