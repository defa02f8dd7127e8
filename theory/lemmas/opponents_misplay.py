r"""What the opponents' errors are worth in continuation values, while player i plays the expert.

\(\sum_a\pi^E_i(\pi_{-i}-\pi^E_{-i})\,P[V_i^{(\pi^E_i,\pi_{-i})}]\le\tfrac2{1-\gamma}h_o\) at every
state.
"""

from ..chain import derivation
from ..reasons import Local, LocalTerm, Unfold

_V = "next(V_at(expert, learner))"

LEMMA = (
    derivation("opponents_misplay", level="state")
    .start(f"sum_a(e_i*(p_o - e_o)*{_V})")
    .eq(f"sum_a(e_i*((c_o + g_o) - (c_o + f_o))*{_V})", by=Unfold(("split by c_o",)))
    .le(
        "2/(1 - gamma)*TV_o",
        by=Local(
            (
                LocalTerm("1", ("e_i", "g_o"), f"{_V} <= 1/(1 - gamma)"),
                LocalTerm("1", ("e_i", "f_o"), f"-{_V} <= 1/(1 - gamma)"),
            )
        ),
    )
)
