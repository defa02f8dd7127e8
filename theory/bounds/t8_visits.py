r"""T8 without C: a Nash expert, and the errors that the deviation itself would meet.

\(\mathrm{NashGap}(\pi)\le\big(n\,\varepsilon_{\mathrm{BC}}+\varepsilon_*\big)/(1-\gamma)^2\). It
holds where C is infinite, too.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume
from ..sources import OWN
from .t8_visits_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T8_visits", assume="nash")
    .start("NashGap")
    .le("(n*eps_BC + deviation_error)/(1 - gamma)**2 + expert_gap", by=APPROXIMATE)
    .eq("(n*eps_BC + deviation_error)/(1 - gamma)**2", by=Assume("nash"))
)

BOUND = Bound(
    labels=("T8_visits",),
    title="Nash expert, and the errors that the deviation meets",
    source=OWN,
    statement="NashGap <= (n*eps_BC + deviation_error)/(1-gamma)**2",
    derivation=PROOF,
    witness="concentrability",
    sharpness="attained by the family concentrability for all `n >= 2`, `gamma > 0`, `C >= 1` and "
    "small errors",
    improves="T8, whose `(n-1)*C*eps_BC` is at least `deviation_error`, and infinite with C",
    robust="T8_visits_approximate",
)
