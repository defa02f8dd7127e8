r"""T7 with the shift of the best response: a Nash expert matched approximately.

\(\mathrm{NashGap}(\pi)\le(2\,\varepsilon_\rho+\gamma\delta)/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume
from ..sources import OWN
from .t7_delta_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T7_delta", assume="nash")
    .start("NashGap")
    .le("(2*eps_rho + gamma*delta)/(1 - gamma)**2 + expert_gap", by=APPROXIMATE)
    .eq("(2*eps_rho + gamma*delta)/(1 - gamma)**2", by=Assume("nash"))
)

BOUND = Bound(
    labels=("T7_delta",),
    title="Nash expert, occupancies and the shift of the best response",
    source=OWN,
    statement="NashGap <= (2*eps_rho + gamma*delta)/(1-gamma)**2",
    derivation=PROOF,
    witness="open",
    sharpness="open; for the constant 2 no number below `2-2*gamma` will do, by the family "
    "occupancy-exit, nor one below 1",
    robust="T7_delta_approximate",
)
