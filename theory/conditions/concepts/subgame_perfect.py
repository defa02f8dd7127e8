r"""Nash from every state: at every state no action earns more than the policy does."""

from ..against_expert import one_step
from ..clause import Sign
from ..concept import Concept, Sides
from ..side import Side


def _sides(side: Side) -> Sides:
    return Sides.exactly(tuple(one_step(side, range(side.states), [], Sign.AT_LEAST_ZERO)))


CONCEPT = Concept(
    name="subgame-perfect",
    statement="no player gains from any state by deviating alone",
    argument="The policy's values solve the Bellman optimality equations of each player's problem.",
    sides=_sides,
)
