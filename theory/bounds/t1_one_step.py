r"""T1 where errors are large: a dominant expert pays one discounted step for its opponents.

\(\mathrm{NashGap}(\pi)\le(2\gamma+\varepsilon_{\mathrm{BC}})/(1-\gamma)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume, Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T1_one_step", assume="dominant")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .eq("V(expert, learner) - V(learner)", by=Assume("dominant"))
    .le("(2*gamma + eps_BC_i)/(1 - gamma)", by=ByLemma("disagreement_le_one_step"))
    .le(
        "(2*gamma + eps_BC)/(1 - gamma)",
        by=Combination((Term("1/(1 - gamma)", ("eps_BC_i <= eps_BC",)),)),
    )
)

BOUND = Bound(
    labels=("T1_one_step",),
    title="Dominant expert, large errors",
    source=OWN,
    statement="NashGap <= (2*gamma + eps_BC)/(1-gamma)",
    derivation=PROOF,
    witness="w1",
    sharpness="attained by the family w1 for all `n >= 2`, `gamma` while "
    "`eps_BC >= 2*(1-gamma)/n` and `eps_BC <= 2*(1-gamma)`",
    improves="T1 where `n*eps_BC > 2*(1-gamma)`",
    robust="T1_one_step_approximate",
)
