r"""\((T+1)\,d^\tau_i\le T-1\): two probabilities whose odds differ by at most the factor \(T^2\).

With \(p=b^\tau_i[\pi^E](A_+)\), \(q=b^\tau_i[\pi](A_+)\), \(f=T-1-(T+1)(q-p)\) and
\(g=T^2p(1-q)-q(1-p)\ge0\),
\(\tfrac{T+1}4\big(2+(T-1)(1-q+p)\big)f=(T+1)g+\tfrac{(T-1)(T+1)^2}4(p+q-1)^2\).
"""

from ..chain import derivation
from ..reasons import Divided, Term, Unfold

_MORE, _SQUARE = "odds >= 1", "(base_i + rise_i - 1)**2 >= 0"
_ODDS = "rise_i*(1 - base_i) <= odds**2*base_i*(1 - rise_i)"

LEMMA = (
    derivation("soft_move_le_odds", level="state")
    .start("(odds + 1)*soft_move_i")
    .eq("(odds + 1)*(rise_i - base_i)", by=Unfold(("soft_move_i",)))
    .le(
        "odds - 1",
        by=Divided(
            "1",
            (
                Term("1/2", (_MORE,)),
                Term("1/2", (_MORE, "rise_i - base_i <= 1")),
                Term("1/4", (_MORE, _MORE, "rise_i - base_i <= 1")),
            ),
            (
                Term("2", (_ODDS,)),
                Term("1", (_MORE, _ODDS)),
                Term("1", (_MORE, _SQUARE)),
                Term("1", (_MORE, _MORE, _SQUARE)),
                Term("1/4", (_MORE, _MORE, _MORE, _SQUARE)),
            ),
        ),
    )
)
