r"""Demonstrations: trajectories \(s_0,a_0,s_1,a_1,\dots\) of states and joint actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import Array, frozen, short
from .outline import Space


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One run, in indices.

    Attributes:
        states: shape [T] or, with the state in which it ended, [T + 1].
        actions: the joint actions, shape [T, n], T >= 1.
    """

    states: Array
    actions: Array

    @property
    def steps(self) -> int:
        """T, the number of joint actions."""
        return len(self.actions)

    @property
    def last_state(self) -> int:
        """The last state that was seen."""
        return int(self.states[-1])

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Trajectory)
            and np.array_equal(self.states, other.states)
            and np.array_equal(self.actions, other.actions)
        )

    def __hash__(self) -> int:
        return hash((len(self.states), len(self.actions)))


@dataclass(frozen=True, init=False, eq=False)
class Demonstrations:
    """Trajectories of a game, validated and read-only.

    Args:
        space: the game, or an `Outline` of it.
        trajectories: pairs (states, actions) of indices, shapes [T] or [T + 1] and [T, n].
        places: where each is from, for messages; by default "trajectory k".

    Raises:
        BadInput: none at all, an empty one, or an entry that the game does not have.

    Example:
        >>> from nashgap.numeric.demonstrations import Outline
        >>> shown = Demonstrations(Outline(2, [2], "9/10"), [([0, 1], [[1], [0]]), ([0], [[1]])])
        >>> len(shown), shown.steps, shown.counts[0].tolist()
        (2, 3, [[0, 2], [1, 0]])
    """

    space: Space
    trajectories: tuple[Trajectory, ...]
    places: tuple[str, ...]

    def __init__(
        self,
        space: Space,
        trajectories: Iterable[tuple[Any, Any]],
        places: Sequence[str] | None = None,
    ) -> None:
        given = list(trajectories)
        named = places if places is not None else [f"trajectory {k}" for k in range(len(given))]
        read = tuple(
            _trajectory(space, states, actions, where)
            for (states, actions), where in zip(given, named, strict=True)
        )
        if not read:
            raise BadInput("demonstrations", "no trajectory", "at least one")
        object.__setattr__(self, "space", space)
        object.__setattr__(self, "trajectories", read)
        object.__setattr__(self, "places", tuple(named))

    @property
    def players(self) -> int:
        """Number of players n."""
        return len(self.space.actions)

    @property
    def num_states(self) -> int:
        """Number of states S."""
        return len(self.space.states)

    @property
    def num_actions(self) -> tuple[int, ...]:
        """Number of actions of each player."""
        return tuple(len(names) for names in self.space.actions)

    @cached_property
    def steps(self) -> int:
        """Joint actions in all."""
        return sum(t.steps for t in self.trajectories)

    @cached_property
    def counts(self) -> tuple[Array, ...]:
        """How often each player took each action at each state, n tables of shape [S, A_i]."""
        states = np.concatenate([t.states[: t.steps] for t in self.trajectories])
        actions = np.concatenate([t.actions for t in self.trajectories])
        found = []
        for i, count in enumerate(self.num_actions):
            flat = np.bincount(states * count + actions[:, i], minlength=self.num_states * count)
            found.append(frozen(flat.reshape(self.num_states, count)))
        return tuple(found)

    @cached_property
    def visits(self) -> Array:
        """How many joint actions were seen at each state, shape [S]."""
        return frozen(self.counts[0].sum(axis=1))

    def __len__(self) -> int:
        return len(self.trajectories)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Demonstrations)
            and (self.space.states, self.space.actions) == (other.space.states, other.space.actions)
            and self.trajectories == other.trajectories
        )

    def __hash__(self) -> int:
        return hash((len(self), self.steps))

    def __repr__(self) -> str:
        return f"<Demonstrations: {len(self)} trajectories, {self.steps} joint actions>"


def _trajectory(space: Space, states: Any, actions: Any, where: str) -> Trajectory:
    players = len(space.actions)
    seen, joint = _indices(states, f"{where}, states"), _indices(actions, f"{where}, actions")
    if len(joint) == 0:
        raise BadInput(where, "no joint action", "at least one step")
    if joint.ndim != 2 or joint.shape[1] != players:
        given = f"actions of shape {list(joint.shape)}"
        raise BadInput(where, given, f"shape [T, {players}], one action of each player a step")
    if seen.ndim != 1 or len(seen) not in (len(joint), len(joint) + 1):
        given = f"states of shape {list(seen.shape)} with {len(joint)} joint actions"
        raise BadInput(where, given, "one state a joint action, and perhaps the state at the end")
    _check_range(seen, len(space.states), f"{where}, states", "a state")
    for i, names in enumerate(space.actions):
        _check_range(joint[:, i], len(names), f"{where}, player {i}", "an action")
    return Trajectory(seen, joint)


def _indices(given: Any, where: str) -> Array:
    try:
        read = np.array(given)
    except ValueError:
        raise BadInput(where, "rows of different lengths", "one entry a player") from None
    if read.size and not np.issubdtype(read.dtype, np.integer):
        raise BadInput(where, f"given {short(given)}", "indices, counted from 0")
    return frozen(read.astype(np.int64))


def _check_range(given: Array, count: int, where: str, what: str) -> None:
    wrong = np.flatnonzero((given < 0) | (given >= count))
    if len(wrong):
        step = int(wrong[0])
        needed = f"{what} from 0 to {count - 1}"
        raise BadInput(f"{where}, step {step}", f"given {int(given[step])}", needed)
