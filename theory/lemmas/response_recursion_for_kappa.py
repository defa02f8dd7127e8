r"""What a best response gains, by both recursions, mixed by \(\lambda=\gamma/(2-\gamma)\).

\(W\le c+d+\gamma\sum_an_ic_o\,P[W]+\gamma\sum_ar_ic_o\,P[\lambda(V_i^{(b_i,\pi^E_{-i})}
-V_i^{\pi})]\) at every state, with \(W=V_i^{(\pi^*_i,\pi_{-i})}-V_i^{\pi}\),
\(c=\lambda\ell_i+\tfrac2{1-\gamma}(h_i+\gamma h_o)\),
\(d=\tfrac{2\kappa}{1-\gamma}(\hat h_i-h_i)\) and \(\kappa=(2-2\gamma+\gamma^2)/(2-\gamma)\).
"""

from ..chain import derivation
from ..reasons import Combination, Term

_GAP = "V_at(deviation, learner) - V_at(learner)"
_VALUE = "gamma/(2 - gamma)*(V_at(best_response, expert) - V_at(learner))"

LEMMA = (
    derivation("response_recursion_for_kappa", level="state")
    .start(_GAP)
    .le(
        "gamma/(2 - gamma)*loss_i + 2/(1 - gamma)*(TV_i + gamma*TV_o"
        " + (2 - 2*gamma + gamma**2)/(2 - gamma)*(lost_i - TV_i))"
        f" + gamma*sum_a(n_i*c_o*next({_GAP})) + gamma*sum_a(r_i*c_o*next({_VALUE}))",
        by=Combination(
            (
                Term("(2 - 2*gamma)/(2 - gamma)", ("response_recursion_exact",)),
                Term("gamma/(2 - gamma)", ("moved_response_recursion",)),
                Term("2*gamma/(1 - gamma)", ("TV_i >= 0", "TV_o >= 0")),
            )
        ),
    )
)
