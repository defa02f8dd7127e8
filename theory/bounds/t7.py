r"""T7: a Nash expert matched approximately, with two effective horizons on the error.

\(\mathrm{NashGap}(\pi)\le2\gamma/(1-\gamma)+2\,\varepsilon_\rho/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t7_sharper import PROOF as SHARPER

PROOF = (
    derivation("T7", assume="nash")
    .start("NashGap")
    .le("(2*gamma + (2 + gamma)*eps_rho)/(1 - gamma)", by=SHARPER)
    .le(
        "2*gamma/(1 - gamma) + 2*eps_rho/(1 - gamma)**2",
        by=Combination((Term("gamma*(1 + gamma)/(1 - gamma)**2", ("eps_rho >= 0",)),)),
    )
)

BOUND = Bound(
    labels=("T7",),
    title="Nash expert, occupancies matched approximately, weaker form",
    source=OWN,
    statement="NashGap <= 2*gamma/(1-gamma) + 2*eps_rho/(1-gamma)**2",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: T7_sharper is smaller whenever `gamma > 0` and `eps_rho > 0`",
    robust="T7_approximate",
)
