r"""Deterministic kernel: every row \(P(\cdot\mid s,a)\) is one state."""

from ..model import Answer, Model
from ._kinds import Assumption
from ._reasons import rows


def _check(model: Model) -> Answer:
    for state, joint in rows(model):
        reached = sorted(model.successors(state, joint))
        if len(reached) > 1:
            return Answer(
                False, f"state {state}, joint action {joint}, leads to any of the states {reached}"
            )
    return Answer(True, "every row of the kernel is one state")


ASSUMPTION = Assumption(
    "deterministic",
    None,
    "every state and joint action has one successor",
    r"P(t\mid s,a)\in\{0,1\}",
    _check,
    by_supports=True,
)
