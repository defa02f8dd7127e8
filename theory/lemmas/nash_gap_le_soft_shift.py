r"""The gap, by the shift of the soft best responses and by what softness costs, for any expert.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\delta_\tau\big)
/(1-\gamma)^2+\tau\log|A|/(1-\gamma)\).
"""

from ..chain import derivation
from ..reasons import Attained, Combination, Comparator, Term

_PAID = "tau*log_actions/(1 - gamma)"

LEMMA = (
    derivation("nash_gap_le_soft_shift")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        f"V(soft, learner) - V(learner) + {_PAID}",
        by=Combination((Term("1", (f"V(best_response, learner) - V(soft, learner) <= {_PAID}",)),)),
    )
    .le(
        f"(eps_BC_i + gamma*sum_others(eps_BC_j) + 2*E_mu(soft_shift_i))/(1 - gamma)**2 + {_PAID}",
        by=Comparator("deviation_gain_le_own_shift"),
    )
    .le(
        f"((1 + (n - 1)*gamma)*eps_BC + soft_shift)/(1 - gamma)**2 + {_PAID}",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("gamma/(1 - gamma)**2", ("others_bc_le_max",)),
                Term("1/(1 - gamma)**2", ("2*E_mu(soft_shift_i) <= soft_shift",)),
            )
        ),
    )
)
