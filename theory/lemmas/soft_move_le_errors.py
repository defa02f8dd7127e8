r"""How far soft best responses move, in the errors.

\(\tanh\tfrac{\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty}{2\tau}\le\tanh\tfrac L{2\tau}\) with
\(L=\tfrac{(n-1)\,\varepsilon_\infty\,(2+\gamma\tau\log|A|)}{2(1-\gamma)^2}\).
"""

from ..chain import derivation
from ..reasons import Increasing, Term

LEMMA = (
    derivation("soft_move_le_errors")
    .start("tanh(precision*soft_apart/2)")
    .le(
        "tanh(precision*(n - 1)*eps_sup*(2 + gamma*tau*log_actions)/(4*(1 - gamma)**2))",
        by=Increasing((Term("1/2", ("precision >= 0", "soft_values_move_little")),)),
    )
)
