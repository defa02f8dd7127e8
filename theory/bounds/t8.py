r"""T8: a Nash expert, and how often a deviation meets the errors.

\(\mathrm{NashGap}(\pi)\le\big(n+(n-1)C\big)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume
from ..sources import OWN
from .t8_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T8", assume="nash")
    .start("NashGap")
    .le("(n + (n - 1)*C)*eps_BC/(1 - gamma)**2 + expert_gap", by=APPROXIMATE)
    .eq("(n + (n - 1)*C)*eps_BC/(1 - gamma)**2", by=Assume("nash"))
)

BOUND = Bound(
    labels=("T8",),
    title="Nash expert, finite concentrability",
    source=OWN,
    statement="NashGap <= (n+(n-1)*C)*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="concentrability",
    sharpness="attained by the family concentrability for all `n >= 2`, `gamma > 0`, `C >= 1` and "
    "small errors",
    improves="the form `2*n*C*eps_BC/(1-gamma)**2` by the factor `2*n*C/(n+(n-1)*C)`",
    robust="T8_approximate",
)
