"""A random game while it is being made: its class, its kernel and its rewards, still writable."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import numpy as np

from ..game import MarkovGame
from ..numbers import Array
from ._drawing import draw_distribution, draw_number
from ._ties import Ties

Joint = tuple[int, ...]


@dataclass(frozen=True)
class Shape:
    """Sizes, discount and class of a game that is to be drawn."""

    players: int
    states: int
    actions: tuple[int, ...]
    discount: Fraction
    kinds: frozenset[str]

    def joints(self) -> Iterator[Joint]:
        """All joint actions."""
        return product(*(range(count) for count in self.actions))

    def has(self, *kinds: str) -> bool:
        """Whether the class demands one of these."""
        return any(kind in self.kinds for kind in kinds)


@dataclass
class Draft:
    """Kernel [S, A1, ..., An, S] and rewards [n, S, A1, ..., An] in Fractions, and owners [S]."""

    shape: Shape
    owners: list[int] | None
    kernel: Array
    rewards: Array
    start: list[Fraction]

    def influences(self, player: int, state: int) -> bool:
        """Whether the class lets the player's action matter at the state.

        Equal roles and a single owner together leave nobody an influence.
        """
        if self.owners is None:
            return True
        return self.owners[state] == player and not self.shape.has("symmetric")

    def game(self) -> MarkovGame:
        """The finished game."""
        return MarkovGame(self.kernel, self.rewards, self.start, self.shape.discount)


def draw_draft(rng: Random, shape: Shape) -> Draft:
    """Kernel, rewards and start, of the demanded class."""
    owners = _owners(rng, shape)
    kernel = _kernel(rng, shape, owners)
    rewards = _rewards(rng, shape, owners)
    full = shape.has("full-support")
    start = draw_distribution(rng, shape.states, pure=False, full=full)
    return Draft(shape, owners, kernel, rewards, start)


def successors_allowed(shape: Shape, owners: list[int] | None, state: int) -> list[int]:
    """Where a state may lead: anywhere, or to another owner's states when owners alternate."""
    if owners is None or not shape.has("alternating"):
        return list(range(shape.states))
    return [t for t in range(shape.states) if owners[t] != owners[state]]


def _owners(rng: Random, shape: Shape) -> list[int] | None:
    if not shape.has("turn-based", "alternating"):
        return None
    owners = [rng.randrange(shape.players) for _ in range(shape.states)]
    if shape.has("alternating") and len(set(owners)) == 1:
        owners[rng.randrange(shape.states)] = (owners[0] + 1) % shape.players
    return owners


def _kernel(rng: Random, shape: Shape, owners: list[int] | None) -> Array:
    ties = Ties()
    for s, a in product(range(shape.states), shape.joints()):
        if owners is not None:
            ties.tie((s, a), (s, _only(a, owners[s])))
        if shape.has("symmetric"):
            ties.tie((s, a), (s, a[::-1]))
    pure = shape.has("deterministic")
    rows: dict[Any, list[Fraction]] = {}
    kernel = np.empty((shape.states, *shape.actions, shape.states), dtype=object)
    for s, a in product(range(shape.states), shape.joints()):
        root, _ = ties.find((s, a))
        if root not in rows:
            allowed = successors_allowed(shape, owners, s)
            rows[root] = draw_distribution(rng, shape.states, allowed, pure=pure)
        kernel[(s, *a)] = rows[root]
    return kernel


def _rewards(rng: Random, shape: Shape, owners: list[int] | None) -> Array:
    ties = Ties()
    entries = list(product(range(shape.players), range(shape.states), shape.joints()))
    for i, s, a in entries:
        for other, sign in _tied(shape, owners, i, s, a):
            ties.tie((i, s, a), other, sign)
    drawn: dict[Any, Fraction] = {}
    rewards = np.empty((shape.players, shape.states, *shape.actions), dtype=object)
    for i, s, a in entries:
        drawn.setdefault(ties.find((i, s, a))[0], draw_number(rng))
        rewards[(i, s, *a)] = ties.value((i, s, a), drawn)
    return rewards


def _tied(
    shape: Shape, owners: list[int] | None, i: int, s: int, a: Joint
) -> Iterator[tuple[tuple[int, int, Joint], int]]:
    if shape.has("zero-sum"):
        yield (1 - i, s, a), -1
    if shape.has("common-payoff"):
        yield (0, s, a), 1
    if shape.has("symmetric"):
        yield (1 - i, s, a[::-1]), 1
    if shape.has("state-rewards"):
        yield (i, s, (0,) * len(a)), 1
    if shape.has("own-rewards"):
        yield (i, s, _only(a, i)), 1
    if owners is not None:
        yield (i, s, _only(a, owners[s])), 1


def _only(joint: Joint, player: int) -> Joint:
    """The joint action with everyone else at 0."""
    return tuple(a if i == player else 0 for i, a in enumerate(joint))
