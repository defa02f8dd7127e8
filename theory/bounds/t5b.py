r"""T5b, for common payoffs and a team-optimal expert.

\(\mathrm{NashGap}(\pi)\le n\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).

No deviation earns more than the team's optimum, so that the gap is at most the value gap.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume, Attained, ByLemma
from ..sources import OWN

PROOF = (
    derivation("T5b", assume="team-optimal")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le("V(expert) - V(learner)", by=Assume("team-optimal"))
    .le("n*eps_BC/(1 - gamma)**2", by=ByLemma("value_difference_le_bc_error"))
)

BOUND = Bound(
    labels=("T5b",),
    title="Team-optimal expert",
    source=OWN,
    statement="NashGap <= n*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="team-optimal",
    sharpness="attained by the family team-optimal for all `n >= 1`, `gamma` while "
    "`eps_BC <= 2*(1-gamma)/n`",
    robust="T5b_approximate",
)
