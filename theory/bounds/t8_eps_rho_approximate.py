r"""A nearly Nash expert, by the occupancies and how often a deviation meets the errors.

\(\mathrm{NashGap}(\pi)\le\big((1-\gamma)+(1+\gamma)C\big)\,\varepsilon_\rho/(1-\gamma)^2
+\mathrm{NashGap}(\pi^E)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T8_eps_rho_approximate")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner) + expert_gap",
        by=ByLemma("nash_gap_i_le_differences"),
    )
    .le(
        "(1 - gamma + (1 + gamma)*C)*eps_rho/(1 - gamma)**2 + expert_gap",
        by=Combination(
            (
                Term("1", ("deviation_difference_le_visits",)),
                Term("2/(1 - gamma)**2", ("deviation_visits_le_concentrability",)),
                Term("1/(1 - gamma)**2", ("C >= 0", "opponents_error_le_occupancy_error")),
                Term("1", ("value_difference_le_occupancy_error",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T8_eps_rho_approximate",),
    title="Nearly Nash expert, finite concentrability, occupancies",
    source=OWN,
    statement="NashGap <= (1-gamma+(1+gamma)*C)*eps_rho/(1-gamma)**2 + expert_gap",
    derivation=PROOF,
    witness="open",
    sharpness="open",
)
