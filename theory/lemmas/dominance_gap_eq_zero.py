r"""A dominant expert: \(\mathrm{DomGap}(\pi)=0\)."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("dominance_gap_eq_zero", assume="dominant")
    .start("dominance_gap")
    .eq("0", by=Assume("dominant"))
)
