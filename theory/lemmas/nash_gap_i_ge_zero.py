r"""\(0\le\mathrm{NashGap}_i(\pi)\): player i may go on as before."""

from ..chain import derivation
from ..reasons import Combination, Term, Unfold

LEMMA = (
    derivation("nash_gap_i_ge_zero")
    .start("0")
    .le(
        "V(best_response, learner) - V(learner)",
        by=Combination((Term("1", ("V(learner) <= V(best_response, learner)",)),)),
    )
    .eq("NashGap_i", by=Unfold(("NashGap_i",)))
)
