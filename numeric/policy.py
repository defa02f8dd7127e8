r"""Stationary product policies: \(\pi=(\pi_1,\dots,\pi_n)\), \(\pi_i(\cdot\mid s)\) on \(A_i\)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from . import tables
from .game import MarkovGame
from .numbers import Array, short, working
from .whole import Whole, whole


@dataclass(frozen=True, init=False, eq=False)
class ProductPolicy:
    r"""One table \(\pi_i(a_i\mid s)\) a player, validated and read-only.

    Args:
        policies: n tables of shape [S, A_i], rows sum to 1; exact as in `MarkovGame`.
        where: the name used in messages.

    Raises:
        BadInput: a shape or a row is wrong; the message names the place.

    Example:
        >>> policy = ProductPolicy([[["1", "0"]], [["1/3", "2/3"]]])
        >>> policy.num_actions, policy.is_pure, policy[1][0, 1]
        ((2, 2), False, Fraction(2, 3))
    """

    policies: tuple[Array, ...]

    def __init__(self, policies: Sequence[Any] | Array, where: str = "policy") -> None:
        if tables.shape_of(policies)[:1] in ((), (0,)):
            raise BadInput(where, f"given {short(policies)}", "one table [S][A_i] for each player")
        arrays = []
        for i, given in enumerate(policies):
            shape = tables.shape_of(given)
            if len(shape) != 2 or 0 in shape:
                raise BadInput(f"{where}[{i}]", f"a table of shape {list(shape)}", "shape [S, A_i]")
            arrays.append(tables.table(given, shape, f"{where}[{i}]"))
        if len({a.shape[0] for a in arrays}) > 1:
            raise BadInput(where, "tables for different numbers of states", "the same S in each")
        if not all(tables.is_exact(a) for a in arrays):
            arrays = [tables.as_float(a) for a in arrays]
        for i, array in enumerate(arrays):
            tables.check_rows(array, f"{where}[{i}]")
        object.__setattr__(self, "policies", tuple(arrays))

    @staticmethod
    def pure(actions: Sequence[Sequence[int]], num_actions: Sequence[int]) -> "ProductPolicy":
        """The exact policy in which player i plays `actions[i][s]` at state s.

        Args:
            actions: shape [n][S], entries in [0, A_i).
            num_actions: (A_1, ..., A_n).

        Raises:
            BadInput: an action that the player does not have, or another number of players.

        Example:
            >>> ProductPolicy.pure([[0, 1]], [2])[0].tolist()
            [[Fraction(1, 1), Fraction(0, 1)], [Fraction(0, 1), Fraction(1, 1)]]
        """
        if len(actions) != len(num_actions):
            given = f"actions of {len(actions)} players"
            raise BadInput("policy", given, f"{len(num_actions)}, as there are numbers of actions")
        for i, (chosen, count) in enumerate(zip(actions, num_actions, strict=True)):
            for s, a in enumerate(chosen):
                if not 0 <= a < count:
                    place = f"policy[{i}][{s}]"
                    raise BadInput(place, f"given {short(a)}", f"an action from 0 to {count - 1}")
        rows = [
            [[Fraction(k == a) for k in range(count)] for a in chosen]
            for chosen, count in zip(actions, num_actions, strict=True)
        ]
        return ProductPolicy(rows)

    @staticmethod
    def uniform(game: MarkovGame) -> "ProductPolicy":
        """Every player uniform at every state; exact when the game is."""
        one = Fraction(1) if game.is_exact else 1.0
        return ProductPolicy(
            [[[one / k] * k for _ in range(game.num_states)] for k in game.num_actions]
        )

    @property
    def players(self) -> int:
        """Number of players n."""
        return len(self.policies)

    @property
    def num_states(self) -> int:
        """Number of states S."""
        return int(self.policies[0].shape[0])

    @cached_property
    def num_actions(self) -> tuple[int, ...]:
        """Number of actions of each player."""
        return tuple(int(a.shape[1]) for a in self.policies)

    @property
    def is_exact(self) -> bool:
        """Whether the entries are Fractions."""
        return tables.is_exact(self.policies[0])

    @property
    def is_pure(self) -> bool:
        """Whether every player plays one action at every state."""
        return all(bool(np.all((a == 0) | (a == 1))) for a in self.policies)

    @cached_property
    def working(self) -> tuple[Array, ...]:
        """The tables in the arithmetic that the algorithms use."""
        return tuple(working(a) for a in self.policies)

    @cached_property
    def whole(self) -> tuple[Whole, ...] | None:
        """The tables of an exact policy in whole numbers, where the denominators are short."""
        tables = [whole(a) for a in self.policies] if self.is_exact else [None]
        return tuple(t for t in tables if t) if all(tables) else None

    def replace(self, player: int, table: Any) -> "ProductPolicy":
        """The profile in which one player deviates to `table`, shape [S, A_player].

        Raises:
            BadInput: no such player, or the table is no policy.
        """
        if not 0 <= player < self.players:
            raise BadInput("player", f"given {player}", f"a player from 0 to {self.players - 1}")
        changed = list(self.policies)
        changed[player] = table
        return ProductPolicy(changed)

    def as_float(self) -> "ProductPolicy":
        """The same policy in float64."""
        return ProductPolicy([tables.as_float(a) for a in self.policies])

    def as_exact(self) -> "ProductPolicy":
        """The same policy in Fractions, each float read as the decimal that it prints as.

        Raises:
            BadInput: the decimals of a row do not sum to exactly 1.
        """
        return ProductPolicy([tables.as_exact(a) for a in self.policies])

    def check_fits(self, game: MarkovGame, where: str = "policy") -> None:
        """Checks players, states and actions against a game, and that both are exact or both float.

        Raises:
            BadInput: they differ.
        """
        if (self.num_states, self.num_actions) != (game.num_states, game.num_actions):
            given = f"{self.players} players, {self.num_states} states, actions {self.num_actions}"
            needed = f"{game.players} players, {game.num_states} states, actions {game.num_actions}"
            raise BadInput(where, given, needed)
        if self.is_exact != game.is_exact:
            raise BadInput(
                where,
                "one of game and policy is exact, the other float",
                "as_float() or as_exact() on one of them",
            )

    def __getitem__(self, player: int) -> Array:
        return self.policies[player]

    def __iter__(self) -> Iterator[Array]:
        return iter(self.policies)

    def __len__(self) -> int:
        return len(self.policies)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ProductPolicy)
            and self.num_actions == other.num_actions
            and self.is_exact == other.is_exact
            and all(np.array_equal(a, b) for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash((self.num_actions, self.num_states))

    def __reduce__(self) -> tuple[Any, ...]:
        # Unpickled arrays would be writable: build the policy anew.
        return ProductPolicy, (self.policies,)

    def __repr__(self) -> str:
        if sum(table.size for table in self) > tables.LARGEST_SHOWN:
            kind = "exact" if self.is_exact else "float64"
            size = f"{self.players} players, {self.num_states} states, actions {self.num_actions}"
            return f"<ProductPolicy: {size}, {kind}>"
        return f"ProductPolicy([{', '.join(map(tables.source, self))}])"

    def _repr_html_(self) -> str:
        from .pictures.heat import table_svg

        return table_svg(self)


def check_fits(game: MarkovGame, policy: ProductPolicy, where: str = "policy") -> None:
    """Checks that a user gave a game and a policy, and that they fit.

    Raises:
        BadInput: another kind of value, or sizes or arithmetic that differ.

    Example:
        >>> game = MarkovGame([[["1"]]], [[["1"]]], ["1"], "1/2")
        >>> check_fits(game, ProductPolicy([[["1"]]]))
    """
    if not isinstance(game, MarkovGame):
        raise BadInput("game", f"given a {type(game).__name__}", "a MarkovGame")
    if not isinstance(policy, ProductPolicy):
        needed = "a ProductPolicy, as ProductPolicy(tables)"
        raise BadInput(where, f"given a {type(policy).__name__}", needed)
    policy.check_fits(game, where)
