r"""T2 whole for an expert that is only nearly Nash: the least of its two bounds by the shift.

\(\mathrm{NashGap}(\pi)\le\min\{\tfrac{(1+(n-1)(2-\gamma))\,\varepsilon_{\mathrm{BC}}+\gamma\delta}
{(1-\gamma)^2}+\mathrm{NashGap}(\pi^E),\ \tfrac{(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}
+\kappa\delta}{(1-\gamma)^2}+\tfrac\gamma{2-\gamma}\mathrm{NashGap}(\pi^E)\}\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Least
from ..sources import OWN
from .t2_kappa_approximate import PROOF as KAPPA
from .t2_shift_approximate import PROOF as SHIFT

PROOF = (
    derivation("T2_modulus_approximate", uses=(SHIFT, KAPPA))
    .start("NashGap")
    .le(
        "min(((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta)/(1 - gamma)**2 + expert_gap,"
        " ((1 + (n - 1)*gamma)*eps_BC + (2 - 2*gamma + gamma**2)/(2 - gamma)*delta)"
        "/(1 - gamma)**2 + gamma/(2 - gamma)*expert_gap)",
        by=Least(("T2_shift_approximate", "T2_kappa_approximate")),
    )
)

BOUND = Bound(
    labels=("T2_modulus_approximate",),
    title="Nearly Nash expert, by the shift of the best response, the least of both",
    source=OWN,
    statement="NashGap <= min(((1+(n-1)*(2-gamma))*eps_BC + gamma*delta)/(1-gamma)**2"
    " + expert_gap, ((1+(n-1)*gamma)*eps_BC + (1-gamma*(1-gamma)/(2-gamma))*delta)/(1-gamma)**2"
    " + gamma/(2-gamma)*expert_gap)",
    derivation=PROOF,
    witness="w2",
    sharpness="attained by the family w2 for all `n >= 2`, `gamma > 0` while "
    "`n*eps_BC + delta <= 2*(1-gamma)`, at `expert_gap == 0`; open beyond",
    improves="T2_shift_approximate and T2_kappa_approximate, each where the other is smaller",
)
