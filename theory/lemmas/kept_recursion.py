r"""What player i loses by actions that the expert never plays, as a recursion.

\(W\le c+\gamma\sum_as_i\pi_{-i}\,P[W]\) at every state, with
\(W=V^{(\bar\pi_i,\pi_{-i})}-V^{\pi}\) and \(c=\tfrac2{1-\gamma}\bar h_i\).
"""

from ..chain import derivation
from ..reasons import Local, LocalTerm, Unfold

_K, _B = "Q(kept, learner)", "Q(learner, learner)"
_GAP = "V_at(kept, learner) - V_at(learner)"

LEMMA = (
    derivation("kept_recursion", level="state")
    .start(_GAP)
    .eq(
        f"sum_a((s_i + l_i)*p_o*{_K}) - sum_a((s_i + o_i)*p_o*{_B})",
        by=Unfold(("V_at", "split by s_i")),
    )
    .le(
        f"2/(1 - gamma)*out_i + sum_a(s_i*p_o*({_K} - {_B}))",
        by=Local(
            (
                LocalTerm("1", ("l_i", "p_o"), f"{_K} <= 1/(1 - gamma)"),
                LocalTerm("1", ("o_i", "p_o"), f"-{_B} <= 1/(1 - gamma)"),
            )
        ),
    )
    .eq(f"2/(1 - gamma)*out_i + gamma*sum_a(s_i*p_o*next({_GAP}))", by=Unfold(("Q",)))
)
