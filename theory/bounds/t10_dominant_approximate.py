r"""T10: an expert that is only nearly dominant, in a game of N steps.

\(\mathrm{NashGap}(\pi)\le N\big(N+(n-1)(N-1)\big)\,\varepsilon_{\mathrm{BC}}
+\mathrm{DomGap}(\pi)\): T1_approximate read with \(\gamma=1-1/N\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Unfold
from ..sources import OWN
from .t1_approximate import PROOF as T1

PROOF = (
    derivation("T10_dominant_approximate")
    .start("NashGap")
    .le("(1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2 + dominance_gap", by=T1)
    .eq("horizon*(horizon + (n - 1)*(horizon - 1))*eps_BC + dominance_gap", by=Unfold(("horizon",)))
)

BOUND = Bound(
    labels=("T10_dominant_approximate",),
    title="Nearly dominant expert, N steps",
    source=OWN,
    statement="NashGap <= horizon*(horizon+(n-1)*(horizon-1))*eps_BC + dominance_gap",
    derivation=PROOF,
    witness="s2",
    sharpness="attained by the family s2, in games of N steps with `gamma == 1-1/horizon` as in "
    "discounted ones, with any dominance gap up to `2/(1-gamma) - n*eps_BC/(1-gamma)**2`",
    steps=True,
)
