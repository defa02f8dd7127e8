r"""\(U\le c+\gamma\sum_am_ic_o\,P[U]\), \(U=V^{\pi^E}-V^{\pi}\), \(c=\tfrac2{1-\gamma}(h_i+h_o)\).

The value recursion with the opponents taken together.
"""

from ..chain import derivation
from ..reasons import Combination, Local, LocalTerm, Term, Unfold

_C, _B = "Q(expert, expert)", "Q(learner, learner)"
_GAP = "V_at(expert) - V_at(learner)"
_HIGH, _LOW = f"{_C} <= 1/(1 - gamma)", f"-{_B} <= 1/(1 - gamma)"

LEMMA = (
    derivation("joint_value_recursion", level="state")
    .start(_GAP)
    .eq(
        f"sum_a(e_i*(c_o + f_o)*{_C}) - sum_a(p_i*(c_o + g_o)*{_B})",
        by=Unfold(("V_at", "split by c_o")),
    )
    .le(
        f"2/(1 - gamma)*(TV_i + (1 - TV_i)*TV_o) + sum_a(m_i*c_o*({_C} - {_B}))",
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
        f"2/(1 - gamma)*(TV_i + (1 - TV_i)*TV_o) + gamma*sum_a(m_i*c_o*next({_GAP}))",
        by=Unfold(("Q",)),
    )
    .le(
        f"2/(1 - gamma)*(TV_i + TV_o) + gamma*sum_a(m_i*c_o*next({_GAP}))",
        by=Combination((Term("2/(1 - gamma)", ("TV_i >= 0", "TV_o >= 0")),)),
    )
)
