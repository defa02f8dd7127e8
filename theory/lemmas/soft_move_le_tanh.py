r"""A quantal expert is near every soft best response, at every state.

\(h^\tau_i=\tfrac12\|b^\tau_i[\pi]-\pi^E_i\|_1\le
\tanh\tfrac{\|Q^\tau[\pi]-Q^\tau[\pi^E]\|_\infty}{2\tau}\).
"""

from ..chain import derivation
from ..reasons import Divided, Term

LEMMA = (
    derivation("soft_shift_le_tanh", assume="quantal", level="state")
    .start("soft_shift_i")
    .le(
        "tanh(precision*soft_apart/2)",
        by=Divided(
            "2",
            (Term("1", ("odds >= 1",)),),
            (
                Term("1", ("soft_shift_le_odds",)),
                Term("1", ("odds - 1 <= (odds + 1)*tanh(precision*soft_apart/2)",)),
            ),
        ),
    )
)
