r"""The opponents that a condition speaks of: at each state a polytope of rows, by its vertices."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy.polys.rings import PolyElement

from .game import Joint
from .side import Side


@dataclass(frozen=True)
class Opponents:
    """Rows of the opponents' joint actions.

    Attributes:
        side: whose opponents.
        rows: at each state the vertices, as weights of joint actions.
        joints: at each state, for each vertex, the joint action that it is or moves to.
        products: whether weights of the vertices are products over the opponents, as those of
            pure joint actions are.
    """

    side: Side
    rows: tuple[tuple[Mapping[Joint, PolyElement], ...], ...]
    joints: tuple[tuple[Joint, ...], ...]
    products: bool = True

    def told(self, place: Sequence[int], but: int) -> str:
        """In words, which vertex is meant at the states where there is a choice."""
        game = self.side.game
        plays = [
            f"{self._names(s, k)} at {game.states[s]}"
            for s, k in enumerate(place)
            if s != but and len(self.rows[s]) > 1
        ]
        return f", the others play {'; '.join(plays)}" if plays else ""

    def _names(self, state: int, vertex: int) -> str:
        names = self.side.game.action_names
        joint = self.joints[state][vertex]
        return ", ".join(names[j][a] for j, a in zip(self.side.opponents, joint, strict=True))


def everyone(side: Side, states: Iterable[int]) -> Opponents:
    """All opponents; away from `states`, where nothing depends on them, only one."""
    relevant = set(states)
    joints = tuple(
        tuple(itertools.product(*classes(side, s))) if s in relevant else (_first(side),)
        for s in range(side.states)
    )
    one = side.game.ranges.ring.one
    return Opponents(side, tuple(tuple({a: one} for a in row) for row in joints), joints)


def nearby(
    side: Side, states: Iterable[int], visited: Iterable[int], level: PolyElement
) -> Opponents:
    """Opponents within this total variation of the policy's pure rows where it goes, any elsewhere.

    Args:
        side: whose opponents; their rows at visited states are pure.
        states: those at which the opponents may matter.
        visited: those that the policies visit.
        level: the total variation allowed at each visited state.
    """
    full, played = everyone(side, states), side.expert_others()
    one = side.game.ranges.ring.one
    rows = list(full.rows)
    joints = list(full.joints)
    for s in visited:
        (expert,) = played[s]
        there = dict.fromkeys([expert, *full.joints[s]])
        joints[s] = tuple(there)
        rows[s] = tuple(
            {expert: one} if a == expert else {expert: one - level, a: level} for a in there
        )
    return Opponents(side, tuple(rows), tuple(joints), products=False)


def classes(side: Side, state: int) -> list[list[int]]:
    """For each opponent, one action of each class of actions that do the same at a state."""
    found = []
    for position, opponent in enumerate(side.opponents):
        kept: dict[Any, int] = {}
        for action in range(side.game.actions[opponent]):
            same = tuple(
                _entry(side, state, own, (*a[:position], action, *a[position + 1 :]))
                for a in side.joints()
                for own in range(side.count)
            )
            kept.setdefault(same, action)
        found.append(list(kept.values()))
    return found


def _entry(side: Side, state: int, own: int, others: Joint) -> tuple[PolyElement, Any]:
    joint = side.full(own, others)
    return side.game.rewards[side.player, state, joint], side.game.transition[state, joint]


def _first(side: Side) -> Joint:
    return (0,) * len(side.opponents)
