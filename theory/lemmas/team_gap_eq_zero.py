r"""A team-optimal expert: \(\mathrm{TeamGap}(\pi^E)=0\)."""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("team_gap_eq_zero", assume="team-optimal")
    .start("team_gap")
    .eq("0", by=Assume("team-optimal"))
)
