r"""With C finite the deviation meets the opponents' errors at most C times as often.

\(\mathrm{E}_{s\sim\mu_{(\pi^*_i,\pi^E_{-i})}}[h_o]\le C\,\mathrm{E}_{s\sim\mu_{\pi^E}}[h_o]\).
"""

from ..chain import derivation
from ..reasons import Assume

LEMMA = (
    derivation("deviation_visits_le_concentrability")
    .start("E_deviation(TV_o)")
    .le("C*E_mu(TV_o)", by=Assume("finite C"))
)
