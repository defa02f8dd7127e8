r"""What player i gains, for any expert, in the errors, the shift and what the expert lacks itself.

\(\mathrm{NashGap}_i(\pi)\le
\big(\varepsilon_i+(2-\gamma)\sum_{j\ne i}\varepsilon_j+\gamma\delta\big)/(1-\gamma)^2
+\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(\nu)-V_i^{\pi^E}(\nu)\).
"""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Mean, Term, TwoRecursions, Unfold

LEMMA = (
    derivation("nash_gap_i_le_shift_and_own_gap")
    .start("NashGap_i")
    .eq("V(deviation, learner) - V(learner)", by=Unfold(("NashGap_i", "deviation")))
    .le(
        "E_mu(loss_i + 2/(1 - gamma)*(TV_i + (2 - gamma)*TV_o + gamma*(lost_i - TV_i)))"
        "/(1 - gamma)",
        by=TwoRecursions(
            "value_recursion_for_shift",
            "response_recursion_for_shift",
            (
                Term("1", ("loss_i >= 0",)),
                Term("2/(1 - gamma)", ("TV_i >= 0",)),
                Term("2*(2 - gamma)/(1 - gamma)", ("TV_o >= 0",)),
            ),
            (Term("2*gamma/(1 - gamma)", ("TV_i <= lost_i",)),),
        ),
    )
    .le(
        "2*E_mu(TV_i + (2 - gamma)*TV_o + gamma*shift_i)/(1 - gamma)**2 + E_mu(loss_i)/(1 - gamma)",
        by=Mean("E_mu", (Term("2*gamma/(1 - gamma)**2", ("lost_i <= TV_i + shift_i",)),)),
    )
    .eq(
        "(eps_BC_i + (2 - gamma)*2*E_mu(TV_o) + gamma*2*E_mu(shift_i))/(1 - gamma)**2"
        " + E_mu(loss_i)/(1 - gamma)",
        by=Unfold(("eps_BC_i",)),
    )
    .le(
        "(eps_BC_i + (2 - gamma)*sum_others(eps_BC_j) + gamma*delta)/(1 - gamma)**2"
        " + E_mu(loss_i)/(1 - gamma)",
        by=Combination(
            (
                Term("(2 - gamma)/(1 - gamma)**2", ("opponents_error_le_bc_errors",)),
                Term("gamma/(1 - gamma)**2", ("2*E_mu(shift_i) <= delta",)),
            )
        ),
    )
    .eq(
        "(eps_BC_i + (2 - gamma)*sum_others(eps_BC_j) + gamma*delta)/(1 - gamma)**2"
        " + V(best_response, expert) - V(expert)",
        by=ByLemma("expert_loss_eq_gap"),
    )
)
