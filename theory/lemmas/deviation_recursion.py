r"""What the opponents' errors are worth to a deviation that moves little, as a recursion.

\(W\le c+\gamma\sum_ad_ic_o\,P[W]\) at every state, with
\(W=V^{(\pi^*_i,\pi_{-i})}-V^{(\pi^*_i,\pi^E_{-i})}\) and \(c=\tfrac2{1-\gamma}(h_o+\gamma h^*_i)\).
"""

from ..chain import derivation
from ..reasons import Combination, Local, LocalTerm, Term, Unfold

_A, _D = "Q(deviation, learner)", "Q(deviation, expert)"
_GAP = "V_at(deviation, learner) - V_at(deviation, expert)"
_HIGH, _LOW = f"{_A} <= 1/(1 - gamma)", f"-{_D} <= 1/(1 - gamma)"

LEMMA = (
    derivation("deviation_recursion", level="state")
    .start(_GAP)
    .eq(
        f"sum_a((d_i + u_i)*(c_o + g_o)*{_A}) - sum_a((d_i + u_i)*(c_o + f_o)*{_D})",
        by=Unfold(("V_at", "split by d_i", "split by c_o")),
    )
    .le(
        f"2/(1 - gamma)*(TV_o + gamma*shift_i*(1 - TV_o)) + sum_a(d_i*c_o*({_A} - {_D}))",
        by=Local(
            (
                LocalTerm("1", ("u_i", "c_o"), f"{_A} - {_D} <= 2*gamma/(1 - gamma)"),
                LocalTerm("1", ("d_i", "g_o"), _HIGH),
                LocalTerm("1", ("u_i", "g_o"), _HIGH),
                LocalTerm("1", ("d_i", "f_o"), _LOW),
                LocalTerm("1", ("u_i", "f_o"), _LOW),
            )
        ),
    )
    .eq(
        f"2/(1 - gamma)*(TV_o + gamma*shift_i*(1 - TV_o)) + gamma*sum_a(d_i*c_o*next({_GAP}))",
        by=Unfold(("Q",)),
    )
    .le(
        f"2/(1 - gamma)*(TV_o + gamma*shift_i) + gamma*sum_a(d_i*c_o*next({_GAP}))",
        by=Combination((Term("2*gamma/(1 - gamma)", ("shift_i >= 0", "TV_o >= 0")),)),
    )
)
