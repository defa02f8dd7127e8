r"""What disagreement costs, by the opponents' errors where the expert goes, for any expert.

\(V_i^{(\pi^E_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\le\varepsilon_\rho/(1-\gamma)+
2\gamma\,\mathrm{E}_{s\sim\mu_{\pi^E}}[h_o]/(1-\gamma)^2\).
"""

from ..chain import derivation
from ..reasons import ByLemma, Combination, Mean, Term

_CROSSED, _APART = "here(mu_expert)*e_i*p_o", "norm_sa(rho_learner - here(mu_expert)*e_i*p_o)"
_PAID = f"sum_sa({_CROSSED}*r) - sum_sa(rho_learner*r)"

LEMMA = (
    derivation("disagreement_le_opponents_misplay")
    .start("V(expert, learner) - V(learner)")
    .eq(
        f"({_PAID})/(1 - gamma)"
        " + gamma*E_mu(sum_a(e_i*(p_o - e_o)*next(V_at(expert, learner))))/(1 - gamma)",
        by=ByLemma("disagreement_eq_rewards_and_misplay"),
    )
    .le(
        f"({_PAID})/(1 - gamma) + gamma*2*E_mu(TV_o)/(1 - gamma)**2",
        by=Mean("E_mu", (Term("gamma/(1 - gamma)", ("opponents_misplay",)),)),
    )
    .le(
        "eps_rho/(1 - gamma) + 2*gamma*E_mu(TV_o)/(1 - gamma)**2",
        by=Combination(
            (
                Term("1/(1 - gamma)", (f"{_PAID} <= {_APART}",)),
                Term("1/(1 - gamma)", (f"{_APART} <= eps_rho",)),
            )
        ),
    )
)
