r"""T2 whole: a Nash expert, the least of its two bounds by the shift of the best response."""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Least
from ..sources import OWN
from .t2_kappa import PROOF as KAPPA
from .t2_shift import PROOF as SHIFT

PROOF = (
    derivation("T2_modulus", assume="nash", uses=(SHIFT, KAPPA))
    .start("NashGap")
    .le(
        "min(((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta)/(1 - gamma)**2,"
        " ((1 + (n - 1)*gamma)*eps_BC + (2 - 2*gamma + gamma**2)/(2 - gamma)*delta)"
        "/(1 - gamma)**2)",
        by=Least(("T2_shift", "T2_kappa")),
    )
)

BOUND = Bound(
    labels=("T2_modulus", "T2", "S2*"),
    title="Nash expert, by the shift of the best response, the exact worst case",
    source=OWN,
    statement="NashGap <= min(((1+(n-1)*(2-gamma))*eps_BC + gamma*delta)/(1-gamma)**2,"
    " ((1+(n-1)*gamma)*eps_BC + (1-gamma*(1-gamma)/(2-gamma))*delta)/(1-gamma)**2)",
    derivation=PROOF,
    witness="w2",
    sharpness="attained by the family w2 for all `n >= 2`, `gamma > 0` while "
    "`n*eps_BC + delta <= 2*(1-gamma)`",
    improves="S2 by the difference, positive whenever `delta > 0`",
    robust="T2_modulus_approximate",
)
