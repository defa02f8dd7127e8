r"""At a quantal response equilibrium soft best responses move by at most the values over \(\tau\).

\(\tau\,\delta_\tau\le\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty\).
"""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("soft_responses_move_little", assume="quantal")
    .start("tau*soft_shift")
    .le("soft_apart", by=Assume("quantal"))
)
