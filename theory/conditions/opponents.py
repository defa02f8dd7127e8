r"""The opponents that a condition speaks of: at each state and for each a polytope of rows.

A polytope is given by its vertices. Which points are vertices may depend on the symbols (a ball cut
off by the simplex has others when it grows), so each carries the relations under which it is one.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy.polys.rings import PolyElement

from .clause import Atom
from .game import Joint
from .side import Side


@dataclass(frozen=True)
class Vertex:
    """One extreme row of one opponent at one state.

    Attributes:
        weights: of the opponent's actions; at one state they have the same sum at every vertex.
        told: the row in words.
        guard: the relations under which it is a vertex; none: always.
    """

    weights: Mapping[int, PolyElement]
    told: str
    guard: tuple[Atom, ...] = ()


Choices = Sequence[Sequence[Sequence[Vertex]]]
"""At each state, for each opponent, the vertices."""


@dataclass(frozen=True)
class Opponents:
    """Product rows of the opponents.

    Attributes:
        side: whose opponents.
        choices: the vertices at each state, for each opponent.
        rows: at each state, for each choice of vertices, the weights of joint actions.
        joints: at each state, the choices of vertices, as one number for each opponent.
    """

    side: Side
    choices: Choices
    rows: tuple[tuple[Mapping[Joint, PolyElement], ...], ...]
    joints: tuple[tuple[Joint, ...], ...]

    @staticmethod
    def of(side: Side, choices: Choices) -> "Opponents":
        """All products of the vertices."""
        joints = tuple(
            tuple(itertools.product(*(range(len(vertices)) for vertices in here)))
            for here in choices
        )
        rows = tuple(
            tuple(_product([here[j][k] for j, k in enumerate(joint)], side) for joint in there)
            for here, there in zip(choices, joints, strict=True)
        )
        return Opponents(side, choices, rows, joints)

    def guard(self, state: int, vertex: int) -> tuple[Atom, ...]:
        """The relations under which a choice of vertices at a state is one."""
        return tuple(dict.fromkeys(a for v in self._vertices(state, vertex) for a in v.guard))

    def spans(self, state: int) -> tuple[int, ...]:
        """For each opponent, how many vertices it takes at most to make any row (Caratheodory)."""
        return tuple(len({a for v in here for a in v.weights}) for here in self.choices[state])

    def told(self, place: Sequence[int], but: int) -> str:
        """In words, which vertex is meant at the states where there is a choice."""
        game = self.side.game
        plays = [
            f"{', '.join(v.told for v in self._vertices(s, k))} at {game.states[s]}"
            for s, k in enumerate(place)
            if s != but and len(self.rows[s]) > 1
        ]
        return f", the others play {'; '.join(plays)}" if plays else ""

    def _vertices(self, state: int, vertex: int) -> list[Vertex]:
        joint = self.joints[state][vertex]
        return [here[k] for here, k in zip(self.choices[state], joint, strict=True)]


def _product(vertices: Sequence[Vertex], side: Side) -> dict[Joint, PolyElement]:
    one = side.game.ranges.ring.one
    return {
        joint: math.prod((v.weights[a] for v, a in zip(vertices, joint, strict=True)), start=one)
        for joint in itertools.product(*(v.weights for v in vertices))
    }


def everyone(side: Side, states: Iterable[int]) -> Opponents:
    """All opponents; away from `states`, where nothing depends on them, only one."""
    relevant = set(states)
    return Opponents.of(
        side,
        [
            anyone(side, s) if s in relevant else [pure(side, j, [0]) for j in side.opponents]
            for s in range(side.states)
        ],
    )


def anyone(side: Side, state: int) -> list[list[Vertex]]:
    """Every row of each opponent at a state, actions that do the same as one."""
    return [
        pure(side, opponent, kept)
        for opponent, kept in zip(side.opponents, classes(side, state), strict=True)
    ]


def pure(side: Side, opponent: int, actions: Iterable[int]) -> list[Vertex]:
    """The rows that play one action."""
    names, one = side.game.action_names[opponent], side.game.ranges.ring.one
    return [Vertex({a: one}, names[a]) for a in actions]


def classes(side: Side, state: int) -> list[dict[int, list[int]]]:
    """For each opponent, the classes of actions that do the same at a state, by their first."""
    found = []
    for position, opponent in enumerate(side.opponents):
        kept: dict[Any, list[int]] = {}
        for action in range(side.game.actions[opponent]):
            same = tuple(
                _entry(side, state, own, (*a[:position], action, *a[position + 1 :]))
                for a in side.joints()
                for own in range(side.count)
            )
            kept.setdefault(same, []).append(action)
        found.append({members[0]: members for members in kept.values()})
    return found


def _entry(side: Side, state: int, own: int, others: Joint) -> tuple[PolyElement, Any]:
    joint = side.full(own, others)
    return side.game.rewards[side.player, state, joint], side.game.transition[state, joint]
