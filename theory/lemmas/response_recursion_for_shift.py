r"""\(W\le c+d+\gamma\sum_an_ic_o\,P[W]+\gamma\sum_ar_ic_o\,P[V^{\pi^E}-V^{\pi}]\) at every state.

\(W=V^{(\pi^*_i,\pi_{-i})}-V^{\pi}\), \(c=\tfrac2{1-\gamma}(h_i+(2-\gamma)h_o)\) and
\(d=\tfrac{2\gamma}{1-\gamma}(\hat h_i-h_i)\).
"""

from ..chain import derivation
from ..reasons import Combination, Term

_GAP, _VALUE = "V_at(deviation, learner) - V_at(learner)", "V_at(expert) - V_at(learner)"

LEMMA = (
    derivation("response_recursion_for_shift", assume="subgame-perfect", level="state")
    .start(_GAP)
    .le(
        "2/(1 - gamma)*(TV_i + (2 - gamma)*TV_o + gamma*(lost_i - TV_i))"
        f" + gamma*sum_a(n_i*c_o*next({_GAP})) + gamma*sum_a(r_i*c_o*next({_VALUE}))",
        by=Combination(
            (
                Term("1", ("moved_response_recursion",)),
                Term("4", ("lost_i <= 1", "TV_o >= 0")),
                Term("2*(2 - gamma)/(1 - gamma)", ("TV_i >= 0", "TV_o >= 0")),
            )
        ),
    )
)
