r"""Equal state occupancies: \(\epsilon_\mu=\|\mu_\pi-\mu_{\pi^E}\|_1=0\)."""

from ..model import Answer, Model, brief
from ._kinds import Assumption


def _check(model: Model) -> Answer:
    error = model.state_occupancy_error()
    return Answer(error == 0, f"eps_mu = {brief(error)}")


ASSUMPTION = Assumption(
    "match-mu",
    None,
    "expert and learner have the same state occupancy",
    r"\mu_{\pi}=\mu_{\pi^E}",
    _check,
)
