r"""Rewards depend on the state and the player's own action: \(r_i(s,a)=r_i(s,a_i)\)."""

from ..model import Answer, Model
from ._kinds import Assumption
from ._reasons import rows


def _check(model: Model) -> Answer:
    for state, joint in rows(model):
        for player in range(model.players):
            alone = tuple(a if j == player else 0 for j, a in enumerate(joint))
            if model.reward(player, state, joint) != model.reward(player, state, alone):
                return Answer(
                    False,
                    f"at state {state} player {player}'s reward differs: {alone} and {joint}",
                )
    return Answer(True, "no other player's action changes a player's reward")


ASSUMPTION = Assumption(
    "own-rewards",
    None,
    "each player's reward depends on the state and on the own action alone",
    r"r_i(s,a)=r_i(s,a_i)",
    _check,
)
