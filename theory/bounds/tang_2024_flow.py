r"""The regret gap of cloning under full coverage, where no state is visited often.

\(\min_s\mu_{\pi^E}(s)\,\big(\mathrm{NashGap}(\pi)-\mathrm{NashGap}(\pi^E)\big)\le
\big((2n-1)\min_s\mu_{\pi^E}(s)+(n-1)\gamma\big)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\), for any
expert that visits every state.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t8_approximate import PROOF as T8

PROOF = (
    derivation("tang_2024_flow", assume="full-support", uses=(T8,))
    .start("mu_min*(NashGap - expert_gap)")
    .le(
        "((2*n - 1)*mu_min + (n - 1)*gamma)*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("1", ("mu_min >= 0", "T8_approximate")),
                Term("(n - 1)/(1 - gamma)**2", ("concentrability_le_flow", "eps_BC >= 0")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("tang_2024_flow",),
    title="Regret gap under full coverage, rare states",
    source=OWN,
    statement="mu_min*(NashGap - expert_gap) <= ((2*n-1)*mu_min + (n-1)*gamma)*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="open",
    sharpness="open; the same interval as for corollary_1_flow, which is its case for Nash experts",
    improves="tang_2024_sharper where `mu_min < 1-gamma`",
)
