r"""An expert that is only nearly Nash, by the shift of the best response.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\kappa\delta\big)/(1-\gamma)^2
+\tfrac{\gamma}{2-\gamma}\,\mathrm{NashGap}(\pi^E)\), \(\kappa=1-\gamma(1-\gamma)/(2-\gamma)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

_KAPPA, _RATE = "(2 - 2*gamma + gamma**2)/(2 - gamma)", "gamma/(2 - gamma)"

PROOF = (
    derivation("T2_kappa_approximate")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        f"(eps_BC_i + gamma*sum_others(eps_BC_j) + {_KAPPA}*delta)/(1 - gamma)**2"
        f" + {_RATE}*(V(best_response, expert) - V(expert))",
        by=ByLemma("nash_gap_i_le_kappa_and_own_gap"),
    )
    .le(
        f"((1 + (n - 1)*gamma)*eps_BC + {_KAPPA}*delta)/(1 - gamma)**2 + {_RATE}*expert_gap",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("gamma/(1 - gamma)**2", ("others_bc_le_max",)),
                Term(_RATE, ("V(best_response, expert) - V(expert) <= expert_gap",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T2_kappa_approximate",),
    title="Nearly Nash expert, by the shift of the best response",
    source=OWN,
    statement="NashGap <= ((1+(n-1)*gamma)*eps_BC + (1-gamma*(1-gamma)/(2-gamma))*delta)"
    "/(1-gamma)**2 + gamma/(2-gamma)*expert_gap",
    derivation=PROOF,
    witness="open",
    sharpness="attained by the family w2 at `expert_gap == 0`; open beyond",
)
