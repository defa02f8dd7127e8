r"""State occupancies are closer than state-action occupancies.

\(\varepsilon_\mu\le\gamma\,\varepsilon_\rho\): both start alike, and then what was done counts.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import ByLemma
from ..sources import OWN

PROOF = (
    derivation("eps_mu_le_eps_rho")
    .start("eps_mu")
    .le("gamma*eps_rho", by=ByLemma("state_error_le_occupancy_error"))
)

BOUND = Bound(
    labels=("eps_mu_le_eps_rho", "T5c"),
    title="State error from occupancy error",
    source=OWN,
    statement="eps_mu <= gamma*eps_rho",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4 for all `n >= 1`, `gamma`, at every error",
)
