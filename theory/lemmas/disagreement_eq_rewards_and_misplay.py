r"""What disagreement costs, in rewards where the expert goes and in continuation values.

\((1-\gamma)\big(V_i^{(\pi^E_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\big)
=\sum_{s,a}(\mu_{\pi^E}\pi^E_i\pi_{-i}-\rho_\pi)\,r_i
+\gamma\,\mathrm{E}_{s\sim\mu_{\pi^E}}\big[\sum_a\pi^E_i(\pi_{-i}-\pi^E_{-i})\,
P[V_i^{(\pi^E_i,\pi_{-i})}]\big]\).
"""

from ..chain import derivation
from ..reasons import Unfold

_V = "V_at(expert, learner)"
_PAID = "sum_sa(rho_learner*r)/(1 - gamma)"

LEMMA = (
    derivation("disagreement_eq_rewards_and_misplay")
    .start("V(expert, learner) - V(learner)")
    .eq(
        f"(E_mu({_V}) - gamma*E_mu(sum_a(e_i*e_o*next({_V}))))/(1 - gamma) - {_PAID}",
        by=Unfold(("values by occupancy", "V", "start from visits")),
    )
    .eq(
        "(E_mu(sum_a(e_i*p_o*Q(expert, learner)))"
        f" - gamma*E_mu(sum_a(e_i*e_o*next({_V}))))/(1 - gamma) - {_PAID}",
        by=Unfold(("V_at",)),
    )
    .eq(
        f"E_mu(sum_a(e_i*p_o*r))/(1 - gamma) - {_PAID}"
        f" + gamma*E_mu(sum_a(e_i*(p_o - e_o)*next({_V})))/(1 - gamma)",
        by=Unfold(("Q",)),
    )
    .eq(
        f"sum_sa(here(mu_expert)*e_i*p_o*r)/(1 - gamma) - {_PAID}"
        f" + gamma*E_mu(sum_a(e_i*(p_o - e_o)*next({_V})))/(1 - gamma)",
        by=Unfold(("sums weighted by visits",)),
    )
)
