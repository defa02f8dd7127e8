r"""T3' whole for an expert that is only nearly Nash, or the largest gap that there is."""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Least
from ..sources import OWN
from .t3_approximate import PROOF as APPROXIMATE
from .trivial import PROOF as TRIVIAL

PROOF = (
    derivation("T3_modulus_approximate", uses=(APPROXIMATE, TRIVIAL))
    .start("NashGap")
    .le(
        "min(2*gamma/(1 - gamma) + (1 + (n - 1)*(2 - gamma))*eps_BC/(1 - gamma)**2 + expert_gap,"
        " 2/(1 - gamma))",
        by=Least(("T3_approximate", "trivial")),
    )
)

BOUND = Bound(
    labels=("T3_modulus_approximate",),
    title="Nearly Nash expert, cloned approximately, at every size of the error",
    source=OWN,
    statement="NashGap <= min(2*gamma/(1-gamma) + (1+(n-1)*(2-gamma))*eps_BC/(1-gamma)**2"
    " + expert_gap, 2/(1-gamma))",
    derivation=PROOF,
    witness="w3-robust",
    sharpness="attained by the family w3-robust for all `n >= 2`, `gamma > 0` and small errors, "
    "at `expert_gap == 0`; open beyond",
    improves="the trivial bound `2/(1-gamma)` while `eps_BC` and `expert_gap` are small",
)
