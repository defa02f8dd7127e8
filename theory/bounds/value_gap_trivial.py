r"""The largest value gap that there is: \(\mathrm{ValueGap}(\pi)\le2/(1-\gamma)\)."""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("value_gap_trivial")
    .start("ValueGap")
    .eq("V(expert) - V(learner)", by=Attained())
    .le(
        "2/(1 - gamma)",
        by=Combination(
            (
                Term("1", ("V(expert) <= 1/(1 - gamma)",)),
                Term("1", ("-V(learner) <= 1/(1 - gamma)",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("value_gap_trivial",),
    title="The largest value gap that there is",
    source=OWN,
    statement="ValueGap <= 2/(1-gamma)",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4 for all `n >= 1`, `gamma` while `n*eps_BC >= 2*(1-gamma)`",
)
