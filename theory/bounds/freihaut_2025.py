r"""Cloning under a concentrability of deviations, in the form of Freihaut et al. (2025).

\(\mathrm{NashGap}(\pi)\le2nC\,\varepsilon_{\mathrm{BC}}/(1-\gamma)^2\), for a Nash expert. There
two players with opposite payoffs, a concentrability of all deviations, and an error in samples;
here any number of players, any payoffs, and C over the states with an opponent's error. It follows
from T8, because \(C\ge1\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import freihaut_2025
from .t8 import PROOF as T8

PROOF = (
    derivation("freihaut_2025", assume="nash")
    .start("NashGap")
    .le("(n + (n - 1)*C)*eps_BC/(1 - gamma)**2", by=T8)
    .le(
        "2*n*C*eps_BC/(1 - gamma)**2",
        by=Combination(
            (
                Term("n/(1 - gamma)**2", ("C >= 1", "eps_BC >= 0")),
                Term("1/(1 - gamma)**2", ("C >= 0", "eps_BC >= 0")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("freihaut_2025",),
    title="Nash expert, concentrability of deviations, in the published form",
    source=freihaut_2025("behavioural cloning; the form, for this setting"),
    statement="NashGap <= 2*n*C*eps_BC/(1-gamma)**2",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: T8 is smaller by the factor `2*n*C/(n+(n-1)*C)` whenever `eps_BC > 0`",
    robust="T8_approximate",
)
