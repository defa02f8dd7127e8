r"""T8 from the occupancies: a Nash expert, and how often a deviation meets the errors.

\(\mathrm{NashGap}(\pi)\le\big((1-\gamma)+(1+\gamma)C\big)\,\varepsilon_\rho/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T8_eps_rho", assume="nash")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "V(deviation, learner) - V(deviation, expert) + V(expert) - V(learner)",
        by=ByLemma("nash_gap_i_le_differences"),
    )
    .le(
        "(1 - gamma + (1 + gamma)*C)*eps_rho/(1 - gamma)**2",
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
    labels=("T8_eps_rho",),
    title="Nash expert, finite concentrability, occupancies",
    source=OWN,
    statement="NashGap <= (1-gamma+(1+gamma)*C)*eps_rho/(1-gamma)**2",
    derivation=PROOF,
    witness="open",
    sharpness="open; the coefficient is at least `(1-gamma+C)/(1-gamma)**2`, which the family "
    "concentrability-occupancy attains for all `n >= 2`, `gamma > 0`, `C >= 1`",
)
