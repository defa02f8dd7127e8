r"""Corollary 3 for an expert that is only nearly dominant: how small an error gives what is left.

\(\varepsilon_{\mathrm{BC}}\le\epsilon(1-\gamma)^2/(1+(n-1)\gamma)\) gives an
\((\epsilon+\mathrm{DomGap}(\pi))\)-Nash equilibrium.

For all \(\epsilon\) at once: \((\mathrm{NashGap}(\pi)-\mathrm{DomGap}(\pi))\,(1-\gamma)^2
/(1+(n-1)\gamma)\le\varepsilon_{\mathrm{BC}}\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t1_approximate import PROOF as T1

PROOF = (
    derivation("corollary_3_approximate", uses=(T1,))
    .start("(NashGap - dominance_gap)*(1 - gamma)**2/(1 + (n - 1)*gamma)")
    .le(
        "eps_BC", by=Combination((Term("(1 - gamma)**2/(1 + (n - 1)*gamma)", ("T1_approximate",)),))
    )
)

BOUND = Bound(
    labels=("corollary_3_approximate",),
    title="How small an error gives an approximate equilibrium, nearly dominant expert",
    source=OWN,
    statement="(NashGap - dominance_gap)*(1-gamma)**2/(1+(n-1)*gamma) <= eps_BC",
    derivation=PROOF,
    witness="s2",
    sharpness="attained by the family s2 for all `n >= 1`, `gamma`, with any dominance gap up to "
    "`2/(1-gamma) - n*eps_BC/(1-gamma)**2`",
)
