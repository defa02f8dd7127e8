r"""With C finite: \(\varepsilon_*\le(n-1)\,C\,\varepsilon_{\mathrm{BC}}\)."""

from ..chain import derivation
from ..reasons import Attained, Combination, Term

LEMMA = (
    derivation("deviation_error_le_concentrability")
    .start("deviation_error")
    .eq("2*E_deviation(TV_o)", by=Attained())
    .le(
        "2*C*E_mu(TV_o)",
        by=Combination((Term("2", ("deviation_visits_le_concentrability",)),)),
    )
    .le(
        "C*sum_others(eps_BC_j)",
        by=Combination((Term("1", ("C >= 0", "opponents_error_le_bc_errors")),)),
    )
    .le("C*(n - 1)*eps_BC", by=Combination((Term("1", ("C >= 0", "others_bc_le_max")),)))
)
