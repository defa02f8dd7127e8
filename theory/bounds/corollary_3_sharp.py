r"""Corollary 3 with the sharp constant: how small an error gives an approximate equilibrium.

\(\varepsilon_{\mathrm{BC}}\le\epsilon(1-\gamma)^2/(1+(n-1)\gamma)\) gives an
\(\epsilon\)-Nash equilibrium.

For all \(\epsilon\) at once:
\(\mathrm{NashGap}(\pi)\,(1-\gamma)^2/(1+(n-1)\gamma)\le\varepsilon_{\mathrm{BC}}\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t1 import PROOF as T1

PROOF = (
    derivation("corollary_3_sharp", assume="dominant", uses=(T1,))
    .start("NashGap*(1 - gamma)**2/(1 + (n - 1)*gamma)")
    .le("eps_BC", by=Combination((Term("(1 - gamma)**2/(1 + (n - 1)*gamma)", ("T1",)),)))
)

BOUND = Bound(
    labels=("corollary_3_sharp",),
    title="How small an error gives an approximate equilibrium, sharp",
    source=OWN,
    statement="NashGap*(1-gamma)**2/(1+(n-1)*gamma) <= eps_BC",
    derivation=PROOF,
    witness="w1",
    sharpness="attained by the family w1 for all `n >= 1`, `gamma` while `eps_BC <= 2*(1-gamma)/n`",
    improves="corollary_3 by the factor `2*n/(1+(n-1)*gamma)`",
    robust="corollary_3_approximate",
)
