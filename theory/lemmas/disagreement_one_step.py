r"""What disagreement costs at a state, by one step, for any expert.

\(V_i^{(\pi^E_i,\pi_{-i})}-V_i^{\pi}\le\tfrac{2\gamma}{1-\gamma}+2h_i\) at every state. Where player
i agrees with the expert the same joint action is played and the reward cancels.
"""

from ..chain import derivation
from ..reasons import Local, LocalTerm, Unfold

_A, _B = "Q(expert, learner)", "Q(learner, learner)"

LEMMA = (
    derivation("disagreement_one_step", level="state")
    .start("V_at(expert, learner) - V_at(learner)")
    .eq(f"sum_a(e_i*p_o*{_A}) - sum_a(p_i*p_o*{_B})", by=Unfold(("V_at",)))
    .le(
        "2*gamma/(1 - gamma) + 2*TV_i",
        by=Local(
            (
                LocalTerm("1", ("m_i", "p_o"), f"{_A} - {_B} <= 2*gamma/(1 - gamma)"),
                LocalTerm("1", ("x_i", "p_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("y_i", "p_o"), f"-{_B} <= 1/(1 - gamma)"),
            )
        ),
    )
)
