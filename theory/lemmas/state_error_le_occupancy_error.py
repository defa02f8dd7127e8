r"""\(\varepsilon_\mu\le\gamma\,\varepsilon_\rho\): the first step of every run is the start's."""

from ..chain import derivation
from ..reasons import Combination, Term, Triangle, Unfold

_FLOWN = "norm_s(flow(rho_learner - rho_expert))"
_APART = "norm_sa(rho_learner - rho_expert)"

LEMMA = (
    derivation("state_error_le_occupancy_error")
    .start("eps_mu")
    .eq("norm_s(mu_learner - mu_expert)", by=Unfold(("eps_mu",)))
    .eq("norm_s(gamma*flow(rho_learner - rho_expert))", by=Unfold(("flow of visits",)))
    .le(f"gamma*{_FLOWN}", by=Triangle())
    .le(f"gamma*{_APART}", by=Combination((Term("gamma", (f"{_FLOWN} <= {_APART}",)),)))
    .eq("gamma*eps_rho", by=Unfold(("eps_rho",)))
)
