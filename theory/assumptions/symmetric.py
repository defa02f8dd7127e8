r"""Two players in equal roles: exchanging their actions exchanges the rewards and keeps the kernel.

\(r_1(s,a,b)=r_0(s,b,a)\) and \(P(\cdot\mid s,a,b)=P(\cdot\mid s,b,a)\).
"""

from ..model import Answer, Model
from ._kinds import Assumption
from ._reasons import rows, two_players


def _check(model: Model) -> Answer:
    refused = two_players(model, "symmetric")
    if refused is not None:
        return refused
    if model.num_actions[0] != model.num_actions[1]:
        return Answer(False, f"the players have {model.num_actions} actions")
    for state, (a, b) in rows(model):
        if model.reward(0, state, (a, b)) != model.reward(1, state, (b, a)):
            return Answer(
                False,
                f"at state {state} player 0's reward for {(a, b)} is not player 1's for {(b, a)}",
            )
        if dict(model.successors(state, (a, b))) != dict(model.successors(state, (b, a))):
            return Answer(False, f"at state {state} the kernel tells {(a, b)} from {(b, a)}")
    return Answer(True, "exchanging the actions exchanges the rewards and keeps the kernel")


ASSUMPTION = Assumption(
    "symmetric",
    None,
    "two players; exchanging their actions exchanges the rewards and keeps the kernel",
    r"n=2,\quad r_1(s,a,b)=r_2(s,b,a),\quad P(\cdot\mid s,a,b)=P(\cdot\mid s,b,a)",
    _check,
)
