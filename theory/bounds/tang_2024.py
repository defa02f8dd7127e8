r"""The regret gap of cloning under full coverage, in the form of Tang et al. (2024).

\(\min_s\mu_{\pi^E}(s)\,\big(\mathrm{NashGap}(\pi)-\mathrm{NashGap}(\pi^E)\big)\le
2n\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\), for any expert that visits every state. There a
mediator recommends actions, for a finite horizon; here policies are products, and the regret gap is
the difference of the Nash gaps.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import tang_2024
from .tang_2024_sharper import PROOF as SHARPER

PROOF = (
    derivation("tang_2024", assume="full-support")
    .start("mu_min*(NashGap - expert_gap)")
    .le("(n*mu_min + n - 1)*eps_BC/(1 - gamma)**2", by=SHARPER)
    .le(
        "2*n*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("n/(1 - gamma)**2", ("mu_min <= 1", "eps_BC >= 0")),
                Term("1/(1 - gamma)**2", ("eps_BC >= 0",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("tang_2024",),
    title="Regret gap under full coverage, in the published form",
    source=tang_2024("regret gap under full coverage; the form, for product policies"),
    statement="mu_min*(NashGap - expert_gap) <= 2*n*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: tang_2024_sharper is smaller whenever `eps_BC > 0`",
)
