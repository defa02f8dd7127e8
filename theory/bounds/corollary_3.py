r"""Corollary 3 as published: how small an error gives an approximate equilibrium.

\(\varepsilon_{\mathrm{BC}}\le\epsilon(1-\gamma)^2/(2n)\) gives an \(\epsilon\)-Nash equilibrium.

For all \(\epsilon\) at once:
\(\mathrm{NashGap}(\pi)\,(1-\gamma)^2/(2n)\le\varepsilon_{\mathrm{BC}}\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import bergerault_2026
from .lemma_3 import PROOF as LEMMA_3

PROOF = (
    derivation("corollary_3", assume="dominant", uses=(LEMMA_3,))
    .start("NashGap*(1 - gamma)**2/(2*n)")
    .le("eps_BC", by=Combination((Term("(1 - gamma)**2/(2*n)", ("lemma_3",)),)))
)

BOUND = Bound(
    labels=("corollary_3",),
    title="How small an error gives an approximate equilibrium, as published",
    source=bergerault_2026("Corollary 3"),
    statement="NashGap*(1-gamma)**2/(2*n) <= eps_BC",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: corollary_3_sharp allows an error larger by the factor "
    "`2*n/(1+(n-1)*gamma)`",
    robust="corollary_3_approximate",
)
