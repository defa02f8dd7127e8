r"""T10: a Nash expert in a game of N steps, by the shift of the best response.

\(\mathrm{NashGap}(\pi)\le N^2\min\{(1+(n-1)(2-\gamma))\,\varepsilon_{\mathrm{BC}}+\gamma\delta,\
(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\kappa\delta\}\) with \(\gamma=1-1/N\),
\(\kappa=1-\gamma(1-\gamma)/(2-\gamma)\): T2 read for N undiscounted steps.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Unfold
from ..sources import OWN
from .t2_modulus import PROOF as T2

PROOF = (
    derivation("T10_shift", assume="nash")
    .start("NashGap")
    .le(
        "min(((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta)/(1 - gamma)**2,"
        " ((1 + (n - 1)*gamma)*eps_BC + (2 - 2*gamma + gamma**2)/(2 - gamma)*delta)"
        "/(1 - gamma)**2)",
        by=T2,
    )
    .eq(
        "min(horizon**2*((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta),"
        " horizon**2*((1 + (n - 1)*gamma)*eps_BC + (2 - 2*gamma + gamma**2)/(2 - gamma)*delta))",
        by=Unfold(("horizon",)),
    )
)

BOUND = Bound(
    labels=("T10_shift",),
    title="Nash expert, N steps, by the shift of the best response",
    source=OWN,
    statement="NashGap <= min(horizon**2*((1+(n-1)*(2-gamma))*eps_BC + gamma*delta),"
    " horizon**2*((1+(n-1)*gamma)*eps_BC + (1-gamma*(1-gamma)/(2-gamma))*delta))",
    derivation=PROOF,
    witness="w2",
    sharpness="attained by the family w2, in games of N steps with `gamma == 1-1/horizon` as in "
    "discounted ones, while `n*eps_BC + delta <= 2*(1-gamma)`",
    steps=True,
    robust="T10_shift_approximate",
)
