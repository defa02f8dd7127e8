r"""What player i gains, for a subgame-perfect expert, in the errors and the shift.

\(\mathrm{NashGap}_i(\pi)\le
\big(\varepsilon_i+\gamma\sum_{j\ne i}\varepsilon_j+\kappa\delta\big)/(1-\gamma)^2\), with
\(\kappa=(2-2\gamma+\gamma^2)/(2-\gamma)\).
"""

from ..chain import derivation
from ..reasons import Combination, Mean, Term, TwoRecursions, Unfold

_KAPPA = "(2 - 2*gamma + gamma**2)/(2 - gamma)"

LEMMA = (
    derivation("nash_gap_i_le_kappa_if_subgame_perfect", assume="subgame-perfect")
    .start("NashGap_i")
    .eq("V(deviation, learner) - V(learner)", by=Unfold(("NashGap_i", "deviation")))
    .le(
        f"E_mu(2/(1 - gamma)*(TV_i + gamma*TV_o + {_KAPPA}*(lost_i - TV_i)))/(1 - gamma)",
        by=TwoRecursions(
            "value_recursion_for_kappa",
            "response_recursion_for_kappa",
            (
                Term("2/(1 - gamma)", ("TV_i >= 0",)),
                Term("2*gamma/(1 - gamma)", ("TV_o >= 0",)),
            ),
            (Term("2*(2 - 2*gamma + gamma**2)/((2 - gamma)*(1 - gamma))", ("TV_i <= lost_i",)),),
        ),
    )
    .le(
        f"2*E_mu(TV_i + gamma*TV_o + {_KAPPA}*shift_i)/(1 - gamma)**2",
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
        f"(eps_BC_i + gamma*2*E_mu(TV_o) + {_KAPPA}*2*E_mu(shift_i))/(1 - gamma)**2",
        by=Unfold(("eps_BC_i",)),
    )
    .le(
        f"(eps_BC_i + gamma*sum_others(eps_BC_j) + {_KAPPA}*delta)/(1 - gamma)**2",
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
)
