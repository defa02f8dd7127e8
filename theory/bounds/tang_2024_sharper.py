r"""The regret gap of cloning under full coverage, with the constants of T8.

\(\min_s\mu_{\pi^E}(s)\,\big(\mathrm{NashGap}(\pi)-\mathrm{NashGap}(\pi^E)\big)\le
\big(n\min_s\mu_{\pi^E}(s)+n-1\big)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\), for any expert that
visits every state.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t8_approximate import PROOF as T8

PROOF = (
    derivation("tang_2024_sharper", assume="full-support", uses=(T8,))
    .start("mu_min*(NashGap - expert_gap)")
    .le(
        "(n*mu_min + n - 1)*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("1", ("mu_min >= 0", "T8_approximate")),
                Term("(n - 1)/(1 - gamma)**2", ("concentrability_le_coverage", "eps_BC >= 0")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("tang_2024_sharper",),
    title="Regret gap under full coverage",
    source=OWN,
    statement="mu_min*(NashGap - expert_gap) <= (n*mu_min + n-1)*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: tang_2024_flow is smaller whenever `n >= 2`, `mu_min < 1-gamma` and "
    "`eps_BC > 0`",
    improves="tang_2024 by the factor `2*n/(n*mu_min + n-1)`",
)
