r"""T9 without the hyperbolic tangent: its tangent at 0 in its place.

\(\tau\,\mathrm{NashGap}(\pi)\le\frac{\tau(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+L}{(1-\gamma)^2}
+\frac{\tau^2\log|A|}{1-\gamma}\) with \(L=\tfrac{(n-1)\,\varepsilon_\infty\,(2+\gamma\tau\log|A|)}
{2(1-\gamma)^2}\): \(\delta_\tau\le L/\tau\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t9_linear_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T9_linear", assume="quantal", uses=(APPROXIMATE,))
    .start("tau*NashGap")
    .le(
        "(tau*(1 + (n - 1)*gamma)*eps_BC"
        " + (n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(2*(1 - gamma)**2))/(1 - gamma)**2"
        " + tau**2*log_actions/(1 - gamma)",
        by=Combination(
            (
                Term("1", ("T9_linear_approximate",)),
                Term("1/(1 - gamma)**2", ("tau >= 0", "quantal_error_eq_zero")),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T9_linear",),
    title="Quantal response equilibrium, without the hyperbolic tangent",
    source=OWN,
    statement="tau*NashGap <= (tau*(1+(n-1)*gamma)*eps_BC"
    " + (n-1)*eps_sup*(2+gamma*tau*log_actions)/(2*(1-gamma)**2))/(1-gamma)**2"
    " + tau**2*log_actions/(1-gamma)",
    derivation=PROOF,
    witness="",
    sharpness="not sharp: T9 is smaller whenever `n >= 2` and `eps_sup > 0`",
    robust="T9_linear_approximate",
)
