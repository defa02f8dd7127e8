r"""S2: the shift of the best response, for any expert.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\delta\big)/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("S2")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "(eps_BC_i + gamma*sum_others(eps_BC_j) + delta)/(1 - gamma)**2",
        by=ByLemma("nash_gap_i_le_shift_and_bc_errors"),
    )
    .le(
        "((1 + (n - 1)*gamma)*eps_BC + delta)/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("gamma/(1 - gamma)**2", ("others_bc_le_max",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("S2",),
    title="Any expert, by the shift of the best response",
    source=OWN,
    statement="NashGap <= ((1+(n-1)*gamma)*eps_BC + delta)/(1-gamma)**2",
    derivation=PROOF,
    witness="s2",
    sharpness="attained by the family s2, whose expert is not Nash, for all `n >= 1`, `gamma` "
    "while `n*eps_BC + delta <= 2*(1-gamma)`; for Nash experts and `delta > 0` it is not",
    improves="lemma_4 by `(2*n - 1 - (n-1)*gamma)*eps_BC/(1-gamma)**2`",
)
