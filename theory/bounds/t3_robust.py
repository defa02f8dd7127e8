r"""T3': a Nash expert cloned approximately, without any assumption on its support.

\(\mathrm{NashGap}(\pi)\le\tfrac{2\gamma}{1-\gamma}
+\tfrac{1+(n-1)(2-\gamma)}{(1-\gamma)^2}\,\varepsilon_{\mathrm{BC}}\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume
from ..sources import OWN
from .t3_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T3_robust", assume="nash")
    .start("NashGap")
    .le(
        "2*gamma/(1 - gamma) + (1 + (n - 1)*(2 - gamma))*eps_BC/(1 - gamma)**2 + expert_gap",
        by=APPROXIMATE,
    )
    .eq("2*gamma/(1 - gamma) + (1 + (n - 1)*(2 - gamma))*eps_BC/(1 - gamma)**2", by=Assume("nash"))
)

BOUND = Bound(
    labels=("T3_robust", "S3_robust"),
    title="Nash expert, cloned approximately",
    source=OWN,
    statement="NashGap <= 2*gamma/(1-gamma) + (1+(n-1)*(2-gamma))*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="w3-robust",
    sharpness="attained by the family w3-robust for all `n >= 2`, `gamma > 0` and small errors",
    improves="the trivial bound `2/(1-gamma)` while `eps_BC` is small",
    robust="T3_approximate",
)
