r"""An expert that is only nearly Nash, cloned approximately.

\(\mathrm{NashGap}(\pi)\le\tfrac{2\gamma}{1-\gamma}
+\tfrac{1+(n-1)(2-\gamma)}{(1-\gamma)^2}\,\varepsilon_{\mathrm{BC}}+\mathrm{NashGap}(\pi^E)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T3_approximate")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner) + expert_gap",
        by=ByLemma("nash_gap_i_le_differences"),
    )
    .le(
        "2*gamma/(1 - gamma) + (eps_BC_i + (2 - gamma)*sum_others(eps_BC_j))/(1 - gamma)**2"
        " + expert_gap",
        by=Combination(
            (
                Term("1", ("deviation_difference_le_one_step",)),
                Term("1/(1 - gamma)", ("opponents_error_le_bc_errors",)),
                Term("1", ("value_difference_le_bc_errors",)),
            )
        ),
    )
    .le(
        "2*gamma/(1 - gamma) + (1 + (n - 1)*(2 - gamma))*eps_BC/(1 - gamma)**2 + expert_gap",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("(2 - gamma)/(1 - gamma)**2", ("others_bc_le_max",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T3_approximate",),
    title="Nearly Nash expert, cloned approximately",
    source=OWN,
    statement="NashGap <= 2*gamma/(1-gamma) + (1+(n-1)*(2-gamma))*eps_BC/(1-gamma)**2 + expert_gap",
    derivation=PROOF,
    witness="w3-robust",
    sharpness="attained by the family w3-robust for all `n >= 2`, `gamma > 0` and small errors, "
    "at `expert_gap == 0`; open beyond",
)
