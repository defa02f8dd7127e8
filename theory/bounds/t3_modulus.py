r"""T3' whole: a Nash expert cloned approximately, or the largest gap that there is."""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Least
from ..sources import OWN
from .t3_robust import PROOF as ROBUST
from .trivial import PROOF as TRIVIAL

PROOF = (
    derivation("T3_modulus", assume="nash", uses=(ROBUST, TRIVIAL))
    .start("NashGap")
    .le(
        "min(2*gamma/(1 - gamma) + (1 + (n - 1)*(2 - gamma))*eps_BC/(1 - gamma)**2, 2/(1 - gamma))",
        by=Least(("T3_robust", "trivial")),
    )
)

BOUND = Bound(
    labels=("T3_modulus", "S3'"),
    title="Nash expert, cloned approximately, at every size of the error",
    source=OWN,
    statement="NashGap <= min(2*gamma/(1-gamma) + (1+(n-1)*(2-gamma))*eps_BC/(1-gamma)**2,"
    " 2/(1-gamma))",
    derivation=PROOF,
    witness="w3-robust",
    sharpness="attained by the family w3-robust for all `n >= 2`, `gamma > 0` and small errors; "
    "open between these and the errors at which it is trivial",
    improves="the trivial bound `2/(1-gamma)` while `eps_BC` is small",
    robust="T3_modulus_approximate",
)
