r"""T9: entropy regularisation, for an expert that is a quantal response equilibrium.

\(\mathrm{NashGap}(\pi)\le\frac{(1+(n-1)\gamma)\,\varepsilon_{\mathrm{BC}}+2\tanh(L/(2\tau))}
{(1-\gamma)^2}+\frac{\tau\log|A|}{1-\gamma}\) with \(L=\tfrac{(n-1)\,\varepsilon_\infty\,
(2+\gamma\tau\log|A|)}{2(1-\gamma)^2}\). Soft best responses are continuous: at every state they
move by at most \(\delta_\tau=2\tanh(L/(2\tau))\).
"""

from ..bound import Bound
from ..chain import derivation
from ..reasons import Combination, Term
from ..sources import OWN
from .t9_approximate import PROOF as APPROXIMATE

PROOF = (
    derivation("T9", assume="quantal", uses=(APPROXIMATE,))
    .start("NashGap")
    .le(
        "((1 + (n - 1)*gamma)*eps_BC + 2*tanh(precision*(n - 1)*eps_sup"
        "*(2 + gamma*tau*log_actions)/(4*(1 - gamma)**2)))/(1 - gamma)**2"
        " + tau*log_actions/(1 - gamma)",
        by=Combination(
            (
                Term("1", ("T9_approximate",)),
                Term("1/(1 - gamma)**2", ("quantal_error_eq_zero",)),
            )
        ),
    )
)

BOUND = Bound(
    labels=("T9",),
    title="Quantal response equilibrium, entropy regularisation",
    source=OWN,
    statement="NashGap <= ((1+(n-1)*gamma)*eps_BC"
    " + 2*tanh(precision*(n-1)*eps_sup*(2+gamma*tau*log_actions)/(4*(1-gamma)**2)))/(1-gamma)**2"
    " + tau*log_actions/(1-gamma)",
    derivation=PROOF,
    witness="open",
    sharpness="open; no game in which a player has two actions attains it, since a best response "
    "that earned the regularised value would be the soft response, which mixes",
    improves="T9_linear, which has the argument in the place of its `tanh`",
    robust="T9_approximate",
)
