r"""T10: a Nash expert in a game of N steps, matched exactly.

\(\mathrm{NashGap}(\pi)\le2(N-1)\), every step but the first: T3 read for N undiscounted steps.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Unfold
from ..sources import OWN
from .t3 import PROOF as T3

PROOF = (
    derivation("T10_matched", assume="nash,match-rho")
    .start("NashGap")
    .le("2*gamma/(1 - gamma)", by=T3)
    .eq("2*(horizon - 1)", by=Unfold(("horizon",)))
)

BOUND = Bound(
    labels=("T10_matched",),
    title="Nash expert, N steps, occupancies matched exactly",
    source=OWN,
    statement="NashGap <= 2*(horizon-1)",
    derivation=PROOF,
    witness="w3",
    sharpness="attained by the family w3, in games of N steps with `gamma == 1-1/horizon` as in "
    "discounted ones",
    steps=True,
    robust="T10_matched_approximate",
)
