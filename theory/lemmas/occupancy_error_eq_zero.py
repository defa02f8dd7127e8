r"""Equal occupancies: \(\varepsilon_\rho=0\)."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("occupancy_error_eq_zero", assume="match-rho")
    .start("eps_rho")
    .eq("0", by=Assume("match-rho"))
)
