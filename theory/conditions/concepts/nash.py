r"""Nash from the start.

With \(b\) any actions at the states that the policies do not visit and \(V\) the value of playing
the policy on its path and \(b\) off it: at every visited state no action earns more than \(V\).
"""

from ..against_expert import one_step, path
from ..clause import Sign
from ..concept import Concept, Sides
from ..side import Side


def _sides(side: Side) -> Sides:
    visited, free = path(side)
    return Sides.exactly(tuple(one_step(side, sorted(visited), free, Sign.AT_LEAST_ZERO)))


CONCEPT = Concept(
    name="nash",
    statement="no player gains from the start by deviating alone",
    argument=(
        "If: let b be optimal off the path while the policy is held on it; then the values solve "
        "the Bellman equations, so the policy is optimal from the start. Only if: a Nash policy "
        "attains the optimal values at the states that it visits, and no b is worth more."
    ),
    sides=_sides,
)
