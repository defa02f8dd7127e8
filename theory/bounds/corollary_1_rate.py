r"""Corollary 1 with a rate: a Nash expert that visits every state.

\(\min_s\mu_{\pi^E}(s)\;\mathrm{NashGap}(\pi)\le
\big(n\min_s\mu_{\pi^E}(s)+n-1\big)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .tang_2024_sharper import PROOF as REGRET

PROOF = (
    derivation("corollary_1_rate", assume="nash,full-support", uses=(REGRET,))
    .start("mu_min*NashGap")
    .le(
        "(n*mu_min + n - 1)*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("1", ("tang_2024_sharper",)),
                Term("1", ("mu_min >= 0", "expert_gap_eq_zero")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("corollary_1_rate", "T8_coverage"),
    title="Nash expert with full support, cloned approximately",
    source=OWN,
    statement="mu_min*NashGap <= (n*mu_min + n-1)*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: corollary_1_flow is smaller whenever `n >= 2`, `mu_min < 1-gamma` and "
    "`eps_BC > 0`",
    improves="corollary_1, which is its limit `eps_BC == 0`, by a rate",
    robust="tang_2024_sharper",
)
