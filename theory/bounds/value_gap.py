r"""The value gap, for any expert.

\(\mathrm{ValueGap}(\pi)\le n\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Unfold
from ..sources import bergerault_2026

PROOF = (
    derivation("value_gap")
    .start("ValueGap")
    .eq("ValueGap_i", by=Attained())
    .eq("V(expert) - V(learner)", by=Unfold(("ValueGap_i",)))
    .le("n*eps_BC/(1 - gamma)**2", by=ByLemma("value_difference_le_bc_error"))
)

BOUND = Bound(
    labels=("value_gap", "T4"),
    title="Value gap",
    source=bergerault_2026("value gap"),
    statement="ValueGap <= n*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4 for all `n >= 1`, `gamma` while `eps_BC <= 2*(1-gamma)/n`",
)
