r"""What the opponents' errors are worth to a deviation, where it visits them.

\(W\le c+\gamma\sum_a\pi^*_ic_o\,P[W]\) at every state, with
\(W=V^{(\pi^*_i,\pi_{-i})}-V^{(\pi^*_i,\pi^E_{-i})}\) and \(c=\tfrac2{1-\gamma}h_o\).
"""

from ..chain import derivation
from ..reasons import Local, LocalTerm, Unfold

_A, _D = "Q(deviation, learner)", "Q(deviation, expert)"
_GAP = "V_at(deviation, learner) - V_at(deviation, expert)"

LEMMA = (
    derivation("deviation_visits_recursion", level="state")
    .start(_GAP)
    .eq(
        f"sum_a(b_i*(c_o + g_o)*{_A}) - sum_a(b_i*(c_o + f_o)*{_D})",
        by=Unfold(("V_at", "split by c_o")),
    )
    .le(
        f"2/(1 - gamma)*TV_o + sum_a(b_i*c_o*({_A} - {_D}))",
        by=Local(
            (
                LocalTerm("1", ("b_i", "g_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("b_i", "f_o"), f"-{_D} <= 1/(1 - gamma)"),
            )
        ),
    )
    .eq(f"2/(1 - gamma)*TV_o + gamma*sum_a(b_i*c_o*next({_GAP}))", by=Unfold(("Q",)))
)
