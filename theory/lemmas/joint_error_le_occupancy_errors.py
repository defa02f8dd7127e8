r"""\(\mathrm{E}_{s\sim\mu_{\pi^E}}\|\pi-\pi^E\|_1\le\varepsilon_\mu+\varepsilon_\rho\)."""

from ..chain import derivation
from ..reasons import Triangle, Unfold

LEMMA = (
    derivation("joint_error_le_occupancy_errors")
    .start("E_mu(norm_a(p_i*p_o - e_i*e_o))")
    .eq("norm_sa(here(mu_expert)*(p_i*p_o - e_i*e_o))", by=Unfold(("weighted norms",)))
    .le(
        "norm_sa(here(mu_learner - mu_expert)*p_i*p_o)"
        " + norm_sa(here(mu_learner)*p_i*p_o - here(mu_expert)*e_i*e_o)",
        by=Triangle(),
    )
    .eq("eps_mu + eps_rho", by=Unfold(("weighted norms", "eps_mu", "eps_rho", "rho")))
)
