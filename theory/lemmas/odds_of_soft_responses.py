r"""The odds of a soft response and of the quantal expert, on the actions that it plays more often.

\(b^\tau_i(A_+)(1-\pi^E_i(A_+))\le T^2\,\pi^E_i(A_+)(1-b^\tau_i(A_+))\) with
\(T=e^{\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty/\tau}\).
"""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("odds_of_soft_responses", assume="quantal", level="state")
    .start("rise_i*(1 - base_i)")
    .le("odds**2*base_i*(1 - rise_i)", by=Assume("quantal"))
)
