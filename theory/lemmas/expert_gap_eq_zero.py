r"""A Nash expert: \(\mathrm{NashGap}(\pi^E)=0\)."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("expert_gap_eq_zero", assume="nash").start("expert_gap").eq("0", by=Assume("nash"))
)
