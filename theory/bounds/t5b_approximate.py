r"""An expert that is only nearly the best for the team.

\(\mathrm{NashGap}(\pi)\le n\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2+\mathrm{TeamGap}(\pi^E)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T5b_approximate")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        "n*eps_BC/(1 - gamma)**2 + team_gap",
        by=Combination(
            (
                Term("1", ("V(best_response, learner) - V(expert) <= team_gap",)),
                Term("1", ("value_difference_le_bc_error",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T5b_approximate",),
    title="Nearly team-optimal expert",
    source=OWN,
    statement="NashGap <= n*eps_BC/(1-gamma)**2 + team_gap",
    derivation=PROOF,
    witness="team-optimal",
    sharpness="attained by the family team-optimal for all `n >= 1`, `gamma` while "
    "`eps_BC <= 2*(1-gamma)/n`, at `team_gap == 0`; open beyond",
)
