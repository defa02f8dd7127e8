r"""\(\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi_{-i}-\pi^E_{-i}\|_1\le\sum_{j\ne i}\varepsilon_j\)."""

from ..chain import derivation
from ..reasons import Mean, Term, Unfold

LEMMA = (
    derivation("opponents_error_le_bc_errors")
    .start("2*E_mu(TV_o)")
    .le(
        "2*E_mu(sum_others(TV_j))",
        by=Mean("E_mu", (Term("2", ("opponents_disagree_le_disagreement",)),)),
    )
    .eq("sum_others(eps_BC_j)", by=Unfold(("eps_BC_i",)))
)
