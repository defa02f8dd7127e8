r"""T6 without dominance: a pure expert, with its own dominance gap as a term.

\(\mathrm{NashGap}(\pi)\le\varepsilon_\rho/(1-\gamma)^2+\mathrm{DomGap}(\pi)\), as T6_approximate
for every expert, by the shorter proof that pure experts allow: the learner kept to the expert's
actions.
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
    improves="the proof of T6_approximate: it needs no relation between two errors",
)
