r"""T10: an expert that is only nearly Nash, N steps, by the shift of the best response.

\(\mathrm{NashGap}(\pi)\le\min\{N^2[(1+(n-1)(2-\gamma))\,\varepsilon_{\mathrm{BC}}+\gamma\delta]
+\mathrm{NashGap}(\pi^E),\ N^2[(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\kappa\delta]
+\tfrac\gamma{2-\gamma}\mathrm{NashGap}(\pi^E)\}\) with \(\gamma=1-1/N\): T2_modulus_approximate
read for N undiscounted steps.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Unfold
from ..sources import OWN
from .t2_modulus_approximate import PROOF as T2

PROOF = (
    derivation("T10_shift_approximate")
    .start("NashGap")
    .le(
        "min(((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta)/(1 - gamma)**2 + expert_gap,"
        " ((1 + (n - 1)*gamma)*eps_BC + (2 - 2*gamma + gamma**2)/(2 - gamma)*delta)"
        "/(1 - gamma)**2 + gamma/(2 - gamma)*expert_gap)",
        by=T2,
    )
    .eq(
        "min(horizon**2*((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta) + expert_gap,"
        " horizon**2*((1 + (n - 1)*gamma)*eps_BC + (2 - 2*gamma + gamma**2)/(2 - gamma)*delta)"
        " + gamma/(2 - gamma)*expert_gap)",
        by=Unfold(("horizon",)),
    )
)

BOUND = Bound(
    labels=("T10_shift_approximate",),
    title="Nearly Nash expert, N steps, by the shift of the best response",
    source=OWN,
    statement="NashGap <= min(horizon**2*((1+(n-1)*(2-gamma))*eps_BC + gamma*delta) + expert_gap,"
    " horizon**2*((1+(n-1)*gamma)*eps_BC + (1-gamma*(1-gamma)/(2-gamma))*delta)"
    " + gamma/(2-gamma)*expert_gap)",
    derivation=PROOF,
    witness="w2",
    sharpness="attained by the family w2, in games of N steps with `gamma == 1-1/horizon` as in "
    "discounted ones, while `n*eps_BC + delta <= 2*(1-gamma)`, at `expert_gap == 0`; open beyond",
    steps=True,
)
