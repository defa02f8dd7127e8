r"""Corollary 1 for an expert that is only nearly Nash: matched exactly, its gap is the learner's.

\(\varepsilon_\rho=0\) and full support give \(\mathrm{NashGap}(\pi)\le\mathrm{NashGap}(\pi^E)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t8_eps_rho_approximate import PROOF as T8_EPS_RHO

PROOF = (
    derivation("corollary_1_approximate", assume="match-rho,full-support")
    .start("NashGap")
    .le("(1 - gamma + (1 + gamma)*C)*eps_rho/(1 - gamma)**2 + expert_gap", by=T8_EPS_RHO)
    .le(
        "expert_gap",
        by=Combination(
            (
                Term("1/(1 - gamma)", ("occupancy_error_eq_zero",)),
                Term("(1 + gamma)/(1 - gamma)**2", ("C >= 0", "occupancy_error_eq_zero")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("corollary_1_approximate",),
    title="Nearly Nash expert with full support, occupancies matched exactly",
    source=OWN,
    statement="NashGap <= expert_gap",
    derivation=PROOF,
    witness="matching-pennies",
    sharpness="an equality, since equal occupancies are equal policies where every state is "
    "visited; matching-pennies without errors is the case of gap 0",
)
