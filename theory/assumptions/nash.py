r"""The expert is a Nash equilibrium from the start.

\(V_i^{\pi^E}(\nu)=\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(\nu)\) for every player \(i\).
"""

from ..model import Answer, Model, brief
from ._kinds import Assumption
from ._reasons import deviation


def _check(model: Model) -> Answer:
    for player in range(model.players):
        gain = model.best_value("expert", player) - model.value("expert", player)
        if gain > 0:
            how = deviation(model, player)
            return Answer(False, f"player {player} gains {brief(gain)} from the start by {how}")
    return Answer(True, "no player's best response beats the expert from the start")


ASSUMPTION = Assumption(
    "nash",
    None,
    "the expert is a Nash equilibrium from the start",
    r"V_i^{\pi^E}(\nu)=\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(\nu)\ \text{for all } i",
    _check,
)
