r"""An expert that is only nearly Nash, matched approximately.

\(\mathrm{NashGap}(\pi)\le\big(2\gamma+(2+\gamma)\,\varepsilon_\rho\big)/(1-\gamma)
+\mathrm{NashGap}(\pi^E)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T7_approximate")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner) + expert_gap",
        by=ByLemma("nash_gap_i_le_differences"),
    )
    .le(
        "(2*gamma + (2 + gamma)*eps_rho)/(1 - gamma) + expert_gap",
        by=Combination(
            (
                Term("1", ("deviation_difference_le_one_step",)),
                Term("1/(1 - gamma)", ("opponents_error_le_occupancy_error",)),
                Term("1", ("value_difference_le_occupancy_error",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T7_approximate",),
    title="Nearly Nash expert, occupancies matched approximately",
    source=OWN,
    statement="NashGap <= (2*gamma + (2+gamma)*eps_rho)/(1-gamma) + expert_gap",
    derivation=PROOF,
    witness="open",
    sharpness="attained by the family w3 at `eps_rho == 0` and `expert_gap == 0`; open beyond",
)
