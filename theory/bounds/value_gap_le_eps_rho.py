r"""The value gap from the occupancies, for any expert.

\(\mathrm{ValueGap}(\pi)\le\varepsilon_\rho/(1-\gamma)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma
from ..sources import OWN

PROOF = (
    derivation("value_gap_le_eps_rho")
    .start("ValueGap")
    .eq("V(expert) - V(learner)", by=Attained())
    .le("eps_rho/(1 - gamma)", by=ByLemma("value_difference_le_occupancy_error"))
)

BOUND = Bound(
    labels=("value_gap_le_eps_rho", "T5e"),
    title="Value gap from occupancy error",
    source=OWN,
    statement="ValueGap <= eps_rho/(1-gamma)",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4 for all `n >= 1`, `gamma`, at every error",
)
