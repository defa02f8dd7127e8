r"""\(\varepsilon_\rho=\|\rho_\pi-\rho_{\pi^E}\|_1\in[0,2]\), state-action occupancies."""

from ..meaning import Meaning

MEANING = Meaning(
    "eps_rho",
    r"\varepsilon_{\rho}",
    "the l1 distance between the state-action occupancies of learner and expert",
    r"\|\rho_\pi-\rho_{\pi^E}\|_1",
    lambda model, _: model.state_action_occupancy_error(),
)
