r"""The expert is a quantal response equilibrium at the temperature of the reading.

\(\pi^E_i(a_i\mid s)\propto\exp(Q_i^\tau(s,a_i)/\tau)\) for every player at every state, where
\(Q_i^\tau\) is regularised by the entropy of player i's own policy.
"""

from fractions import Fraction

from ..model import Answer, Model, Number
from ._kinds import Assumption

_ODD = "its probabilities are logarithms of values, which exact numbers do not settle here"


def _holds(model: Model) -> Answer:
    if getattr(model, "temperature", None) is None:
        return Answer(None, "no temperature is given")
    even = True
    for player in range(model.players):
        for state in range(model.num_states):
            row = model.policy("expert", player, state)
            if min(row) <= 0:
                reason = f"player {player} never plays an action at state {state}"
                return Answer(False, reason) if model.is_exact else Answer(None, "in floats")
            even = even and len(set(row)) == 1
    if not model.is_exact or not even:
        return Answer(None, _ODD)
    for player in range(model.players):
        for state, values in enumerate(_q(model, player)):
            if len(set(values)) > 1:
                return Answer(False, f"player {player}'s actions differ in value at state {state}")
    return Answer(True, "every player mixes evenly between actions of the same value")


def _q(model: Model, player: int) -> list[list[Number]]:
    """Values of player i's actions against the expert; even play adds the same entropy to all."""
    values = model.state_values("expert", player)
    found = []
    for state in range(model.num_states):
        row: list[Number] = [0 * values[0]] * model.num_actions[player]
        for joint in model.joint_actions():
            weight: Number = Fraction(1)
            for j in range(model.players):
                if j != player:
                    weight = weight * model.policy("expert", j, state)[joint[j]]
            after = model.successors(state, joint)
            onward = sum(p * values[t] for t, p in after.items())
            reward = model.reward(player, state, joint)
            row[joint[player]] += weight * (reward + model.discount * onward)
        found.append(row)
    return found


ASSUMPTION = Assumption(
    "quantal",
    None,
    "the expert is a quantal response equilibrium at the temperature of the reading",
    r"\pi^E_i\propto\exp(Q_i^\tau/\tau)",
    _holds,
)
