r"""What a best response gains, as a recursion beside that of what the learner loses.

\(W\le c+d+\gamma\sum_an_ic_o\,P[W]+\gamma\sum_ar_ic_o\,P[V_i^{(b_i,\pi^E_{-i})}-V_i^{\pi}]\) at
every state, with \(W=V_i^{(\pi^*_i,\pi_{-i})}-V_i^{\pi}\),
\(c=\ell_i+\tfrac2{1-\gamma}(h_i+(2-\gamma)h_o)\) and
\(d=\tfrac{2\gamma}{1-\gamma}(\hat h_i-h_i)\).
"""

from ..chain import derivation
from ..reasons import Combination, Term

_GAP = "V_at(deviation, learner) - V_at(learner)"
_VALUE = "V_at(best_response, expert) - V_at(learner)"

LEMMA = (
    derivation("response_recursion_for_shift", level="state")
    .start(_GAP)
    .le(
        "loss_i + 2/(1 - gamma)*(TV_i + (2 - gamma)*TV_o + gamma*(lost_i - TV_i))"
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
