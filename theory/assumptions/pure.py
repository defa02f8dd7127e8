"""Expert and learner are pure at every state: probabilities 0 and 1 only."""

from ..model import Answer, Model
from ._kinds import Assumption
from ._reasons import first_mixed


def _check(model: Model) -> Answer:
    mixed = first_mixed(model, ("expert", "learner"))
    return mixed or Answer(True, "expert and learner play one action at every state")


ASSUMPTION = Assumption(
    "pure",
    None,
    "expert and learner play one action at every state",
    r"\pi^E_i(a_i\mid s),\ \pi_i(a_i\mid s)\in\{0,1\}",
    _check,
    by_supports=True,
)
