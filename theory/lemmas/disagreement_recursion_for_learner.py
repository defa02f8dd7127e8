r"""What player i loses by its own errors, as a recursion on what the learner visits.

\(W\le c+\gamma\sum_am_i\pi_{-i}\,P[W]\) at every state, with
\(W=V^{(\pi^E_i,\pi_{-i})}-V^{\pi}\) and \(c=\tfrac2{1-\gamma}h_i\).
"""

from ..chain import derivation
from ..reasons import Local, LocalTerm, Unfold

_A, _B = "Q(expert, learner)", "Q(learner, learner)"
_GAP = "V_at(expert, learner) - V_at(learner)"

LEMMA = (
    derivation("disagreement_recursion_for_learner", level="state")
    .start(_GAP)
    .eq(f"sum_a(e_i*p_o*{_A}) - sum_a(p_i*p_o*{_B})", by=Unfold(("V_at",)))
    .le(
        f"2/(1 - gamma)*TV_i + sum_a(m_i*p_o*({_A} - {_B}))",
        by=Local(
            (
                LocalTerm("1", ("x_i", "p_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("y_i", "p_o"), f"-{_B} <= 1/(1 - gamma)"),
            )
        ),
    )
    .eq(f"2/(1 - gamma)*TV_i + gamma*sum_a(m_i*p_o*next({_GAP}))", by=Unfold(("Q",)))
)
