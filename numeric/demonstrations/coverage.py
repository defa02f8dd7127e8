"""What the demonstrations cover: which states were visited and how often."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..game import MarkovGame
from ..numbers import Array
from .outline import Space
from .trajectories import Demonstrations


@dataclass(frozen=True)
class Coverage:
    """Where the demonstrations have been; a state counts as visited when an action was seen there.

    Attributes:
        trajectories: how many.
        steps: joint actions in all.
        shortest: joint actions of the shortest trajectory.
        longest: joint actions of the longest one.
        visits: joint actions seen at each state.
        unvisited: the states without any.
        reachable_unvisited: those of them that some joint actions reach from the start; None where
            the kernel is unknown.
    """

    trajectories: int
    steps: int
    shortest: int
    longest: int
    visits: tuple[int, ...]
    unvisited: tuple[int, ...]
    reachable_unvisited: tuple[int, ...] | None

    def json(self, space: Space) -> dict[str, Any]:
        """As a JSON object, states by name."""

        def named(states: tuple[int, ...] | None) -> list[str] | None:
            return None if states is None else [space.states[s] for s in states]

        return {
            "trajectories": self.trajectories,
            "steps": self.steps,
            "shortest": self.shortest,
            "longest": self.longest,
            "visits": dict(zip(space.states, self.visits, strict=True)),
            "unvisited": named(self.unvisited),
            "reachable_unvisited": named(self.reachable_unvisited),
        }


def coverage(demonstrations: Demonstrations) -> Coverage:
    """Counts visits.

    Example:
        >>> from nashgap.numeric.demonstrations import Outline
        >>> coverage(Demonstrations(Outline(2, [2], "9/10"), [([0, 0], [[1], [0]])])).unvisited
        (1,)
    """
    space, visits = demonstrations.space, demonstrations.visits
    lengths = [t.steps for t in demonstrations.trajectories]
    unvisited = tuple(np.flatnonzero(visits == 0).tolist())
    reached = None
    if isinstance(space, MarkovGame):
        everywhere = reachable(space)
        reached = tuple(s for s in unvisited if s in everywhere)
    return Coverage(
        len(demonstrations),
        demonstrations.steps,
        min(lengths),
        max(lengths),
        tuple(visits.tolist()),
        unvisited,
        reached,
    )


def reachable(game: MarkovGame) -> frozenset[int]:
    """The states that some joint actions reach from the start with positive probability."""
    moves = _moves(game)
    found = set(np.flatnonzero(game.start > 0).tolist())
    frontier = list(found)
    while frontier:
        new = set(np.flatnonzero(moves[frontier.pop()]).tolist()) - found
        found |= new
        frontier += new
    return frozenset(found)


def absorbing(game: MarkovGame) -> frozenset[int]:
    """The states that no joint action leaves."""
    moves = _moves(game) & ~np.eye(game.num_states, dtype=bool)
    return frozenset(np.flatnonzero(~moves.any(axis=1)).tolist())


def _moves(game: MarkovGame) -> Array:
    """Whether some joint action leads from a state to another, shape [S, S]."""
    rows = np.asarray(game.transition > 0).reshape(game.num_states, -1, game.num_states)
    return np.asarray(rows.any(axis=1))
