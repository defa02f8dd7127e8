r"""An expert that is only nearly Nash, by the occupancies and the shift of the best response.

\(\mathrm{NashGap}(\pi)\le(2\,\varepsilon_\rho+\gamma\delta)/(1-\gamma)^2+\mathrm{NashGap}(\pi^E)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T7_delta_approximate")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner) + expert_gap",
        by=ByLemma("nash_gap_i_le_differences"),
    )
    .le(
        "(2*eps_rho + gamma*delta)/(1 - gamma)**2 + expert_gap",
        by=Combination(
            (
                Term("1", ("deviation_difference_le_shift",)),
                Term("1/(1 - gamma)**2", ("opponents_error_le_occupancy_error",)),
                Term("1", ("value_difference_le_occupancy_error",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T7_delta_approximate",),
    title="Nearly Nash expert, occupancies and shift",
    source=OWN,
    statement="NashGap <= (2*eps_rho + gamma*delta)/(1-gamma)**2 + expert_gap",
    derivation=PROOF,
    witness="open",
    sharpness="open",
)
