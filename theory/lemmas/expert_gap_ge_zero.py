r"""\(0\le\mathrm{NashGap}(\pi^E)\)."""

from ..chain import derivation
from ..reasons import Combination, Term

LEMMA = (
    derivation("expert_gap_ge_zero")
    .start("0")
    .le(
        "V(best_response, expert) - V(expert)",
        by=Combination((Term("1", ("V(expert) <= V(best_response, expert)",)),)),
    )
    .le(
        "expert_gap",
        by=Combination((Term("1", ("V(best_response, expert) - V(expert) <= expert_gap",)),)),
    )
)
