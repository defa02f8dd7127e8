r"""Matching occupancies is matching states and policies: one direction.

\(\varepsilon_\mu+\varepsilon_{\mathrm{BC}}\le(1+2\gamma)\,\varepsilon_\rho\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import bergerault_2026
from .eps_bc_le_eps_rho import PROOF as EPS_BC

PROOF = (
    derivation("eps_relations", uses=(EPS_BC,))
    .start("eps_mu + eps_BC")
    .le(
        "(1 + 2*gamma)*eps_rho",
        by=Combination(
            (
                Term("1", ("state_error_le_occupancy_error",)),
                Term("1", ("eps_BC_le_eps_rho",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("eps_relations",),
    title="Occupancies matched, so states and policies are",
    source=bergerault_2026("eps relations"),
    statement="eps_mu + eps_BC <= (1+2*gamma)*eps_rho",
    derivation=PROOF,
    witness="occupancy-ratio",
    sharpness="the constant `1+2*gamma` is approached by the family occupancy-ratio as its q goes "
    "to 0, and not attained; published without a rate, as a statement on the limit 0",
)
