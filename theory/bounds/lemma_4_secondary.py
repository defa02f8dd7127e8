r"""Lemma 4 in the version that a secondary source prints.

\(\mathrm{NashGap}(\pi)\le2(n\,\varepsilon_{\mathrm{BC}}+\delta)/(1-\gamma)^2\).

It follows from S2, for any expert.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import bergerault_2026
from .s2 import PROOF as S2

PROOF = (
    derivation("lemma_4_secondary")
    .start("NashGap")
    .le("((1 + (n - 1)*gamma)*eps_BC + delta)/(1 - gamma)**2", by=S2)
    .le(
        "2*(n*eps_BC + delta)/(1 - gamma)**2",
        by=Combination(
            (
                Term("(2*n - 1 - (n - 1)*gamma)/(1 - gamma)**2", ("eps_BC >= 0",)),
                Term("1/(1 - gamma)**2", ("delta >= 0",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("lemma_4_secondary",),
    title="Any expert, by the shift of the best response, second version",
    source=bergerault_2026("Lemma 4, as a secondary source prints it"),
    statement="NashGap <= 2*(n*eps_BC + delta)/(1-gamma)**2",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: S2 is smaller whenever `eps_BC > 0`",
)
