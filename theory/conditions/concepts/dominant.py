r"""Weak dominance: a best response from the start to every stationary product of opponents."""

from ..concept import Concept, Sides
from ..dominance import dominance
from ..side import Side


def _sides(side: Side) -> Sides:
    return dominance(side, strictly=False)


CONCEPT = Concept(
    name="dominant",
    statement="each player's policy is a best response to whatever the others play",
    argument=(
        "If: given opponents, let b be optimal off the policy's reach; then the values solve the "
        "Bellman equations. Only if: where an action earns more, it does so also against some "
        "opponents who mix everywhere, against whom the policy visits the state."
    ),
    sides=_sides,
)
