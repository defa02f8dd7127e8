"""One product policy for each game of a batch, the batch axis last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nashgap.numeric.policy import ProductPolicy
from nashgap.theory.errors import BadInput

from . import checks
from .arrays import Array
from .games import GameBatch


@dataclass(frozen=True, eq=False)
class PolicyBatch:
    r"""B product policies \(\pi_i(a\mid s)\), in floats.

    Args:
        tables: one array for each player, shape [S, A_i, B]; sums to 1 over the middle axis.

    Raises:
        BadInput: shape or range or a sum is wrong; the message names the player and the game.

    Example:
        >>> policies = PolicyBatch((np.array([[[0.5, 1.0], [0.5, 0.0]]]),))
        >>> policies.players, policies.size
        (1, 2)
    """

    tables: tuple[Array, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", tuple(self.tables))
        if not self.tables:
            raise BadInput("policies", "no table", "one table for each player")
        first = self.tables[0]
        for i, table in enumerate(self.tables):
            where = f"policies[{i}]"
            checks.floats(where, table)
            if table.ndim != 3 or 0 in tuple(table.shape[:2]):
                raise BadInput(where, f"shape {list(table.shape)}", "shape [S, A_i, B]")
            checks.like(where, table, (first.shape[0], table.shape[1], first.shape[2]), first)
            checks.distributions(where, table, 1)

    @staticmethod
    def of(policies: Sequence[ProductPolicy], *, xp: Any = np, **options: Any) -> "PolicyBatch":
        """The batch of some policies of one shape.

        Args:
            policies: at least one.
            xp: the library of the batch: `numpy`, `torch`, ...
            **options: passed to its `asarray`: `device`, `dtype`.

        Raises:
            BadInput: none given, or their shapes differ.

        Example:
            >>> pure = ProductPolicy.pure([[0, 1]], [2])
            >>> PolicyBatch.of([pure, pure])[0].shape
            (2, 2, 2)
        """
        if not policies:
            raise BadInput("policies", "an empty list", "at least one policy, or arrays with B = 0")
        shapes = {(policy.num_states, policy.num_actions) for policy in policies}
        if len(shapes) > 1:
            raise BadInput("policies", f"{len(shapes)} shapes", "one shape")

        def stacked(i: int) -> Array:
            rows = [np.asarray(policy[i], dtype=float) for policy in policies]
            return xp.asarray(np.stack(rows, axis=-1), **options)

        return PolicyBatch(tuple(stacked(i) for i in range(policies[0].players)))

    @property
    def size(self) -> int:
        """Number of policies B."""
        return int(self.tables[0].shape[-1])

    @property
    def players(self) -> int:
        """Number of players n."""
        return len(self.tables)

    def check_fits(self, games: GameBatch, where: str = "policies") -> None:
        """Checks players, states, actions, size, library and dtype against games.

        Raises:
            BadInput: they differ.
        """
        if self.players != games.players:
            raise BadInput(where, f"{self.players} players", f"{games.players}")
        for i, count in enumerate(games.num_actions):
            needed = (games.num_states, count, games.size)
            checks.like(f"{where}[{i}]", self.tables[i], needed, games.transition)

    def part(self, games: slice) -> "PolicyBatch":
        """Some of the policies, as views where the library has views."""
        return _unchecked(tuple(table[..., games] for table in self.tables))

    def __getitem__(self, player: int) -> Array:
        return self.tables[player]

    def __iter__(self) -> Iterator[Array]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __repr__(self) -> str:
        shapes = [tuple(table.shape[:-1]) for table in self.tables]
        return f"<PolicyBatch: {self.size} policies, tables {shapes}, {self.tables[0].dtype}>"


def _unchecked(tables: tuple[Array, ...]) -> PolicyBatch:
    batch = object.__new__(PolicyBatch)
    object.__setattr__(batch, "tables", tables)
    return batch
