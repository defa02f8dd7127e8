r"""T8 from the occupancies: a Nash expert, and how often a deviation meets the errors.

\(\mathrm{NashGap}(\pi)\le\big((1-\gamma)+(1+\gamma)C\big)\,\varepsilon_\rho/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume
from ..sources import OWN
from .t8_eps_rho_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T8_eps_rho", assume="nash")
    .start("NashGap")
    .le("(1 - gamma + (1 + gamma)*C)*eps_rho/(1 - gamma)**2 + expert_gap", by=APPROXIMATE)
    .eq("(1 - gamma + (1 + gamma)*C)*eps_rho/(1 - gamma)**2", by=Assume("nash"))
)

BOUND = Bound(
    labels=("T8_eps_rho",),
    title="Nash expert, finite concentrability, occupancies",
    source=OWN,
    statement="NashGap <= (1-gamma+(1+gamma)*C)*eps_rho/(1-gamma)**2",
    derivation=PROOF,
    witness="open",
    sharpness="open; the coefficient is at least `(1-gamma+C)/(1-gamma)**2`, which the family "
    "concentrability-occupancy attains for all `n >= 2`, `gamma > 0`, `C >= 1`",
    robust="T8_eps_rho_approximate",
)
