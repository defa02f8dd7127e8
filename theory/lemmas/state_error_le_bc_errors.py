r"""\(\varepsilon_\mu\le\gamma\sum_j\varepsilon_j/(1-\gamma)\)."""

from ..chain import derivation
from ..reasons import Combination, Term

LEMMA = (
    derivation("state_error_le_bc_errors")
    .start("eps_mu")
    .le(
        "gamma*(eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)",
        by=Combination(
            (
                Term("1/(1 - gamma)", ("state_error_le_occupancy_error",)),
                Term("gamma/(1 - gamma)", ("occupancy_error_le_state_and_bc_errors",)),
            )
        ),
    )
)
