r"""What player i can gain.

\(\mathrm{NashGap}_i(\pi)=\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)\).
"""

from ..meaning import Meaning, of_player
from ..model import Model, Number


def gain(model: Model, player: int) -> Number:
    """What the player gains by a best response to the learner."""
    return model.best_value("learner", player) - model.value("learner", player)


MEANING = Meaning(
    "NashGap_i",
    r"\mathrm{NashGap}_i(\pi)",
    "what player i gains by a best response to the learner, from the start",
    r"\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)-V_i^{\pi}(\nu)",
    of_player(gain),
    per_player=True,
)
