r"""Zero sums: \(\mathrm{ValueGap}(\pi)\le\mathrm{NashGap}(\pi)+\mathrm{NashGap}(\pi^E)\)."""

from ..chain import derivation
from ..reasons import Assume, Attained, Combination, Term, Unfold

LEMMA = (
    derivation("value_gap_le_nash_gap_if_zero_sum", assume="zero-sum")
    .start("ValueGap")
    .eq("V(expert) - V(learner)", by=Attained())
    .le("V(expert, learner) - V(learner) + expert_gap", by=Assume("zero-sum"))
    .le(
        "V(best_response, learner) - V(learner) + expert_gap",
        by=Combination((Term("1", ("V(expert, learner) <= V(best_response, learner)",)),)),
    )
    .eq("NashGap_i + expert_gap", by=Unfold(("NashGap_i",)))
    .le("NashGap + expert_gap", by=Combination((Term("1", ("NashGap_i <= NashGap",)),)))
)
