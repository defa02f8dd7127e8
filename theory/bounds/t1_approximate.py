r"""An expert that is only nearly dominant, cloned approximately.

\(\mathrm{NashGap}(\pi)\le(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2
+\mathrm{DomGap}(\pi)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T1_approximate")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        "(1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2 + dominance_gap",
        by=Combination(
            (
                Term("1", ("V(best_response, learner) - V(expert, learner) <= dominance_gap",)),
                Term("1", ("disagreement_le_bc_error",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T1_approximate",),
    title="Nearly dominant expert",
    source=OWN,
    statement="NashGap <= (1+(n-1)*gamma)*eps_BC/(1-gamma)**2 + dominance_gap",
    derivation=PROOF,
    witness="s2",
    sharpness="attained by the family s2 for all `n >= 1`, `gamma`, with any dominance gap up to "
    "`2/(1-gamma) - n*eps_BC/(1-gamma)**2`",
)
