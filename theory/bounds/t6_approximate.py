r"""An expert that is only nearly dominant, by the occupancies.

\(\mathrm{NashGap}(\pi)\le\varepsilon_\rho/(1-\gamma)^2+\mathrm{DomGap}(\pi)\): the constant of T6,
for every expert.
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
        "eps_rho/(1 - gamma)**2 + dominance_gap",
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
    statement="NashGap <= eps_rho/(1-gamma)**2 + dominance_gap",
    derivation=PROOF,
    witness="w6",
    sharpness="attained by the family w6 for all `n >= 2`, `gamma`, `0 <= q <= 1`, where the "
    "dominance gap is 0",
    improves="the constant `1+gamma` of a direct argument on the learner's visits",
)
