r"""\(\varepsilon_{\mathrm{BC}}\le\varepsilon_\mu+\varepsilon_\rho\)."""

from ..chain import derivation
from ..reasons import Attained, ByLemma

LEMMA = (
    derivation("largest_bc_error_le_occupancy_errors")
    .start("eps_BC")
    .eq("eps_BC_i", by=Attained())
    .le("eps_mu + eps_rho", by=ByLemma("bc_error_le_occupancy_errors"))
)
