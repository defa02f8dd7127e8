r"""Rewards depend on the state alone: \(r_i(s,a)=r_i(s)\)."""

from ..model import Answer, Model
from ._kinds import Assumption
from ._reasons import rows


def _check(model: Model) -> Answer:
    zero = (0,) * model.players
    for state, joint in rows(model):
        for player in range(model.players):
            if model.reward(player, state, joint) != model.reward(player, state, zero):
                return Answer(
                    False,
                    f"at state {state} player {player}'s reward differs: {zero} and {joint}",
                )
    return Answer(True, "no action changes a reward")


ASSUMPTION = Assumption(
    "state-rewards",
    None,
    "each player's reward depends on the state alone",
    r"r_i(s,a)=r_i(s)",
    _check,
)
