r"""\(U\le c+\gamma\sum_am_ic_o\,P[U]\), \(U=\lambda(V_i^{(b_i,\pi^E_{-i})}-V_i^{\pi})\).

At every state, with \(\lambda=\gamma/(2-\gamma)\) and
\(c=\lambda\ell_i+\tfrac2{1-\gamma}(h_i+\gamma h_o)\), the cost of the response's recursion, too.
"""

from ..chain import derivation
from ..reasons import Combination, Term

_GAP = "gamma/(2 - gamma)*(V_at(best_response, expert) - V_at(learner))"

LEMMA = (
    derivation("value_recursion_for_kappa", level="state")
    .start(_GAP)
    .le(
        "gamma/(2 - gamma)*loss_i + 2/(1 - gamma)*(TV_i + gamma*TV_o)"
        f" + gamma*sum_a(m_i*c_o*next({_GAP}))",
        by=Combination(
            (
                Term("gamma/(2 - gamma)", ("optimal_value_recursion",)),
                Term("4/(2 - gamma)", ("TV_i >= 0",)),
                Term("2*gamma/(2 - gamma)", ("TV_o >= 0",)),
            )
        ),
    )
)
