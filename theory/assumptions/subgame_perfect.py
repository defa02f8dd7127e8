r"""The expert is Nash from every state.

\(V_i^{\pi^E}(s)=\max_{a_i}Q_i^\circ(s,a_i)\) for every player \(i\) and state \(s\).
"""

from ..model import Answer, Model, brief
from ._kinds import Assumption


def _check(model: Model) -> Answer:
    for player in range(model.players):
        values = model.state_values("expert", player)
        for state, row in enumerate(model.optimal_q("expert", player)):
            gain = max(row) - values[state]
            if gain > 0:
                action = list(row).index(max(row))
                return Answer(
                    False,
                    f"player {player} gains {brief(gain)} from state {state} by action {action}",
                )
    return Answer(True, "no player's best response beats the expert from any state")


ASSUMPTION = Assumption(
    "subgame-perfect",
    None,
    "the expert is a Nash equilibrium from every state",
    r"V_i^{\pi^E}(s)=\max_{b_i}V_i^{(b_i,\pi^E_{-i})}(s)\ \text{for all } i,s",
    _check,
)
