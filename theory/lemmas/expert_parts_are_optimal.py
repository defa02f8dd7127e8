r"""What the expert plays is worth at least what the deviation plays instead, against the expert.

\(\sum_av_i\pi^E_{-i}Q_i^{\pi^E}\le\sum_ar_i\pi^E_{-i}Q_i^{\pi^E}\) at every state.
"""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("expert_parts_are_optimal", assume="subgame-perfect", level="state")
    .start("sum_a(v_i*e_o*Q(expert, expert))")
    .le("sum_a(r_i*e_o*Q(expert, expert))", by=Assume("subgame-perfect"))
)
