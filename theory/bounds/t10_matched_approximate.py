r"""T10: an expert that is only nearly Nash, in a game of N steps, cloned approximately.

\(\mathrm{NashGap}(\pi)\le2(N-1)+N\big(N+(n-1)(N+1)\big)\,\varepsilon_{\mathrm{BC}}
+\mathrm{NashGap}(\pi^E)\): T3_approximate read for N undiscounted steps.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Unfold
from ..sources import OWN
from .t3_approximate import PROOF as T3

PROOF = (
    derivation("T10_matched_approximate")
    .start("NashGap")
    .le(
        "2*gamma/(1 - gamma) + (1 + (n - 1)*(2 - gamma))*eps_BC/(1 - gamma)**2 + expert_gap",
        by=T3,
    )
    .eq(
        "2*(horizon - 1) + horizon*(horizon + (n - 1)*(horizon + 1))*eps_BC + expert_gap",
        by=Unfold(("horizon",)),
    )
)

BOUND = Bound(
    labels=("T10_matched_approximate",),
    title="Nearly Nash expert, N steps, cloned approximately",
    source=OWN,
    statement="NashGap <= 2*(horizon-1) + horizon*(horizon+(n-1)*(horizon+1))*eps_BC + expert_gap",
    derivation=PROOF,
    witness="w3",
    sharpness="attained by the family w3, in games of N steps with `gamma == 1-1/horizon` as in "
    "discounted ones, at `eps_BC == 0` and `expert_gap == 0`; open beyond",
    steps=True,
)
