r"""\(\mathrm{NashGap}(\pi)\le\mathrm{ValueGap}(\pi)+\mathrm{TeamGap}(\pi^E)\), for any expert."""

from ..chain import derivation
from ..reasons import Attained, Combination, Term, Unfold

LEMMA = (
    derivation("nash_gap_le_value_gap_and_team_gap")
    .start("NashGap")
    .eq("V(best_response, learner) - V(learner)", by=Attained())
    .le(
        "V(expert) - V(learner) + team_gap",
        by=Combination((Term("1", ("V(best_response, learner) - V(expert) <= team_gap",)),)),
    )
    .eq("ValueGap_i + team_gap", by=Unfold(("ValueGap_i",)))
    .le("ValueGap + team_gap", by=Combination((Term("1", ("ValueGap_i <= ValueGap",)),)))
)
