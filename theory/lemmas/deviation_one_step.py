r"""What the opponents' errors are worth to a fixed deviation, by one step.

\(V_i^{(\pi^*_i,\pi_{-i})}-V_i^{(\pi^*_i,\pi^E_{-i})}\le\tfrac{2\gamma}{1-\gamma}+2h_o\) at every
state. Where the opponents agree, the same joint action is played and the reward cancels.
"""

from ..chain import derivation
from ..reasons import Local, LocalTerm, Unfold

_A, _D = "Q(deviation, learner)", "Q(deviation, expert)"

LEMMA = (
    derivation("deviation_one_step", level="state")
    .start("V_at(deviation, learner) - V_at(deviation, expert)")
    .eq(
        f"sum_a(b_i*(c_o + g_o)*{_A}) - sum_a(b_i*(c_o + f_o)*{_D})",
        by=Unfold(("V_at", "split by c_o")),
    )
    .le(
        "2*gamma/(1 - gamma) + 2*TV_o",
        by=Local(
            (
                LocalTerm("1", ("b_i", "c_o"), f"{_A} - {_D} <= 2*gamma/(1 - gamma)"),
                LocalTerm("1", ("b_i", "g_o"), f"{_A} <= 1/(1 - gamma)"),
                LocalTerm("1", ("b_i", "f_o"), f"-{_D} <= 1/(1 - gamma)"),
            )
        ),
    )
)
