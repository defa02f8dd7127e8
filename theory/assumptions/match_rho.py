r"""Equal state-action occupancies: \(\epsilon_\rho=\|\rho_\pi-\rho_{\pi^E}\|_1=0\)."""

from ..model import Answer, Model, brief
from ._kinds import Assumption


def _check(model: Model) -> Answer:
    error = model.state_action_occupancy_error()
    return Answer(error == 0, f"eps_rho = {brief(error)}")


ASSUMPTION = Assumption(
    "match-rho",
    None,
    "expert and learner have the same state-action occupancy",
    r"\rho_{\pi}=\rho_{\pi^E}",
    _check,
)
