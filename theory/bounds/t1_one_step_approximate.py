r"""An expert that is only nearly dominant, where errors are large.

\(\mathrm{NashGap}(\pi)\le(2\gamma+\varepsilon_{\mathrm{BC}})/(1-\gamma)+\mathrm{DomGap}(\pi)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T1_one_step_approximate")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        "(2*gamma + eps_BC)/(1 - gamma) + dominance_gap",
        by=Combination(
            (
                Term("1", ("V(best_response, learner) - V(expert, learner) <= dominance_gap",)),
                Term("1", ("disagreement_le_one_step",)),
                Term("1/(1 - gamma)", ("eps_BC_i <= eps_BC",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T1_one_step_approximate",),
    title="Nearly dominant expert, large errors",
    source=OWN,
    statement="NashGap <= (2*gamma + eps_BC)/(1-gamma) + dominance_gap",
    derivation=PROOF,
    witness="w1",
    sharpness="attained by the family w1 for all `n >= 2`, `gamma` while "
    "`eps_BC >= 2*(1-gamma)/n` and `eps_BC <= 2*(1-gamma)`, at `dominance_gap == 0`; open beyond",
    improves="T1_approximate where `n*eps_BC > 2*(1-gamma)`",
)
