r"""\(0\le\mathrm{NashGap}(\pi)\)."""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Term

LEMMA = (
    derivation("nash_gap_ge_zero")
    .start("0")
    .le("NashGap_i", by=ByLemma("nash_gap_i_ge_zero"))
    .le("NashGap", by=Combination((Term("1", ("NashGap_i <= NashGap",)),)))
)
