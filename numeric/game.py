r"""Finite discounted Markov games \(G=(n,S,(A_i),P,(r_i),\gamma,\nu)\).

Kernel \(P(s'\mid s,a)\), rewards \(r_i(s,a)\in[-1,1]\), discount \(\gamma\in[0,1)\), initial
distribution \(\nu\); source: Bergerault, Cevher, Mehr (2026), Section 2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, TypeGuard

import numpy as np

from nashgap.theory.errors import BadInput
from nashgap.theory.shown import Shown

from . import tables
from .numbers import Array, exact, short, working
from .plain import LONGEST_NUMBER, counted
from .whole import WholeGame, whole_game

MOST_PLAYERS = 30

_JOINER = "\u200d"  # within emoji
"""NumPy arrays have a limited number of axes, and a joint action takes one a player."""


class Working(NamedTuple):
    """The arrays that the algorithms compute with: flint rationals or float64."""

    transition: Array
    rewards: Array
    start: Array
    discount: Any


@dataclass(frozen=True, init=False, eq=False)
class MarkovGame(Shown):
    r"""A Markov game, validated and read-only.

    Exact when every entry is an int, a string, a Fraction or a Decimal (arrays of `Fraction`); in
    float64 as soon as one entry is a float.

    Args:
        transition: \(P\), shape [S, A_1, ..., A_n, S]; the last axis sums to 1.
        rewards: \(r_i\), shape [n, S, A_1, ..., A_n], in [-1, 1].
        start: \(\nu\), shape [S], sums to 1.
        discount: \(\gamma\in[0,1)\).
        states: names of the states, optional.
        actions: names of each player's actions, optional.

    Raises:
        BadInput: any entry, shape or range is wrong; the message names the place.

    Example:
        A single state in which the one player chooses between reward 1 and 0:

        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> game.players, game.num_states, game.num_actions, game.is_exact
        (1, 1, (2,), True)
    """

    transition: Array
    rewards: Array
    start: Array
    discount: Fraction | float
    states: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]

    def __init__(
        self,
        transition: Any,
        rewards: Any,
        start: Any,
        discount: Any,
        states: Sequence[str] | None = None,
        actions: Sequence[Sequence[str]] | None = None,
    ) -> None:
        shape = check_shape(rewards)
        arrays = [
            tables.table(transition, (*shape[1:], shape[1]), "transition"),
            tables.table(rewards, shape, "rewards"),
            tables.table(start, shape[1:2], "start"),
        ]
        inexact = isinstance(discount, (float, np.floating))
        if inexact or not all(tables.is_exact(a) for a in arrays):
            arrays = [tables.as_float(a) for a in arrays]
        kernel, reward, first = arrays
        tables.check_rows(kernel, "transition")
        tables.check_rows(first, "start")
        tables.check_entries(reward, abs(reward) > 1, "rewards", "a reward in [-1, 1]")
        gamma = exact(discount, "discount")
        if not (0 <= gamma < 1 and (tables.is_exact(kernel) or float(gamma) < 1)):
            raise BadInput("discount", f"given {short(discount)}", "a number in [0, 1)")
        put = object.__setattr__
        put(self, "transition", kernel)
        put(self, "rewards", reward)
        put(self, "start", first)
        put(self, "discount", gamma if tables.is_exact(kernel) else float(gamma))
        put(self, "states", _names(states, shape[1], "states", "s"))
        put(self, "actions", _action_names(actions, shape[2:]))

    @property
    def players(self) -> int:
        """Number of players n."""
        return int(self.rewards.shape[0])

    @property
    def num_states(self) -> int:
        """Number of states S."""
        return int(self.rewards.shape[1])

    @cached_property
    def num_actions(self) -> tuple[int, ...]:
        """Number of actions of each player, (A_1, ..., A_n)."""
        return tuple(int(k) for k in self.rewards.shape[2:])

    @property
    def is_exact(self) -> bool:
        """Whether the entries are Fractions."""
        return tables.is_exact(self.transition)

    @cached_property
    def working(self) -> Working:
        """The arrays in the arithmetic that the algorithms use."""
        gamma = (
            working(np.array([self.discount], dtype=object))[0] if self.is_exact else self.discount
        )
        return Working(working(self.transition), working(self.rewards), working(self.start), gamma)

    @cached_property
    def whole(self) -> WholeGame | None:
        """The tables of an exact game in whole numbers, where the denominators are short."""
        return whole_game(self.transition, self.rewards, self.start) if self.is_exact else None

    def as_float(self) -> "MarkovGame":
        """The same game in float64."""
        return self._with(tables.as_float, float(self.discount))

    def as_exact(self) -> "MarkovGame":
        """The same game in Fractions, each float read as the decimal that it prints as.

        Raises:
            BadInput: the decimals of a row do not sum to exactly 1.
        """
        return self._with(tables.as_exact, exact(self.discount, "discount"))

    def _with(self, convert: Any, discount: Fraction | float) -> "MarkovGame":
        return MarkovGame(
            convert(self.transition),
            convert(self.rewards),
            convert(self.start),
            discount,
            self.states,
            self.actions,
        )

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, MarkovGame)
            and self.is_exact == other.is_exact
            and self.discount == other.discount
            and np.array_equal(self.start, other.start)
            and np.array_equal(self.rewards, other.rewards)
            and np.array_equal(self.transition, other.transition)
            and (self.states, self.actions) == (other.states, other.actions)
        )

    def __hash__(self) -> int:
        return hash((self.discount, self.num_actions, self.num_states, self.states))

    def __reduce__(self) -> tuple[Any, ...]:
        # Unpickled arrays would be writable: build the game anew.
        arrays = (self.transition, self.rewards, self.start)
        return MarkovGame, (*arrays, self.discount, self.states, self.actions)

    @property
    def summary(self) -> str:
        """Sizes, discount and arithmetic, in a line."""
        size = f"{counted(self.players, 'player')}, {counted(self.num_states, 'state')}"
        discount = str(self.discount)
        if len(discount) > LONGEST_NUMBER:
            discount = f"{discount[:LONGEST_NUMBER]}... ({len(discount)} characters)"
        kind = "exact" if self.is_exact else "float64"
        return f"{size}, actions {self.num_actions}, discount {discount}, {kind}"

    def __repr__(self) -> str:
        if self.transition.size + self.rewards.size > tables.LARGEST_SHOWN:
            return f"<MarkovGame: {self.summary}>"
        arrays = (tables.source(a) for a in (self.transition, self.rewards, self.start))
        gamma = repr(str(self.discount)) if self.is_exact else repr(self.discount)
        named = ""
        if self.states != _names(None, self.num_states, "states", "s"):
            named += f", states={list(self.states)}"
        if self.actions != _action_names(None, self.num_actions):
            named += f", actions={[list(names) for names in self.actions]}"
        return f"MarkovGame({', '.join(arrays)}, {gamma}{named})"

    def __str__(self) -> str:
        from .show import show_game

        return show_game(self)

    def _repr_html_(self) -> str:
        from .pictures import game_html

        return game_html(self)


def check_shape(rewards: Any) -> tuple[int, ...]:
    """The shape [n, S, A_1, ..., A_n] of a reward table, which fixes that of all others.

    Raises:
        BadInput: it is none.
    """
    found = tables.shape_of(rewards)
    if len(found) < 3 or len(found) != found[0] + 2 or 0 in found:
        given = f"a table of shape {list(found)}" if found else f"given {short(rewards)}"
        raise BadInput("rewards", given, "shape [n, S, A_1, ..., A_n] with every size at least 1")
    if found[0] > MOST_PLAYERS:
        raise BadInput("rewards", f"{found[0]} players", f"at most {MOST_PLAYERS}")
    return found


def _names(given: Any, count: int, where: str, letter: str) -> tuple[str, ...]:
    if given is None:
        return tuple(f"{letter}{k}" for k in range(count))
    if not _is_list(given) or not all(isinstance(x, str) for x in given):
        raise BadInput(where, f"given {short(given)}", "a list of strings")
    for k, name in enumerate(given):
        if not name.replace(_JOINER, "").isprintable():
            raise BadInput(f"{where}[{k}]", f"given {name!a}", "a name without control characters")
    if len(given) != count or len(set(given)) != count:
        raise BadInput(where, f"{len(set(given))} distinct names", f"{count} distinct names")
    return tuple(given)


def _action_names(given: Any, counts: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
    if given is None:
        return tuple(tuple(str(k) for k in range(count)) for count in counts)
    if not _is_list(given) or len(given) != len(counts):
        needed = f"one list of names for each of {len(counts)} players"
        raise BadInput("actions", f"given {short(given)}", needed)
    return tuple(
        _names(g, count, f"actions[{i}]", "")
        for i, (g, count) in enumerate(zip(given, counts, strict=True))
    )


def _is_list(given: Any) -> TypeGuard[list[Any] | tuple[Any, ...]]:
    return isinstance(given, (list, tuple))
