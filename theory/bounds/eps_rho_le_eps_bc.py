r"""State-action occupancies drift apart by the players' errors.

\(\varepsilon_\rho\le n\,\varepsilon_{\mathrm{BC}}/(1-\gamma)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("eps_rho_le_eps_BC")
    .start("eps_rho")
    .le(
        "(eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)",
        by=ByLemma("occupancy_error_le_bc_errors"),
    )
    .le(
        "n*eps_BC/(1 - gamma)",
        by=Combination(
            (
                Term("1/(1 - gamma)", ("eps_BC_i <= eps_BC",)),
                Term("1/(1 - gamma)", ("others_bc_le_max",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("eps_rho_le_eps_BC", "T5b'"),
    title="Occupancy error from cloning error",
    source=OWN,
    statement="eps_rho <= n*eps_BC/(1-gamma)",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4 for all `n >= 1`, `gamma` while `eps_BC <= 2*(1-gamma)/n`",
)
