r"""The largest gap that there is.

\(\mathrm{NashGap}(\pi)\le2/(1-\gamma)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("trivial")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        "2/(1 - gamma)",
        by=Combination(
            (
                Term("1", ("V(best_response, learner) <= 1/(1 - gamma)",)),
                Term("1", ("-V(learner) <= 1/(1 - gamma)",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("trivial", "S4"),
    title="The largest gap that there is",
    source=OWN,
    statement="NashGap <= 2/(1-gamma)",
    derivation=PROOF,
    witness="state-only",
    sharpness="attained by the family state-only for all `n >= 1`, `gamma`, with the states "
    "matched exactly, full support, common payoffs and a dominant expert",
)
