r"""T10: a dominant expert in a game of N steps.

\(\mathrm{NashGap}(\pi)\le N\big(N+(n-1)(N-1)\big)\,\varepsilon_{\mathrm{BC}}\), with undiscounted
values and the error averaged over the steps; it is T1 read with \(\gamma=1-1/N\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Unfold
from ..sources import OWN
from .t1 import PROOF as T1

PROOF = (
    derivation("T10_dominant", assume="dominant")
    .start("NashGap")
    .le("(1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2", by=T1)
    .eq("horizon*(horizon + (n - 1)*(horizon - 1))*eps_BC", by=Unfold(("horizon",)))
)

BOUND = Bound(
    labels=("T10_dominant", "T10"),
    title="Dominant expert, N steps",
    source=OWN,
    statement="NashGap <= horizon*(horizon+(n-1)*(horizon-1))*eps_BC",
    derivation=PROOF,
    witness="w1",
    sharpness="attained by the family w1, in games of N steps with `gamma == 1-1/horizon` as in "
    "discounted ones, while `eps_BC <= 2*(1-gamma)/n`",
    improves="`2*n*horizon**2*eps_BC`, which lemma_3 reads, by the factor "
    "`2*n*horizon/(horizon+(n-1)*(horizon-1))`",
    steps=True,
    robust="T10_dominant_approximate",
)
