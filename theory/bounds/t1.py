r"""T1, the sharp constant for a dominant expert.

\(\mathrm{NashGap}(\pi)\le(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).

A player's own errors cost a full reward; while only opponents err, the same joint action is played
whoever of expert and learner player i follows, so the reward cancels and the cost is discounted
once.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T1", assume="dominant")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "(eps_BC_i + gamma*sum_others(eps_BC_j))/(1 - gamma)**2",
        by=ByLemma("nash_gap_i_le_bc_errors"),
    )
    .le(
        "(1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("gamma/(1 - gamma)**2", ("others_bc_le_max",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T1", "nash_gap_le_bc_error"),
    title="Dominant expert, sharp constant",
    source=OWN,
    statement="NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="w1",
    sharpness="attained by the family w1 for all `n >= 1`, `gamma` while `eps_BC <= 2*(1-gamma)/n`",
    improves="lemma_3 by the factor `2*n/(1+(n-1)*gamma)`, at least 2",
    robust="T1_approximate",
)
