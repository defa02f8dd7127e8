r"""What the opponents' errors are worth to a deviation that moves little.

\(V_i^{(\pi^*_i,\pi_{-i})}(\nu)-V_i^{(\pi^*_i,\pi^E_{-i})}(\nu)
\le(2\,\mathrm{E}_{s\sim\mu_{\pi^E}}[h_o]+\gamma\delta)/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import Combination, KernelPart, Term

LEMMA = (
    derivation("deviation_difference_le_shift")
    .start("V(deviation, learner) - V(deviation, expert)")
    .le(
        "E_mu(2/(1 - gamma)*(TV_o + gamma*shift_i))/(1 - gamma)",
        by=KernelPart(
            "deviation_recursion",
            ("d_i", "c_o"),
            (
                Term("2/(1 - gamma)", ("TV_o >= 0",)),
                Term("2*gamma/(1 - gamma)", ("shift_i >= 0",)),
            ),
        ),
    )
    .le(
        "(2*E_mu(TV_o) + gamma*delta)/(1 - gamma)**2",
        by=Combination((Term("gamma/(1 - gamma)**2", ("2*E_mu(shift_i) <= delta",)),)),
    )
)
