r"""Strict Nash: every deviation that differs from the policy on a visited state is worse."""

from ..against_expert import never, one_step, path
from ..clause import Sign
from ..concept import Concept, Sides
from ..side import Side


def _sides(side: Side) -> Sides:
    visited, free = path(side)
    mixed = [s for s in sorted(visited) if 1 not in side.own[s]]
    if mixed and side.count > 1:
        name = side.game.states[mixed[0]]
        return Sides.exactly((never(f"player {side.player} mixes at {name}, which is visited"),))
    return Sides.exactly(tuple(one_step(side, sorted(visited), free, Sign.POSITIVE)))


CONCEPT = Concept(
    name="strict-nash",
    statement="every deviation that differs from the policy on a visited state loses",
    argument=(
        "As for nash: a deviation first differs at a visited state, where the optimal value of "
        "its action falls short. An action of a mixed row earns as much as the row."
    ),
    sides=_sides,
)
