r"""T6: a dominant expert and occupancies, with no factor n.

\(\mathrm{NashGap}(\pi)\le\varepsilon_\rho/(1-\gamma)^2\). Only actions that the expert never plays
cost player i something; how often it takes them, the occupancies show.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma
from ..sources import OWN

PROOF = (
    derivation("T6", assume="dominant")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le("eps_rho/(1 - gamma)**2", by=ByLemma("dominant_gap_i_le_occupancy_error"))
)

BOUND = Bound(
    labels=("T6",),
    title="Dominant expert, occupancies matched approximately",
    source=OWN,
    statement="NashGap <= eps_rho/(1-gamma)**2",
    derivation=PROOF,
    witness="w6",
    sharpness="attained by the family w6 for all `n >= 2`, `gamma`, while `eps_rho <= 2*(1-gamma)`",
    improves="T1 with `eps_BC <= (1+gamma)*eps_rho` by the factor `(1+(n-1)*gamma)*(1+gamma)`",
    robust="T6_approximate",
)
