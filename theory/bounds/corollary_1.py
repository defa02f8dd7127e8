r"""Corollary 1: a Nash expert that visits every state, matched exactly, is matched by a Nash.

\(\varepsilon_\rho=0\) and full support give \(\mathrm{NashGap}(\pi)\le0\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume
from ..sources import bergerault_2026
from .corollary_1_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("corollary_1", assume="nash,match-rho,full-support")
    .start("NashGap")
    .le("expert_gap", by=APPROXIMATE)
    .eq("0", by=Assume("nash"))
)

BOUND = Bound(
    labels=("corollary_1", "T8_full_support"),
    title="Nash expert with full support, occupancies matched exactly",
    source=bergerault_2026("Corollary 1"),
    statement="NashGap <= 0",
    derivation=PROOF,
    witness="matching-pennies",
    sharpness="an equality, since no gap is negative; matching-pennies without errors is one case",
    robust="corollary_1_approximate",
)
