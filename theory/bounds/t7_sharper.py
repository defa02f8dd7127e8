r"""A Nash expert matched approximately, without any assumption on its support.

\(\mathrm{NashGap}(\pi)\le\big(2\gamma+(2+\gamma)\,\varepsilon_\rho\big)/(1-\gamma)\): beyond what
exact matching allows, one effective horizon and not two.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume
from ..sources import OWN
from .t7_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T7_sharper", assume="nash")
    .start("NashGap")
    .le("(2*gamma + (2 + gamma)*eps_rho)/(1 - gamma) + expert_gap", by=APPROXIMATE)
    .eq("(2*gamma + (2 + gamma)*eps_rho)/(1 - gamma)", by=Assume("nash"))
)

BOUND = Bound(
    labels=("T7_sharper",),
    title="Nash expert, occupancies matched approximately",
    source=OWN,
    statement="NashGap <= (2*gamma + (2+gamma)*eps_rho)/(1-gamma)",
    derivation=PROOF,
    witness="open",
    sharpness="attained by the family w3 at `eps_rho == 0`; open at positive errors, where "
    "`(2+gamma)` cannot be less than 2 (family occupancy-exit), nor less than `1+gamma+gamma**2` "
    "(family occupancy-chain)",
    improves="T7 in the coefficient of the error, by the factor `2/((2+gamma)*(1-gamma))`",
    robust="T7_approximate",
)
