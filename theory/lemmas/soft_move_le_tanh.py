r"""Soft best responses move little with the opponents, at every state.

\(d^\tau_i=\tfrac12\|b^\tau_i[\pi]-b^\tau_i[\pi^E]\|_1\le
\tanh\tfrac{\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty}{2\tau}\).
"""

from ..chain import derivation
from ..reasons import Divided, Term

LEMMA = (
    derivation("soft_move_le_tanh", level="state")
    .start("soft_move_i")
    .le(
        "tanh(precision*soft_apart/2)",
        by=Divided(
            "2",
            (Term("1", ("odds >= 1",)),),
            (
                Term("1", ("soft_move_le_odds",)),
                Term("1", ("odds - 1 <= (odds + 1)*tanh(precision*soft_apart/2)",)),
            ),
        ),
    )
)
