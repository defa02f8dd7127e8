r"""\(U\le c+\gamma\sum_am_ic_o\,P[U]\), \(U=\lambda(V^{\pi^E}-V^{\pi})\) at every state.

Here \(\lambda=\gamma/(2-\gamma)\) and \(c=\tfrac2{1-\gamma}(h_i+\gamma h_o)\), the cost that the
response's recursion has, too.
"""

from ..chain import derivation
from ..reasons import Combination, Term

_GAP = "gamma/(2 - gamma)*(V_at(expert) - V_at(learner))"

LEMMA = (
    derivation("value_recursion_for_kappa", level="state")
    .start(_GAP)
    .le(
        f"2/(1 - gamma)*(TV_i + gamma*TV_o) + gamma*sum_a(m_i*c_o*next({_GAP}))",
        by=Combination(
            (
                Term("gamma/(2 - gamma)", ("joint_value_recursion",)),
                Term("4/(2 - gamma)", ("TV_i >= 0",)),
                Term("2*gamma/(2 - gamma)", ("TV_o >= 0",)),
            )
        ),
    )
)
