r"""T1 whole for an expert that is only nearly dominant, at every size of the error.

With \(c=\varepsilon_{\mathrm{BC}}/(2(1-\gamma))\), \(\mathrm{NashGap}(\pi)\le
\min\{\tfrac{2c(1+(n-1)\gamma)}{1-\gamma}+\mathrm{DomGap}(\pi),\
\tfrac{2(c+\gamma(1-c))}{1-\gamma}+\mathrm{DomGap}(\pi),\ \tfrac2{1-\gamma}\}\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Least
from ..sources import OWN
from .t1_approximate import PROOF as T1
from .t1_one_step_approximate import PROOF as ONE_STEP
from .trivial import PROOF as TRIVIAL

PROOF = (
    derivation("T1_modulus_approximate", uses=(T1, ONE_STEP, TRIVIAL))
    .start("NashGap")
    .le(
        "min((1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2 + dominance_gap,"
        " (2*gamma + eps_BC)/(1 - gamma) + dominance_gap, 2/(1 - gamma))",
        by=Least(("T1_approximate", "T1_one_step_approximate", "trivial")),
    )
)

BOUND = Bound(
    labels=("T1_modulus_approximate",),
    title="Nearly dominant expert, at every size of the error",
    source=OWN,
    statement="NashGap <= min((1+(n-1)*gamma)*eps_BC/(1-gamma)**2 + dominance_gap,"
    " (2*gamma+eps_BC)/(1-gamma) + dominance_gap, 2/(1-gamma))",
    derivation=PROOF,
    witness="s2",
    sharpness="attained by the family s2 for all `n >= 1`, `gamma`, with any dominance gap up to "
    "`2/(1-gamma) - n*eps_BC/(1-gamma)**2`, and by w1 at `dominance_gap == 0` beyond these "
    "errors; open between the two",
    improves="T1_approximate where `n*eps_BC > 2*(1-gamma)`",
)
