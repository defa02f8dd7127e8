r"""The gap, by the move of the soft best responses, the expert's own, and what softness costs.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\eta_\tau
+2\tanh\tfrac{\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty}{2\tau}\big)/(1-\gamma)^2
+\tau\log|A|/(1-\gamma)\), for any expert.
"""

from ..chain import derivation
from ..reasons import Attained, Combination, Comparator, Mean, Term

_PAID = "tau*log_actions/(1 - gamma)"
_ERRORS = "eps_BC_i + gamma*sum_others(eps_BC_j)"
_MOVE = "2*tanh(precision*soft_apart/2)"

LEMMA = (
    derivation("nash_gap_le_soft_shift")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        f"V(soft, learner) - V(learner) + {_PAID}",
        by=Combination((Term("1", ("softness_costs_entropy",)),)),
    )
    .le(
        f"({_ERRORS} + 2*E_mu(soft_shift_i))/(1 - gamma)**2 + {_PAID}",
        by=Comparator("deviation_gain_le_own_shift"),
    )
    .le(
        f"({_ERRORS} + 2*E_mu(own_shift_i) + {_MOVE})/(1 - gamma)**2 + {_PAID}",
        by=Mean(
            "E_mu",
            (
                Term("2/(1 - gamma)**2", ("soft_shift_i <= soft_move_i + own_shift_i",)),
                Term("2/(1 - gamma)**2", ("soft_move_le_tanh",)),
            ),
        ),
    )
    .le(
        f"((1 + (n - 1)*gamma)*eps_BC + quantal_error + {_MOVE})/(1 - gamma)**2 + {_PAID}",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("gamma/(1 - gamma)**2", ("others_bc_le_max",)),
                Term("1/(1 - gamma)**2", ("2*E_mu(own_shift_i) <= quantal_error",)),
            )
        ),
    )
)
