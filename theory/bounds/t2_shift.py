r"""T2, by the shift of the best response: a Nash expert.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)(2-\gamma))\,\varepsilon_{\mathrm{BC}}+\gamma\delta\big)/(1-\gamma)^2\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume, Attained, ByLemma, Combination, Term
from ..sources import OWN

_OF_PLAYER = "(eps_BC_i + (2 - gamma)*sum_others(eps_BC_j) + gamma*delta)/(1 - gamma)**2"

PROOF = (
    derivation("T2_shift", assume="nash")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        f"{_OF_PLAYER} + V(best_response, expert) - V(expert)",
        by=ByLemma("nash_gap_i_le_shift_and_own_gap"),
    )
    .eq(_OF_PLAYER, by=Assume("nash"))
    .le(
        "((1 + (n - 1)*(2 - gamma))*eps_BC + gamma*delta)/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("(2 - gamma)/(1 - gamma)**2", ("others_bc_le_max",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T2_shift",),
    title="Nash expert, by the shift of the best response",
    source=OWN,
    statement="NashGap <= ((1+(n-1)*(2-gamma))*eps_BC + gamma*delta)/(1-gamma)**2",
    derivation=PROOF,
    witness="w2",
    sharpness="attained by the family w2 for all `n >= 2`, `gamma > 0` while "
    "`(1-gamma)*delta >= (2-gamma)*(n-1)*eps_BC` and `n*eps_BC + delta <= 2*(1-gamma)`",
    improves="S2 by `(delta - 2*(n-1)*eps_BC)/(1-gamma)`, where that is positive",
)
