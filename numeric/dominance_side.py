r"""One player's side of a game: the policy in question, and opponents still to be chosen.

Only the states that some joint actions reach from the start are kept. An opponent's row at a state
is a *block*; it is kept only if the action there changes the kernel or the player's reward, and
actions that do the same are merged, so that a profile of the opponents is a point in a product of
simplices.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .game import MarkovGame
from .linear import average, residual_matrix, solve, times
from .mdp import Mdp, optimum
from .numbers import Array
from .policy import ProductPolicy


@dataclass(frozen=True)
class Block:
    """The row of one opponent at one state.

    Attributes:
        opponent: position among the opponents.
        state: position among the kept states.
        actions: one representative of each class of actions that do the same.
    """

    opponent: int
    state: int
    actions: tuple[int, ...]


@dataclass(frozen=True)
class Refutation:
    """Opponents against whom the policy is not a best response from the start.

    Attributes:
        tables: one table [S', A_j] for each opponent, in working arithmetic.
        actions: a pure best response, one action a kept state.
        gain: what it earns more from the start, positive.
    """

    tables: tuple[Array, ...]
    actions: tuple[int, ...]
    gain: Any


@dataclass(frozen=True, eq=False)
class Side:
    r"""The player's problem, opponents open; in working arithmetic.

    Attributes:
        states: the kept states, as numbered in the game.
        opponents: the other players, as numbered in the game.
        reward: \(r_i\), shape [S', A_i, A_j, ...].
        kernel: \(P\), shape [S', A_i, A_j, ..., S'].
        own: \(\pi^E_i\), shape [S', A_i].
        first: \(\nu\), shape [S'].
        gamma: the discount.
    """

    states: tuple[int, ...]
    opponents: tuple[int, ...]
    reward: Array
    kernel: Array
    own: Array
    first: Array
    gamma: Any

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The opponents' rows that matter."""
        found = []
        for opponent in range(len(self.opponents)):
            rewards = np.moveaxis(self.reward, opponent + 2, 1)
            kernels = np.moveaxis(self.kernel, opponent + 2, 1)
            for state in range(len(self.states)):
                actions = _classes(rewards[state], kernels[state])
                if len(actions) > 1:
                    found.append(Block(opponent, state, actions))
        return tuple(found)

    @cached_property
    def on_path(self) -> frozenset[int]:
        """States that the policy itself reaches against some opponents."""
        played = (self.own > 0).reshape(self.own.shape + (1,) * (self.kernel.ndim - 2))
        edges = ((self.kernel > 0) & played).reshape(len(self.states), -1, len(self.states))
        return closure(np.asarray(edges.any(axis=1)), self.first, self.gamma)

    @property
    def uniform(self) -> tuple[Array, ...]:
        """Every opponent uniform."""
        one = self.gamma * 0 + 1
        counts = self.reward.shape[2:]
        return tuple(np.full((len(self.states), k), one / k) for k in counts)

    def tables(self, rows: Sequence[Sequence[Any]]) -> tuple[Array, ...]:
        """Opponents with these weights on the representatives of each block, else on action 0."""
        zero = self.gamma * 0
        found = []
        for count in self.reward.shape[2:]:
            table = np.full((len(self.states), count), zero)
            table[:, 0] = zero + 1
            found.append(table)
        for block, row in zip(self.blocks, rows, strict=True):
            found[block.opponent][block.state] = zero
            for action, weight in zip(block.actions, row, strict=True):
                found[block.opponent][block.state, action] = zero + weight
        return tuple(found)

    def vertices(self) -> Iterator[tuple[Array, ...]]:
        """All deterministic opponents, up to what matters."""
        for chosen in itertools.product(*(range(len(b.actions)) for b in self.blocks)):
            yield self.tables(
                [
                    [int(k == c) for k in range(len(b.actions))]
                    for b, c in zip(self.blocks, chosen, strict=True)
                ]
            )

    def mdp(self, tables: Sequence[Array]) -> Mdp:
        """The player's problem against these opponents."""
        reward, kernel = self.reward, self.kernel
        for table in reversed(tables):
            reward = average(reward, table, reward.ndim - 1)
            kernel = average(kernel, table, kernel.ndim - 2)
        return Mdp(kernel, reward, self.first, self.gamma)

    def refute(self, tables: tuple[Array, ...]) -> Refutation | None:
        """The player's best response where it beats the policy from the start, exactly."""
        mdp = self.mdp(tables)
        best = optimum(mdp)
        kernel, reward = average(mdp.kernel, self.own, 1), average(mdp.reward, self.own, 1)
        values = solve(residual_matrix(kernel, self.gamma), reward)
        gain = times(self.first[None, :], best.state_values - values)[0]
        return Refutation(tables, best.actions, gain) if gain > 0 else None

    def advantages(self, tables: Sequence[Array]) -> Array:
        r"""\(Q(s,a_i)-V(s)\), shape [S', A_i], against these opponents.

        V is the best that a policy earns which agrees with the one in question on its path.
        """
        mdp = self.mdp(tables)
        forced = np.isin(np.arange(len(self.states)), sorted(self.on_path))[:, None]
        kernel = average(mdp.kernel, self.own, 1)[:, None, :]
        reward = average(mdp.reward, self.own, 1)[:, None]
        held = Mdp(
            np.where(forced[:, :, None], kernel, mdp.kernel),
            np.where(forced, reward, mdp.reward),
            mdp.first,
            mdp.gamma,
        )
        values = optimum(held).state_values
        found: Array = mdp.reward + mdp.gamma * times(mdp.kernel, values) - values[:, None]
        return found

    def as_float(self) -> "Side":
        """The same in floats, to guide a search."""
        gamma = float(self.gamma)
        reward, kernel, own = _near(self.reward), _near(self.kernel), _near(self.own)
        return Side(self.states, self.opponents, reward, kernel, own, _near(self.first), gamma)


def side(game: MarkovGame, expert: ProductPolicy, player: int) -> Side:
    """The player's side of an exact game, without the states that nothing reaches."""
    work = game.working
    reward = np.moveaxis(work.rewards[player], player + 1, 1)
    kernel = np.moveaxis(work.transition, player + 1, 1)
    edges = (kernel > 0).reshape(game.num_states, -1, game.num_states).any(axis=1)
    kept = sorted(closure(np.asarray(edges), work.start, work.discount))
    return Side(
        tuple(kept),
        tuple(j for j in range(game.players) if j != player),
        reward[kept],
        kernel[kept][..., kept] if work.discount > 0 else _still(kernel[kept][..., kept]),
        expert.working[player][kept],
        work.start[kept],
        work.discount,
    )


def closure(edges: Array, first: Array, gamma: Any) -> frozenset[int]:
    """States that the edges reach from the start; without a future, the start alone."""
    reached = set(np.flatnonzero(first > 0).tolist())
    frontier = list(reached) if gamma > 0 else []
    while frontier:
        new = set(np.flatnonzero(edges[frontier.pop()]).tolist()) - reached
        reached |= new
        frontier.extend(new)
    return frozenset(reached)


def _still(kernel: Array) -> Array:
    """With discount 0 no successor matters: every state stays, which merges equal actions."""
    still: Array = 0 * kernel
    for state in range(kernel.shape[0]):
        still[state, ..., state] += 1
    return still


def _classes(rewards: Array, kernels: Array) -> tuple[int, ...]:
    found: list[int] = []
    for action in range(rewards.shape[0]):
        if not any(
            np.array_equal(rewards[action], rewards[k])
            and np.array_equal(kernels[action], kernels[k])
            for k in found
        ):
            found.append(action)
    return tuple(found)


def _near(array: Array) -> Array:
    return np.array([float(x) for x in array.ravel().tolist()]).reshape(array.shape)
