r"""T2, by the shift of the best response: a Nash expert.

\(\mathrm{NashGap}(\pi)\le\big((1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\kappa\delta\big)/(1-\gamma)^2\),
\(\kappa=1-\gamma(1-\gamma)/(2-\gamma)\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Assume, Attained, ByLemma, Combination, Term
from ..sources import OWN

_KAPPA = "(2 - 2*gamma + gamma**2)/(2 - gamma)"
_OF_PLAYER = f"(eps_BC_i + gamma*sum_others(eps_BC_j) + {_KAPPA}*delta)/(1 - gamma)**2"
_RATE, _OWN_GAP = "gamma/(2 - gamma)", "V(best_response, expert) - V(expert)"

PROOF = (
    derivation("T2_kappa", assume="nash")
    .start("NashGap")
    .eq("NashGap_i", by=Attained())
    .le(
        f"{_OF_PLAYER} + {_RATE}*({_OWN_GAP})",
        by=ByLemma("nash_gap_i_le_kappa_and_own_gap"),
    )
    .le(
        f"{_OF_PLAYER} + {_OWN_GAP}",
        by=Combination(
            (Term("(2 - 2*gamma)/(2 - gamma)", ("V(expert) <= V(best_response, expert)",)),)
        ),
    )
    .eq(_OF_PLAYER, by=Assume("nash"))
    .le(
        f"((1 + (n - 1)*gamma)*eps_BC + {_KAPPA}*delta)/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 - gamma)**2", ("eps_BC_i <= eps_BC",)),
                Term("gamma/(1 - gamma)**2", ("others_bc_le_max",)),
            )
        ),
    )
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
)
