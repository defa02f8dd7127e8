r"""Lemma 3 as published, for a dominant expert.

\(\mathrm{NashGap}(\pi)\le2n\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\).

It follows from T1, because \(2n-(1+(n-1)\gamma)\ge0\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import bergerault_2026
from .t1 import PROOF as T1

PROOF = (
    derivation("lemma_3", assume="dominant")
    .start("NashGap")
    .le("(1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2", by=T1)
    .le(
        "2*n*eps_BC/(1 - gamma)**2",
        by=Combination((Term("(2*n - 1 - (n - 1)*gamma)/(1 - gamma)**2", ("eps_BC >= 0",)),)),
    )
)

BOUND = Bound(
    labels=("lemma_3",),
    title="Dominant expert, as published",
    source=bergerault_2026("Lemma 3"),
    statement="NashGap <= 2*n*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: T1 is smaller by the factor `2*n/(1+(n-1)*gamma)` whenever `eps_BC > 0`",
    robust="T1_approximate",
)
