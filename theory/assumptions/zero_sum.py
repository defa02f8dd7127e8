r"""Two players with opposite rewards: \(r_0+r_1=0\)."""

from ..model import Answer, Model, brief
from ._kinds import Assumption
from ._reasons import rows, two_players


def _check(model: Model) -> Answer:
    refused = two_players(model, "zero-sum")
    if refused is not None:
        return refused
    for state, joint in rows(model):
        total = model.reward(0, state, joint) + model.reward(1, state, joint)
        if total != 0:
            return Answer(
                False, f"the rewards at state {state}, joint action {joint}, sum to {brief(total)}"
            )
    return Answer(True, "the rewards sum to 0 everywhere")


ASSUMPTION = Assumption(
    "zero-sum", None, "two players with opposite rewards", r"n=2,\quad r_1=-r_2", _check
)
