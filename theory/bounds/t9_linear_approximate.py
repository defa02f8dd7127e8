r"""T9 for any expert, without the hyperbolic tangent: its tangent at 0 in its place.

\(\tau\,\mathrm{NashGap}(\pi)\le\frac{\tau(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+\tau\eta_\tau
+L}{(1-\gamma)^2}+\frac{\tau^2\log|A|}{1-\gamma}\) with \(L=\tfrac{(n-1)\,\varepsilon_\infty\,
(2+\gamma\tau\log|A|)}{2(1-\gamma)^2}\): \(2\tanh(L/(2\tau))\le L/\tau\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t9_approximate import PROOF as T9

PROOF = (
    derivation("T9_linear_approximate", uses=(T9,))
    .start("tau*NashGap")
    .le(
        "(tau*(1 + (n - 1)*gamma)*eps_BC + tau*quantal_error"
        " + (n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(2*(1 - gamma)**2))/(1 - gamma)**2"
        " + tau**2*log_actions/(1 - gamma)",
        by=Combination(
            (
                Term("1", ("tau >= 0", "T9_approximate")),
                Term("2/(1 - gamma)**2", ("tau >= 0", "tanh_le_errors")),
                Term("(n - 1)/(1 - gamma)**4", ("eps_sup >= 0", "tau*precision <= 1")),
                Term(
                    "(n - 1)*gamma/(2*(1 - gamma)**4)",
                    ("eps_sup >= 0", "tau >= 0", "log_actions >= 0", "tau*precision <= 1"),
                ),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T9_linear_approximate",),
    title="Nearly quantal response equilibrium, without the hyperbolic tangent",
    source=OWN,
    statement="tau*NashGap <= (tau*(1+(n-1)*gamma)*eps_BC + tau*quantal_error"
    " + (n-1)*eps_sup*(2+gamma*tau*log_actions)/(2*(1-gamma)**2))/(1-gamma)**2"
    " + tau**2*log_actions/(1-gamma)",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: T9_approximate is smaller whenever `n >= 2` and `eps_sup > 0`",
)
