r"""\(\varepsilon_\rho\le\varepsilon_\mu+\sum_j\varepsilon_j\): other states, or other actions."""

from ..chain import derivation
from ..reasons import Mean, Term, Triangle, Unfold

_LEARNER, _EXPERT = "here(mu_learner)*p_i*p_o", "here(mu_expert)*e_i*e_o"

LEMMA = (
    derivation("occupancy_error_le_state_and_bc_errors")
    .start("eps_rho")
    .eq(f"norm_sa({_LEARNER} - {_EXPERT})", by=Unfold(("eps_rho", "rho")))
    .le(
        "norm_sa(here(mu_learner - mu_expert)*p_i*p_o)"
        " + norm_sa(here(mu_expert)*(p_i*p_o - e_i*e_o))",
        by=Triangle(),
    )
    .eq("eps_mu + E_mu(norm_a(p_i*p_o - e_i*e_o))", by=Unfold(("weighted norms", "eps_mu")))
    .le(
        "eps_mu + 2*E_mu(TV_i + sum_others(TV_j))",
        by=Mean("E_mu", (Term("1", ("joint_policies_le_disagreement",)),)),
    )
    .eq("eps_mu + eps_BC_i + sum_others(eps_BC_j)", by=Unfold(("eps_BC_i",)))
)
