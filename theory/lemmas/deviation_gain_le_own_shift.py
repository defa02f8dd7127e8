r"""What any policy of player i gains over the learner, in the errors and in its own shift.

\(V_i^{(\pi^*_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\le\big(\varepsilon_i
+\gamma\sum_{j\ne i}\varepsilon_j+2\,\mathrm{E}_{s\sim\mu_{\pi^E}}[h^*_i]\big)/(1-\gamma)^2\). It
rests on nothing about how \(\pi^*_i\) is chosen.
"""

from ..chain import derivation
from ..reasons import Combination, KernelPart, Mean, Term, Unfold

LEMMA = (
    derivation("deviation_gain_le_own_shift")
    .start("V(deviation, learner) - V(learner)")
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
        "(eps_BC_i + gamma*sum_others(eps_BC_j) + 2*E_mu(shift_i))/(1 - gamma)**2",
        by=Combination((Term("gamma/(1 - gamma)**2", ("opponents_error_le_bc_errors",)),)),
    )
)
