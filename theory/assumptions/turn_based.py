"""At each state at most one player's action matters, for the kernel and for everyone's reward."""

from ..model import Answer, Model
from ._kinds import Assumption
from ._owners import influential


def _check(model: Model) -> Answer:
    for state, players in enumerate(influential(model)):
        if len(players) > 1:
            return Answer(False, f"at state {state} the players {sorted(players)} all matter")
    return Answer(True, "at each state at most one player's action matters")


ASSUMPTION = Assumption(
    "turn-based",
    None,
    "at each state at most one player's action matters, for the kernel and for all rewards",
    r"\forall s\ \exists j:\ P(\cdot\mid s,a),\,r_i(s,a)\ \text{depend on } a \text{ through } a_j",
    _check,
)
