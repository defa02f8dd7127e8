r"""T3: a Nash expert matched exactly, without any assumption on its support.

\(\mathrm{NashGap}(\pi)\le2\gamma/(1-\gamma)\). The first reward is that of the expert's opponents.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t7_sharper import PROOF as NASH_OCCUPANCY

PROOF = (
    derivation("T3", assume="nash,match-rho")
    .start("NashGap")
    .le("(2*gamma + (2 + gamma)*eps_rho)/(1 - gamma)", by=NASH_OCCUPANCY)
    .le(
        "2*gamma/(1 - gamma)",
        by=Combination((Term("(2 + gamma)/(1 - gamma)", ("occupancy_error_eq_zero",)),)),
    )
)

BOUND = Bound(
    labels=("T3", "S3"),
    title="Nash expert, occupancies matched exactly",
    source=OWN,
    statement="NashGap <= 2*gamma/(1-gamma)",
    derivation=PROOF,
    witness="w3",
    sharpness="attained by the family w3 for all `gamma`, with two players, states and actions; it "
    "is the upper side of Theorem 2 of Bergerault, Cevher, Mehr (2026)",
    improves="the trivial bound `2/(1-gamma)` by the factor `1/gamma`",
    robust="T3_approximate",
)
