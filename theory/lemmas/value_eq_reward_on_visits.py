r"""The expert's value is its mean reward where it goes.

\(V_i^{\pi^E}(\nu)=\mathrm{E}_{s\sim\mu_{\pi^E}}\big[\sum_a\pi^E\,r_i\big]/(1-\gamma)\).
"""

from ..chain import derivation
from ..reasons import Unfold

LEMMA = (
    derivation("value_eq_reward_on_visits")
    .start("V(expert)")
    .eq(
        "E_mu(sum_a(e_i*e_o*r))/(1 - gamma)",
        by=Unfold(("values by occupancy", "sums weighted by visits", "rho")),
    )
)
