r"""T2, by the shift of the best response: a Nash expert.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)(2-\gamma))\,\varepsilon_{\mathrm{BC}}+\gamma\delta\big)/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume
from ..sources import OWN
from .t2_shift_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T2_shift", assume="nash")
    .start("NashGap")
    .le(
        "((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta)/(1 - gamma)**2 + expert_gap",
        by=APPROXIMATE,
    )
    .eq("((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta)/(1 - gamma)**2", by=Assume("nash"))
)

BOUND = Bound(
    labels=("T2_shift",),
    title="Nash expert, by the shift of the best response",
    source=OWN,
    statement="NashGap <= ((1+(n-1)*(2-gamma))*eps_BC + gamma*delta)/(1-gamma)**2",
    derivation=PROOF,
    witness="w2",
    sharpness="attained by the family w2 for all `n >= 2`, `gamma > 0` while "
    "`(1-gamma)*delta >= (2-gamma)*(n-1)*eps_BC` and `n*eps_BC + delta <= 2*(1-gamma)`",
    improves="S2 by `(delta - 2*(n-1)*eps_BC)/(1-gamma)`, where that is positive",
    robust="T2_shift_approximate",
)
