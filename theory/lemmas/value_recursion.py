r"""\(W\le c+KW\) with \(W=V^{\pi^E}-V^{\pi}\) and \(c=\tfrac2{1-\gamma}\sum_jh_j\).

Here the opponents' actions differ too, so nothing but the overlap cancels and every error costs a
full unit.
"""

from ..chain import derivation
from ..reasons import Combination, Local, LocalTerm, Term, Unfold

_C, _B = "Q(expert, expert)", "Q(learner, learner)"

LEMMA = (
    derivation("value_recursion", level="state")
    .start("V_at(expert) - V_at(learner)")
    .eq(f"sum_a(e_i*e_o*{_C}) - sum_a(p_i*p_o*{_B})", by=Unfold(("V_at",)))
    .le(
        f"sum_a(m_i*m_o*({_C} - {_B})) + 2/(1 - gamma)*(1 - (1 - TV_i)*prod_others(1 - TV_j))",
        by=Local(
            (
                LocalTerm("1", ("m_i", "w_o"), f"{_C} <= 1/(1 - gamma)"),
                LocalTerm("1", ("x_i", "e_o"), f"{_C} <= 1/(1 - gamma)"),
                LocalTerm("1", ("m_i", "z_o"), f"-{_B} <= 1/(1 - gamma)"),
                LocalTerm("1", ("y_i", "p_o"), f"-{_B} <= 1/(1 - gamma)"),
            )
        ),
    )
    .eq(
        "K(V_at(expert) - V_at(learner)) + 2/(1 - gamma)*(1 - (1 - TV_i)*prod_others(1 - TV_j))",
        by=Unfold(("Q", "K")),
    )
    .le(
        "K(V_at(expert) - V_at(learner)) + 2/(1 - gamma)*(TV_i + sum_others(TV_j))",
        by=Combination((Term("2/(1 - gamma)", ("one_minus_joint_agreement_le_disagreement",)),)),
    )
)
