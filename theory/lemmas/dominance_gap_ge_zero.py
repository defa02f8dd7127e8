r"""\(0\le\mathrm{DomGap}(\pi)\)."""

from ..chain import derivation
from ..reasons import Combination, Term

_GAIN = "V(best_response, learner) - V(expert, learner)"

LEMMA = (
    derivation("dominance_gap_ge_zero")
    .start("0")
    .le(_GAIN, by=Combination((Term("1", ("V(expert, learner) <= V(best_response, learner)",)),)))
    .le("dominance_gap", by=Combination((Term("1", (f"{_GAIN} <= dominance_gap",)),)))
)
