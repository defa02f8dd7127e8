r"""What the opponents' errors are worth to a deviation, where it visits them.

\(V_i^{(\pi^*_i,\pi_{-i})}(\nu)-V_i^{(\pi^*_i,\pi^E_{-i})}(\nu)
\le2\,\mathrm{E}_{s\sim\mu_{(\pi^*_i,\pi^E_{-i})}}[h_o]/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import KernelPart, Term

LEMMA = (
    derivation("deviation_difference_le_visits")
    .start("V(deviation, learner) - V(deviation, expert)")
    .le(
        "E_deviation(2/(1 - gamma)*TV_o)/(1 - gamma)",
        by=KernelPart(
            "deviation_visits_recursion",
            ("b_i", "c_o"),
            (Term("2/(1 - gamma)", ("TV_o >= 0",)),),
        ),
    )
)
