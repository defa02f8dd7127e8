r"""All players have the same rewards: \(r_1=\dots=r_n\)."""

from ..model import Answer, Model, brief
from ._kinds import Assumption
from ._reasons import rows


def _check(model: Model) -> Answer:
    for state, joint in rows(model):
        for player in range(1, model.players):
            first, other = model.reward(0, state, joint), model.reward(player, state, joint)
            if first != other:
                return Answer(
                    False,
                    f"joint action {joint} at state {state} pays {brief(first)} to player 0 and "
                    f"{brief(other)} to player {player}",
                )
    return Answer(True, "all rewards agree")


ASSUMPTION = Assumption(
    "common-payoff",
    None,
    "all players have the same rewards",
    r"r_1=\dots=r_n",
    _check,
)
