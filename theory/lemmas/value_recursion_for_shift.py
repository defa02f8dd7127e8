r"""\(U\le c+\gamma\sum_am_ic_o\,P[U]\), \(U=V_i^{(b_i,\pi^E_{-i})}-V_i^{\pi}\) at every state.

Here \(c=\ell_i+\tfrac2{1-\gamma}(h_i+(2-\gamma)h_o)\), the cost of the response's recursion, too.
"""

from ..chain import derivation
from ..reasons import Combination, Term

_GAP = "V_at(best_response, expert) - V_at(learner)"

LEMMA = (
    derivation("value_recursion_for_shift", level="state")
    .start(_GAP)
    .le(
        f"loss_i + 2/(1 - gamma)*(TV_i + (2 - gamma)*TV_o) + gamma*sum_a(m_i*c_o*next({_GAP}))",
        by=Combination((Term("1", ("optimal_value_recursion",)), Term("2", ("TV_o >= 0",)))),
    )
)
