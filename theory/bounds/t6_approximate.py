r"""An expert that is only nearly dominant, by the occupancies.

\(\mathrm{NashGap}(\pi)\le(1+\gamma^2)\,\varepsilon_\rho/(1-\gamma)^2+\mathrm{DomGap}(\pi)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T6_approximate")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        "(1 + gamma**2)*eps_rho/(1 - gamma)**2 + dominance_gap",
        by=Combination(
            (
                Term("1", ("V(best_response, learner) - V(expert, learner) <= dominance_gap",)),
                Term("1", ("disagreement_le_occupancy_error",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T6_approximate",),
    title="Nearly dominant expert, occupancies matched approximately",
    source=OWN,
    statement="NashGap <= (1+gamma**2)*eps_rho/(1-gamma)**2 + dominance_gap",
    derivation=PROOF,
    witness="open",
    sharpness="open; with a dominant or a pure expert T6 and T6_pure have the constant 1 for "
    "`1+gamma**2`, and no constant below 1 will do (family w6)",
    improves="the constant `1+gamma` of a direct argument on the learner's visits",
)
