r"""T4 whole: the exact worst case of the value gap, at every size of the error.

\(\mathrm{ValueGap}(\pi)\le\tfrac2{1-\gamma}\min\{nc,1\}\) with
\(c=\varepsilon_{\mathrm{BC}}/(2(1-\gamma))\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Least
from ..sources import OWN
from .value_gap import PROOF as VALUE_GAP
from .value_gap_trivial import PROOF as TRIVIAL

PROOF = (
    derivation("value_gap_modulus", uses=(VALUE_GAP, TRIVIAL))
    .start("ValueGap")
    .le(
        "min(n*eps_BC/(1 - gamma)**2, 2/(1 - gamma))",
        by=Least(("value_gap", "value_gap_trivial")),
    )
)

BOUND = Bound(
    labels=("value_gap_modulus", "T4_modulus"),
    title="Value gap, the exact worst case",
    source=OWN,
    statement="ValueGap <= min(n*eps_BC/(1-gamma)**2, 2/(1-gamma))",
    derivation=PROOF,
    witness="w4",
    sharpness="attained by the family w4 for all `n >= 1`, `gamma` and all `eps_BC <= 2*(1-gamma)`",
    improves="value_gap where `n*eps_BC > 2*(1-gamma)`",
)
