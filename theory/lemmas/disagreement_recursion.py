r"""The recursion of the cost of disagreement, \(W\le c+KW\) at every state.

\(W=V^{(\pi^E_i,\pi_{-i})}-V^{\pi}\) and
\(c=\tfrac2{1-\gamma}\big(h_i+\gamma\sum_{j\ne i}h_j\big)\).

When player i errs, its own reward changes: a full unit. When only opponents err, the same joint
action is played in both profiles, the reward cancels, and the cost is discounted once.
"""

from ..chain import derivation
from ..reasons import Combination, Local, LocalTerm, Term, Unfold

_A, _B = "Q(expert, learner)", "Q(learner, learner)"
_SAME = f"{_A} - {_B} <= 2*gamma/(1 - gamma)"

LEMMA = (
    derivation("disagreement_recursion", level="state")
    .start("V_at(expert, learner) - V_at(learner)")
    .eq(f"sum_a(e_i*p_o*{_A}) - sum_a(p_i*p_o*{_B})", by=Unfold(("V_at",)))
    .le(
        f"sum_a(m_i*m_o*({_A} - {_B}))"
        " + 2/(1 - gamma)*(TV_i + gamma*(1 - TV_i)*(1 - prod_others(1 - TV_j)))",
        by=Local(
            (
                LocalTerm("1", ("m_i", "z_o"), _SAME),
                LocalTerm("1", ("x_i", "p_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("y_i", "p_o"), f"-{_B} <= 1/(1 - gamma)"),
            )
        ),
    )
    .eq(
        "K(V_at(expert, learner) - V_at(learner))"
        " + 2/(1 - gamma)*(TV_i + gamma*(1 - TV_i)*(1 - prod_others(1 - TV_j)))",
        by=Unfold(("Q", "K")),
    )
    .le(
        "K(V_at(expert, learner) - V_at(learner)) + 2/(1 - gamma)*(TV_i + gamma*sum_others(TV_j))",
        by=Combination(
            (
                Term("2*gamma/(1 - gamma)", ("TV_i <= 1", "one_minus_agreement_le_disagreement")),
                Term("2*gamma/(1 - gamma)", ("TV_i >= 0", "sum_others(TV_j) >= 0")),
            )
        ),
    )
)
