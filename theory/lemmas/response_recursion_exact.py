r"""What a best response gains, as a recursion, for any expert.

\(W\le c+\gamma\sum_an_ic_o\,P[W]\) at every state, with \(W=V^{(\pi^*_i,\pi_{-i})}-V^{\pi}\) and
\(c=\tfrac2{1-\gamma}\big(\hat h_i+\gamma(1-\hat h_i)h_o\big)\).
"""

from ..chain import derivation
from ..reasons import Local, LocalTerm, Unfold

_A, _B = "Q(deviation, learner)", "Q(learner, learner)"
_GAP = "V_at(deviation, learner) - V_at(learner)"

LEMMA = (
    derivation("response_recursion_exact", level="state")
    .start(_GAP)
    .eq(
        f"sum_a((n_i + t_i)*(c_o + g_o)*{_A}) - sum_a((n_i + q_i)*(c_o + g_o)*{_B})",
        by=Unfold(("V_at", "split by n_i", "split by c_o")),
    )
    .le(
        f"2/(1 - gamma)*(lost_i + gamma*(1 - lost_i)*TV_o) + sum_a(n_i*c_o*({_A} - {_B}))",
        by=Local(
            (
                LocalTerm("1", ("n_i", "g_o"), f"{_A} - {_B} <= 2*gamma/(1 - gamma)"),
                LocalTerm("1", ("t_i", "c_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("t_i", "g_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("q_i", "c_o"), f"-{_B} <= 1/(1 - gamma)"),
                LocalTerm("1", ("q_i", "g_o"), f"-{_B} <= 1/(1 - gamma)"),
            )
        ),
    )
    .eq(
        f"2/(1 - gamma)*(lost_i + gamma*(1 - lost_i)*TV_o) + gamma*sum_a(n_i*c_o*next({_GAP}))",
        by=Unfold(("Q",)),
    )
)
