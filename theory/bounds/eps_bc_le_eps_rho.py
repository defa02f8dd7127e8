r"""What matching occupancies says of the policies, where the expert goes.

\(\varepsilon_{\mathrm{BC}}\le(1+\gamma)\,\varepsilon_\rho\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("eps_BC_le_eps_rho")
    .start("eps_BC")
    .eq("eps_BC_i", by=Attained())
    .le("eps_mu + eps_rho", by=ByLemma("bc_error_le_occupancy_errors"))
    .le("(1 + gamma)*eps_rho", by=Combination((Term("1", ("state_error_le_occupancy_error",)),)))
)

BOUND = Bound(
    labels=("eps_BC_le_eps_rho", "T5d"),
    title="Cloning error from occupancy error",
    source=OWN,
    statement="eps_BC <= (1+gamma)*eps_rho",
    derivation=PROOF,
    witness="occupancy-ratio",
    sharpness="the constant `1+gamma` is approached by the family occupancy-ratio as its q goes to "
    "0, and not attained",
    improves="the immediate constant 2",
)
