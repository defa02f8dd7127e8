r"""T6 without dominance: a pure expert, with its own dominance gap as a term.

\(\mathrm{NashGap}(\pi)\le\varepsilon_\rho/(1-\gamma)^2+\mathrm{DomGap}(\pi)\): the constant of T6,
where T6_approximate has \(1+\gamma^2\). What is used of the assumption is that the expert is pure.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T6_pure", assume="pure")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        "eps_rho/(1 - gamma)**2 + dominance_gap",
        by=Combination(
            (
                Term("1", ("V(best_response, learner) - V(expert, learner) <= dominance_gap",)),
                Term("1", ("disagreement_le_occupancy_error_if_pure",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T6_pure",),
    title="Pure expert that is only nearly dominant, occupancies matched approximately",
    source=OWN,
    statement="NashGap <= eps_rho/(1-gamma)**2 + dominance_gap",
    derivation=PROOF,
    witness="w6",
    sharpness="attained by the family w6 at `q == 1` for all `n >= 2`, `gamma`, where the "
    "dominance gap is 0",
    improves="T6_approximate by the factor `1+gamma**2` in the error",
)
