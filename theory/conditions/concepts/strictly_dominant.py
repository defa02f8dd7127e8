r"""Strict dominance: wherever the policy can come, every other action is worth less.

That is asked whatever the others play, and whatever the player does where the policy never comes.
"""

from ..concept import Concept, Sides
from ..dominance import dominance
from ..side import Side


def _sides(side: Side) -> Sides:
    return dominance(side, strictly=True)


CONCEPT = Concept(
    name="strictly-dominant",
    statement="each player's action is the only best one, wherever the policy can come, whatever "
    "the others play",
    argument="The same forms as for dominant, positive on the whole simplex.",
    sides=_sides,
)
