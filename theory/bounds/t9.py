r"""T9: entropy regularisation, for an expert that is a quantal response equilibrium.

\(\tau\,\mathrm{NashGap}(\pi)\le\frac{\tau(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+L}{(1-\gamma)^2}
+\frac{\tau^2\log|A|}{1-\gamma}\) with \(L=\tfrac{(n-1)\,\varepsilon_\infty\,(2+\gamma\tau\log|A|)}
{2(1-\gamma)^2}\): soft best responses are continuous, \(\delta_\tau\le L/\tau\), at every state.
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN

PROOF = (
    derivation("T9", assume="quantal")
    .start("tau*NashGap")
    .le(
        "(tau*(1 + (n - 1)*gamma)*eps_BC"
        " + (n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(2*(1 - gamma)**2))/(1 - gamma)**2"
        " + tau**2*log_actions/(1 - gamma)",
        by=Combination(
            (
                Term("1", ("tau >= 0", "nash_gap_le_soft_shift")),
                Term("1/(1 - gamma)**2", ("soft_responses_move_little",)),
                Term("1/(1 - gamma)**2", ("soft_values_move_little",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T9",),
    title="Quantal response equilibrium, entropy regularisation",
    source=OWN,
    statement="tau*NashGap <= (tau*(1+(n-1)*gamma)*eps_BC"
    " + (n-1)*eps_sup*(2+gamma*tau*log_actions)/(2*(1-gamma)**2))/(1-gamma)**2"
    " + tau**2*log_actions/(1-gamma)",
    derivation=PROOF,
    witness="open",
    sharpness="open; the step 2 tanh(x/2) of the softmax is attained by two actions, and its "
    "tangent, which is used here, is not",
)
