r"""The learner matches at least one player: \(\min_i\varepsilon_i=0\)."""

from ..model import Answer, Model, brief
from ._kinds import Assumption


def _check(model: Model) -> Answer:
    least = min(model.policy_error(i) for i in range(model.players))
    return Answer(least == 0, f"the smallest eps_BC_i is {brief(least)}")


ASSUMPTION = Assumption(
    "one-matched",
    None,
    "the learner plays as the expert does, wherever the expert comes, for at least one player",
    r"\min_i\varepsilon_i=0",
    _check,
)
