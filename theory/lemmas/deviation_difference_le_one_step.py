r"""The same from the start, for any expert and any deviation.

\(V_i^{(\pi^*_i,\pi_{-i})}(\nu)-V_i^{(\pi^*_i,\pi^E_{-i})}(\nu)
\le(2\gamma+2\,\mathrm{E}_{s\sim\mu_{\pi^E}}[h_o])/(1-\gamma)\).
"""

from ..chain import derivation
from ..reasons import Combination, Mean, Term, Unfold

LEMMA = (
    derivation("deviation_difference_le_one_step")
    .start("V(deviation, learner) - V(deviation, expert)")
    .eq("nu(V_at(deviation, learner)) - nu(V_at(deviation, expert))", by=Unfold(("V",)))
    .le("2*gamma/(1 - gamma) + 2*nu(TV_o)", by=Mean("nu", (Term("1", ("deviation_one_step",)),)))
    .le(
        "(2*gamma + 2*E_mu(TV_o))/(1 - gamma)",
        by=Combination((Term("2", ("nu(TV_o) <= E_mu(TV_o)/(1 - gamma)",)),)),
    )
)
