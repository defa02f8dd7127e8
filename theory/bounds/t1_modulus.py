r"""T1 whole: the exact worst case for a dominant expert, at every size of the error.

With \(c=\varepsilon_{\mathrm{BC}}/(2(1-\gamma))\),
\(\mathrm{NashGap}(\pi)\le\tfrac2{1-\gamma}\min\{c(1+(n-1)\gamma),\,c+\gamma(1-c),\,1\}\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Least
from ..sources import OWN
from .t1 import PROOF as T1
from .t1_one_step import PROOF as ONE_STEP
from .trivial import PROOF as TRIVIAL

PROOF = (
    derivation("T1_modulus", assume="dominant", uses=(T1, ONE_STEP, TRIVIAL))
    .start("NashGap")
    .le(
        "min((1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2, (2*gamma + eps_BC)/(1 - gamma),"
        " 2/(1 - gamma))",
        by=Least(("T1", "T1_one_step", "trivial")),
    )
)

BOUND = Bound(
    labels=("T1_modulus",),
    title="Dominant expert, the exact worst case",
    source=OWN,
    statement="NashGap <= min((1+(n-1)*gamma)*eps_BC/(1-gamma)**2, (2*gamma+eps_BC)/(1-gamma),"
    " 2/(1-gamma))",
    derivation=PROOF,
    witness="w1",
    sharpness="attained by the family w1 for all `n >= 2`, `gamma` and all "
    "`eps_BC <= 2*(1-gamma)`, beyond which the gap is the largest there is",
    improves="T1 where `n*eps_BC > 2*(1-gamma)`",
    robust="T1_modulus_approximate",
)
