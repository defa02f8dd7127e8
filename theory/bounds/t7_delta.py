r"""T7 with the shift of the best response: a Nash expert matched approximately.

\(\mathrm{NashGap}(\pi)\le(2\,\varepsilon_\rho+\gamma\delta)/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T7_delta", assume="nash")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner)",
        by=ByLemma("nash_gap_i_le_differences"),
    )
    .le(
        "(2*eps_rho + gamma*delta)/(1 - gamma)**2",
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
    labels=("T7_delta",),
    title="Nash expert, occupancies and the shift of the best response",
    source=OWN,
    statement="NashGap <= (2*eps_rho + gamma*delta)/(1-gamma)**2",
    derivation=PROOF,
    witness="open",
    sharpness="open; for the constant 2 no number below `2-3*gamma` will do, by the family "
    "concentrability-occupancy at `C == 1`, `q == 1/2`, nor one below 1",
)
