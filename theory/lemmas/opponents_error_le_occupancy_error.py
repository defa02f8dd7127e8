r"""\(\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi_{-i}-\pi^E_{-i}\|_1\le(1+\gamma)\,\varepsilon_\rho\)."""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Mean, Term

LEMMA = (
    derivation("opponents_error_le_occupancy_error")
    .start("2*E_mu(TV_o)")
    .le(
        "E_mu(norm_a(p_i*p_o - e_i*e_o))",
        by=Mean("E_mu", (Term("1", ("2*TV_o <= norm_a(p_i*p_o - e_i*e_o)",)),)),
    )
    .le("eps_mu + eps_rho", by=ByLemma("joint_error_le_occupancy_errors"))
    .le(
        "(1 + gamma)*eps_rho",
        by=Combination((Term("1", ("state_error_le_occupancy_error",)),)),
    )
)
