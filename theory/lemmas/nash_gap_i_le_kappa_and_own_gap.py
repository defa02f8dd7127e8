r"""What player i gains, for any expert, in the errors, the shift and what the expert lacks itself.

\(\mathrm{NashGap}_i(\pi)\le
\big(\varepsilon_i+\gamma\sum_{j\ne i}\varepsilon_j+\kappa\delta\big)/(1-\gamma)^2
+\lambda\big(\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(\nu)-V_i^{\pi^E}(\nu)\big)\), with
\(\kappa=(2-2\gamma+\gamma^2)/(2-\gamma)\) and \(\lambda=\gamma/(2-\gamma)\).
"""

from ..chain import derivation
from ..reasons import Combination, Mean, Term, TwoRecursions, Unfold

_KAPPA, _RATE = "(2 - 2*gamma + gamma**2)/(2 - gamma)", "gamma/(2 - gamma)"
_LOST = f"{_RATE}*E_mu(loss_i)/(1 - gamma)"

LEMMA = (
    derivation("nash_gap_i_le_kappa_and_own_gap")
    .start("NashGap_i")
    .eq("V(deviation, learner) - V(learner)", by=Unfold(("NashGap_i", "deviation")))
    .le(
        f"E_mu({_RATE}*loss_i"
        f" + 2/(1 - gamma)*(TV_i + gamma*TV_o + {_KAPPA}*(lost_i - TV_i)))/(1 - gamma)",
        by=TwoRecursions(
            "value_recursion_for_kappa",
            "response_recursion_for_kappa",
            (
                Term(_RATE, ("loss_i >= 0",)),
                Term("2/(1 - gamma)", ("TV_i >= 0",)),
                Term("2*gamma/(1 - gamma)", ("TV_o >= 0",)),
            ),
            (Term("2*(2 - 2*gamma + gamma**2)/((2 - gamma)*(1 - gamma))", ("TV_i <= lost_i",)),),
        ),
    )
    .le(
        f"2*E_mu(TV_i + gamma*TV_o + {_KAPPA}*shift_i)/(1 - gamma)**2 + {_LOST}",
        by=Mean(
            "E_mu",
            (
                Term(
                    "2*(2 - 2*gamma + gamma**2)/((2 - gamma)*(1 - gamma)**2)",
                    ("lost_i <= TV_i + shift_i",),
                ),
            ),
        ),
    )
    .eq(
        f"(eps_BC_i + gamma*2*E_mu(TV_o) + {_KAPPA}*2*E_mu(shift_i))/(1 - gamma)**2 + {_LOST}",
        by=Unfold(("eps_BC_i",)),
    )
    .le(
        f"(eps_BC_i + gamma*sum_others(eps_BC_j) + {_KAPPA}*delta)/(1 - gamma)**2 + {_LOST}",
        by=Combination(
            (
                Term("gamma/(1 - gamma)**2", ("opponents_error_le_bc_errors",)),
                Term(
                    "(2 - 2*gamma + gamma**2)/((2 - gamma)*(1 - gamma)**2)",
                    ("2*E_mu(shift_i) <= delta",),
                ),
            )
        ),
    )
    .le(
        f"(eps_BC_i + gamma*sum_others(eps_BC_j) + {_KAPPA}*delta)/(1 - gamma)**2"
        f" + {_RATE}*(V(best_response, expert) - V(expert))",
        by=Combination((Term(_RATE, ("expert_loss_eq_gap",)),)),
    )
)
