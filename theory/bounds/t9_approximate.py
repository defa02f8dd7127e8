r"""T9 for any expert: entropy regularisation, and how far the expert is from its soft response.

\(\mathrm{NashGap}(\pi)\le\frac{(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\eta_\tau
+2\tanh(L/(2\tau))}{(1-\gamma)^2}+\frac{\tau\log|A|}{1-\gamma}\) with \(L=\tfrac{(n-1)\,
\varepsilon_\infty\,(2+\gamma\tau\log|A|)}{2(1-\gamma)^2}\), at every temperature \(\tau>0\). The
comparator is the soft best response to the learner: it moves with the opponents by at most
\(2\tanh(L/(2\tau))\) from the soft best response to the expert, which is \(\eta_\tau\) from the
expert.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T9_approximate")
    .start("NashGap")
    .le(
        "((1 + (n - 1)*gamma)*eps_BC + quantal_error + 2*tanh(precision*(n - 1)*eps_sup"
        "*(2 + gamma*tau*log_actions)/(4*(1 - gamma)**2)))/(1 - gamma)**2"
        " + tau*log_actions/(1 - gamma)",
        by=Combination(
            (
                Term("1", ("nash_gap_le_soft_shift",)),
                Term("2/(1 - gamma)**2", ("soft_move_le_errors",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T9_approximate",),
    title="Nearly quantal response equilibrium, entropy regularisation",
    source=OWN,
    statement="NashGap <= ((1+(n-1)*gamma)*eps_BC + quantal_error"
    " + 2*tanh(precision*(n-1)*eps_sup*(2+gamma*tau*log_actions)/(4*(1-gamma)**2)))/(1-gamma)**2"
    " + tau*log_actions/(1-gamma)",
    derivation=PROOF,
    witness="open",
    sharpness="open; as for T9, which is its case `quantal_error == 0`",
)
