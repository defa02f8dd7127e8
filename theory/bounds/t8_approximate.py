r"""An expert that is only nearly Nash, and how often a deviation meets the errors.

\(\mathrm{NashGap}(\pi)\le\big(n+(n-1)C\big)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2
+\mathrm{NashGap}(\pi^E)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T8_approximate")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "(2*E_deviation(TV_o) + eps_BC_i + sum_others(eps_BC_j))/(1 - gamma)**2 + expert_gap",
        by=ByLemma("nash_gap_i_le_deviation_visits"),
    )
    .le(
        "(eps_BC_i + (1 + C)*sum_others(eps_BC_j))/(1 - gamma)**2 + expert_gap",
        by=Combination(
            (
                Term("2/(1 - gamma)**2", ("deviation_visits_le_concentrability",)),
                Term("1/(1 - gamma)**2", ("C >= 0", "opponents_error_le_bc_errors")),
            )
        ),
    )
    .le(
        "(n + (n - 1)*C)*eps_BC/(1 - gamma)**2 + expert_gap",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("1/(1 - gamma)**2", ("others_bc_le_max",)),
                Term("1/(1 - gamma)**2", ("C >= 0", "others_bc_le_max")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T8_approximate",),
    title="Nearly Nash expert, finite concentrability",
    source=OWN,
    statement="NashGap <= (n+(n-1)*C)*eps_BC/(1-gamma)**2 + expert_gap",
    derivation=PROOF,
    witness="concentrability",
    sharpness="attained by the family concentrability for all `n >= 2`, `gamma > 0`, `C >= 1` "
    "and small errors, at `expert_gap == 0`; open beyond",
)
