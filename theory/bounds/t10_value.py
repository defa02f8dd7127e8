r"""T10: the value gap in a game of N steps, for any expert.

\(\mathrm{ValueGap}(\pi)\le nN^2\,\varepsilon_{\mathrm{BC}}\): T4 read for N undiscounted steps.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Unfold
from ..sources import OWN
from .value_gap import PROOF as VALUE_GAP

PROOF = (
    derivation("T10_value")
    .start("ValueGap")
    .le("n*eps_BC/(1 - gamma)**2", by=VALUE_GAP)
    .eq("n*horizon**2*eps_BC", by=Unfold(("horizon",)))
)

BOUND = Bound(
    labels=("T10_value",),
    title="Value gap, N steps",
    source=OWN,
    statement="ValueGap <= n*horizon**2*eps_BC",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4, in games of N steps with `gamma == 1-1/horizon` as in "
    "discounted ones, while `eps_BC <= 2*(1-gamma)/n`",
    steps=True,
)
