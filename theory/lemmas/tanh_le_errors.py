r"""\(\tanh\tfrac L{2\tau}\le\tfrac L{2\tau}\).

Here \(L=\tfrac{(n-1)\,\varepsilon_\infty\,(2+\gamma\tau\log|A|)}{2(1-\gamma)^2}\).
"""

from ..chain import derivation
from ..reasons import Tangent, Term

_ARGUMENT = "precision*(n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(4*(1 - gamma)**2)"

LEMMA = (
    derivation("tanh_le_errors")
    .start(f"tanh({_ARGUMENT})")
    .le(
        _ARGUMENT,
        by=Tangent(
            (
                Term("(n - 1)/(2*(1 - gamma)**2)", ("precision >= 0", "eps_sup >= 0")),
                Term(
                    "(n - 1)*gamma/(4*(1 - gamma)**2)",
                    ("precision >= 0", "eps_sup >= 0", "tau >= 0", "log_actions >= 0"),
                ),
            )
        ),
    )
)
