r"""An expert that is only nearly Nash, by the shift of the best response.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)(2-\gamma))\,\varepsilon_{\mathrm{BC}}+\gamma\delta\big)
/(1-\gamma)^2+\mathrm{NashGap}(\pi^E)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Attained, ByLemma, Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T2_shift_approximate")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        "(eps_BC_i + (2 - gamma)*sum_others(eps_BC_j) + gamma*delta)/(1 - gamma)**2"
        " + V(best_response, expert) - V(expert)",
        by=ByLemma("nash_gap_i_le_shift_and_own_gap"),
    )
    .le(
        "((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta)/(1 - gamma)**2 + expert_gap",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("(2 - gamma)/(1 - gamma)**2", ("others_bc_le_max",)),
                Term("1", ("V(best_response, expert) - V(expert) <= expert_gap",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T2_shift_approximate",),
    title="Nearly Nash expert, by the shift of the best response",
    source=OWN,
    statement="NashGap <= ((1+(n-1)*(2-gamma))*eps_BC + gamma*delta)/(1-gamma)**2 + expert_gap",
    derivation=PROOF,
    witness="open",
    sharpness="attained by the family w2 at `expert_gap == 0`; open beyond",
)
