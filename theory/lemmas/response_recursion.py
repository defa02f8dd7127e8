r"""What a best response gains, as a recursion, for any expert.

\(W\le c+\gamma\sum_an_ic_o\,P[W]\) at every state, with \(W=V^{(\pi^*_i,\pi_{-i})}-V^{\pi}\) and
\(c=\tfrac2{1-\gamma}(\hat h_i+\gamma h_o)\).
"""

from ..chain import derivation
from ..reasons import Combination, Term

_GAP = "V_at(deviation, learner) - V_at(learner)"

LEMMA = (
    derivation("response_recursion", level="state")
    .start(_GAP)
    .le(
        f"2/(1 - gamma)*(lost_i + gamma*TV_o) + gamma*sum_a(n_i*c_o*next({_GAP}))",
        by=Combination(
            (
                Term("1", ("response_recursion_exact",)),
                Term("2*gamma/(1 - gamma)", ("lost_i >= 0", "TV_o >= 0")),
            )
        ),
    )
)
