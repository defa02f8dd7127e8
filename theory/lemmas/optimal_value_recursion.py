r"""What the learner loses to the best that player i can do against the expert's opponents.

\(U\le c+\gamma\sum_am_ic_o\,P[U]\) at every state, with \(U=V_i^{(b_i,\pi^E_{-i})}-V_i^{\pi}\) and
\(c=\ell_i+\tfrac2{1-\gamma}(h_i+h_o)\): what the expert itself loses, and what the errors cost.
"""

from ..chain import derivation
from ..reasons import Combination, Local, LocalTerm, Term, Unfold

_O, _B = "Q(best_response, expert)", "Q(learner, learner)"
_GAP = "V_at(best_response, expert) - V_at(learner)"
_HIGH, _LOW = f"{_O} <= 1/(1 - gamma)", f"-{_B} <= 1/(1 - gamma)"

LEMMA = (
    derivation("optimal_value_recursion", level="state")
    .start(_GAP)
    .eq(f"loss_i + sum_a(e_i*e_o*{_O}) - V_at(learner)", by=Unfold(("loss_i",)))
    .eq(
        f"loss_i + sum_a(e_i*(c_o + f_o)*{_O}) - sum_a(p_i*(c_o + g_o)*{_B})",
        by=Unfold(("V_at", "split by c_o")),
    )
    .le(
        f"loss_i + 2/(1 - gamma)*(TV_i + (1 - TV_i)*TV_o) + sum_a(m_i*c_o*({_O} - {_B}))",
        by=Local(
            (
                LocalTerm("1", ("x_i", "c_o"), _HIGH),
                LocalTerm("1", ("x_i", "f_o"), _HIGH),
                LocalTerm("1", ("m_i", "f_o"), _HIGH),
                LocalTerm("1", ("y_i", "c_o"), _LOW),
                LocalTerm("1", ("y_i", "g_o"), _LOW),
                LocalTerm("1", ("m_i", "g_o"), _LOW),
            )
        ),
    )
    .eq(
        f"loss_i + 2/(1 - gamma)*(TV_i + (1 - TV_i)*TV_o) + gamma*sum_a(m_i*c_o*next({_GAP}))",
        by=Unfold(("Q",)),
    )
    .le(
        f"loss_i + 2/(1 - gamma)*(TV_i + TV_o) + gamma*sum_a(m_i*c_o*next({_GAP}))",
        by=Combination((Term("2/(1 - gamma)", ("TV_i >= 0", "TV_o >= 0")),)),
    )
)
