r"""Zero sums: \(0\le\mathrm{ValueGap}(\pi)\), for what one player loses the other gains."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("value_gap_ge_zero_if_zero_sum", assume="zero-sum")
    .start("0")
    .le("ValueGap", by=Assume("zero-sum"))
)
