r"""T2, by the shift of the best response: a Nash expert.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\kappa\delta\big)/(1-\gamma)^2\),
\(\kappa=1-\gamma(1-\gamma)/(2-\gamma)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t2_kappa_approximate import PROOF as APPROXIMATE

_KAPPA = "(2 - 2*gamma + gamma**2)/(2 - gamma)"
_LINE = f"((1 + (n - 1)*gamma)*eps_BC + {_KAPPA}*delta)/(1 - gamma)**2"

PROOF = (
    derivation("T2_kappa", assume="nash")
    .start("NashGap")
    .le(f"{_LINE} + gamma/(2 - gamma)*expert_gap", by=APPROXIMATE)
    .le(_LINE, by=Combination((Term("gamma/(2 - gamma)", ("expert_gap_eq_zero",)),)))
)

BOUND = Bound(
    labels=("T2_kappa",),
    title="Nash expert, by the shift of the best response",
    source=OWN,
    statement="NashGap <= ((1+(n-1)*gamma)*eps_BC + (1-gamma*(1-gamma)/(2-gamma))*delta)"
    "/(1-gamma)**2",
    derivation=PROOF,
    witness="w2",
    sharpness="attained by the family w2 for all `n >= 2`, `gamma > 0` while "
    "`(1-gamma)*delta <= (2-gamma)*(n-1)*eps_BC` and `n*eps_BC + delta <= 2*(1-gamma)`",
    improves="S2 by `gamma*(1-gamma)/(2-gamma)*delta/(1-gamma)**2`",
    robust="T2_kappa_approximate",
)
