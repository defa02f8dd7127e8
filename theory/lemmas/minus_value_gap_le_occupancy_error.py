r"""\(-\mathrm{ValueGap}(\pi)\le\varepsilon_\rho/(1-\gamma)\): no player gains more."""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Term, Unfold

LEMMA = (
    derivation("minus_value_gap_le_occupancy_error")
    .start("-ValueGap")
    .le("-ValueGap_i", by=Combination((Term("1", ("ValueGap_i <= ValueGap",)),)))
    .eq("V(learner) - V(expert)", by=Unfold(("ValueGap_i",)))
    .le("eps_rho/(1 - gamma)", by=ByLemma("value_rise_le_occupancy_error"))
)
