r"""\(\varepsilon_\rho\le\sum_j\varepsilon_j/(1-\gamma)\)."""

from ..chain import derivation
from ..reasons import Combination, Term

LEMMA = (
    derivation("occupancy_error_le_bc_errors")
    .start("eps_rho")
    .le(
        "(eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)",
        by=Combination(
            (
                Term("1/(1 - gamma)", ("occupancy_error_le_state_and_bc_errors",)),
                Term("1/(1 - gamma)", ("state_error_le_occupancy_error",)),
            )
        ),
    )
)
