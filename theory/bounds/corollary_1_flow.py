r"""Corollary 1 with a rate, where no state is visited often: the first step is the start's.

\(\min_s\mu_{\pi^E}(s)\;\mathrm{NashGap}(\pi)\le
\big((2n-1)\min_s\mu_{\pi^E}(s)+(n-1)\gamma\big)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .tang_2024_flow import PROOF as REGRET

PROOF = (
    derivation("corollary_1_flow", assume="nash,full-support", uses=(REGRET,))
    .start("mu_min*NashGap")
    .le(
        "((2*n - 1)*mu_min + (n - 1)*gamma)*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("1", ("tang_2024_flow",)),
                Term("1", ("mu_min >= 0", "expert_gap_eq_zero")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("corollary_1_flow",),
    title="Nash expert with full support, cloned approximately, rare states",
    source=OWN,
    statement="mu_min*NashGap <= ((2*n-1)*mu_min + (n-1)*gamma)*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="open",
    sharpness="open; for `n == 2` what is added to `n*mu_min` cannot be less than "
    "`gamma*(1-gamma)/2`, which the family concentrability approaches as C grows, and is at most "
    "`mu_min + gamma` here",
    improves="corollary_1_rate where `mu_min < 1-gamma`",
    robust="tang_2024_flow",
)
