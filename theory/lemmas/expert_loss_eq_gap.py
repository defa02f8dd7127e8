r"""What the expert loses by each of its steps adds up to what it lacks to a best response.

\(\mathrm{E}_{s\sim\mu_{\pi^E}}[\ell_i]/(1-\gamma)
=\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(\nu)-V_i^{\pi^E}(\nu)\).
"""

from ..chain import derivation
from ..reasons import ByLemma, Unfold

_BEST = "V_at(best_response, expert)"

LEMMA = (
    derivation("expert_loss_eq_gap")
    .start("E_mu(loss_i)/(1 - gamma)")
    .eq(
        f"(E_mu({_BEST}) - E_mu(sum_a(e_i*e_o*Q(best_response, expert))))/(1 - gamma)",
        by=Unfold(("loss_i",)),
    )
    .eq(
        f"(E_mu({_BEST}) - gamma*E_mu(sum_a(e_i*e_o*next({_BEST}))))/(1 - gamma)"
        " - E_mu(sum_a(e_i*e_o*r))/(1 - gamma)",
        by=Unfold(("Q",)),
    )
    .eq(
        "V(best_response, expert) - E_mu(sum_a(e_i*e_o*r))/(1 - gamma)",
        by=Unfold(("V", "start from visits")),
    )
    .eq("V(best_response, expert) - V(expert)", by=ByLemma("value_eq_reward_on_visits"))
)
