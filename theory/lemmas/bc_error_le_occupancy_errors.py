r"""\(\varepsilon_i\le\varepsilon_\mu+\varepsilon_\rho\)."""

from ..chain import derivation
from ..reasons import ByLemma, Mean, Term, Unfold

LEMMA = (
    derivation("bc_error_le_occupancy_errors")
    .start("eps_BC_i")
    .eq("2*E_mu(TV_i)", by=Unfold(("eps_BC_i",)))
    .le(
        "E_mu(norm_a(p_i*p_o - e_i*e_o))",
        by=Mean("E_mu", (Term("1", ("2*TV_i <= norm_a(p_i*p_o - e_i*e_o)",)),)),
    )
    .le("eps_mu + eps_rho", by=ByLemma("joint_error_le_occupancy_errors"))
)
