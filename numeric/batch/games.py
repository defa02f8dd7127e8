"""A batch of Markov games of one shape, the batch axis last."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import array_api_compat
import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.theory.errors import BadInput

from . import checks
from .arrays import Array, namespace


@dataclass(frozen=True, eq=False)
class GameBatch:
    r"""B games with the same players, states and actions, in floats.

    Arrays of any library that follows the array API (NumPy, torch, CuPy); they are neither
    copied nor changed.

    Args:
        transition: \(P\), shape [S, A_1, ..., A_n, S, B]; sums to 1 over the last axis but one.
        rewards: \(r_i\), shape [n, S, A_1, ..., A_n, B], in [-1, 1].
        start: \(\nu\), shape [S, B]; sums to 1 over the first axis.
        discount: \(\gamma\in[0,1)\), shape [B], or one number for all.

    Raises:
        BadInput: shape, range or a sum is wrong; the message names the array and the game.

    Example:
        Two games with one state, in which the one player chooses between two rewards:

        >>> games = GameBatch(np.ones((1, 2, 1, 2)), np.array([[[[1.0, 0.5], [0.0, 0.0]]]]),
        ...                   np.ones((1, 2)), 0.5)
        >>> games.size, games.players, games.num_states, games.num_actions
        (2, 1, 1, (2,))
    """

    transition: Array
    rewards: Array
    start: Array
    discount: Array

    def __post_init__(self) -> None:
        checks.floats("transition", self.transition)
        xp = namespace(self.transition)
        if isinstance(self.discount, (int, float)):
            everywhere = xp.full(
                self.transition.shape[-1:],
                float(self.discount),
                dtype=self.transition.dtype,
                device=self.device,
            )
            object.__setattr__(self, "discount", everywhere)
        shape = tuple(self.rewards.shape)
        if len(shape) < 4 or len(shape) != shape[0] + 3 or 0 in shape[:-1]:
            raise BadInput("rewards", f"shape {list(shape)}", "shape [n, S, A_1, ..., A_n, B]")
        states, size = shape[1], shape[-1]
        for name, array, needed in (
            ("transition", self.transition, (*shape[1:-1], states, size)),
            ("rewards", self.rewards, shape),
            ("start", self.start, (states, size)),
            ("discount", self.discount, (size,)),
        ):
            checks.like(name, array, needed, self.transition)
        checks.distributions("transition", self.transition, -2)
        checks.distributions("start", self.start, 0)
        checks.holds("rewards", "a reward in [-1, 1]", (self.rewards >= -1) & (self.rewards <= 1))
        checks.holds("discount", "a number in [0, 1)", (self.discount >= 0) & (self.discount < 1))

    @staticmethod
    def of(games: Sequence[MarkovGame], *, xp: Any = np, **options: Any) -> "GameBatch":
        """The batch of some games of one shape.

        Args:
            games: at least one.
            xp: the library of the batch: `numpy`, `torch`, ...
            **options: passed to its `asarray`: `device`, `dtype`.

        Raises:
            BadInput: none given, or their shapes differ.

        Example:
            >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
            >>> GameBatch.of([game, game]).discount.tolist()
            [0.9, 0.9]
        """
        if not games:
            raise BadInput("games", "an empty list", "at least one game, or arrays with B = 0")
        for k, game in enumerate(games):
            if game.rewards.shape != games[0].rewards.shape:
                given = f"rewards of shape {list(game.rewards.shape)}"
                raise BadInput(f"games[{k}]", given, f"{list(games[0].rewards.shape)} as the first")

        def stacked(name: str) -> Array:
            rows = [np.asarray(getattr(game, name), dtype=float) for game in games]
            return xp.asarray(np.stack(rows, axis=-1), **options)

        return GameBatch(*map(stacked, ("transition", "rewards", "start", "discount")))

    @property
    def size(self) -> int:
        """Number of games B."""
        return int(self.transition.shape[-1])

    @property
    def players(self) -> int:
        """Number of players n."""
        return int(self.rewards.shape[0])

    @property
    def num_states(self) -> int:
        """Number of states S."""
        return int(self.rewards.shape[1])

    @property
    def num_actions(self) -> tuple[int, ...]:
        """Number of actions of each player, (A_1, ..., A_n)."""
        return tuple(int(k) for k in self.rewards.shape[2:-1])

    @property
    def device(self) -> Any:
        """Where the arrays live."""
        return array_api_compat.device(self.transition)

    def part(self, games: slice) -> "GameBatch":
        """Some of the games, as views where the library has views."""
        return _unchecked(*(x[..., games] for x in _arrays(self)))

    def __repr__(self) -> str:
        size = f"{self.players} players, {self.num_states} states, actions {self.num_actions}"
        return f"<GameBatch: {self.size} games, {size}, {self.transition.dtype}>"


def _arrays(games: GameBatch) -> tuple[Array, ...]:
    return games.transition, games.rewards, games.start, games.discount


def _unchecked(transition: Array, rewards: Array, start: Array, discount: Array) -> GameBatch:
    batch = object.__new__(GameBatch)
    for name, array in (
        ("transition", transition),
        ("rewards", rewards),
        ("start", start),
        ("discount", discount),
    ):
        object.__setattr__(batch, name, array)
    return batch
