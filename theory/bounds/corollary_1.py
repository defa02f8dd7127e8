r"""Corollary 1: a Nash expert that visits every state, matched exactly, is matched by a Nash.

\(\varepsilon_\rho=0\) and full support give \(\mathrm{NashGap}(\pi)\le0\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import bergerault_2026
from .t8_eps_rho import PROOF as T8_EPS_RHO

PROOF = (
    derivation("corollary_1", assume="nash,match-rho,full-support")
    .start("NashGap")
    .le("(1 - gamma + (1 + gamma)*C)*eps_rho/(1 - gamma)**2", by=T8_EPS_RHO)
    .le(
        "0",
        by=Combination(
            (
                Term("1/(1 - gamma)", ("occupancy_error_eq_zero",)),
                Term("(1 + gamma)/(1 - gamma)**2", ("C >= 0", "occupancy_error_eq_zero")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("corollary_1", "T8_full_support"),
    title="Nash expert with full support, occupancies matched exactly",
    source=bergerault_2026("Corollary 1"),
    statement="NashGap <= 0",
    derivation=PROOF,
    witness="matching-pennies",
    sharpness="an equality, since no gap is negative; matching-pennies without errors is one case",
)
