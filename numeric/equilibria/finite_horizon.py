r"""Equilibria of the game played for H steps, by backward induction, in rationals.

With \(V^H=0\) and t = H-1, ..., 0: at each state the players are in the one-shot game
\(r_i(s,a)+\gamma\sum_uP(u\mid s,a)V_i^{t+1}(u)\); one of its equilibria is played at (t, s) and
gives \(V_i^t(s)\). The result is subgame perfect. With two players every stage equilibrium is
exact; with more a pure one is taken where there is one, else a mixed one whose small gap shows in
the total.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..linear import average, times
from ..numbers import Array, filled, public, public_number, working
from ..policy import ProductPolicy
from .bimatrix import bimatrix_equilibria
from .general_sum import general_sum
from .team import check_exact


@dataclass(frozen=True)
class FiniteHorizonEquilibrium:
    """A policy for every step, with its exact values and gap.

    Attributes:
        policies: the stationary profile used at step t, for t = 0, ..., H-1.
        values: each player's value from the start.
        gap: the most that one player gains from the start by any other plan for the H steps.
        method: how it was found.
    """

    policies: tuple[ProductPolicy, ...]
    values: tuple[Fraction, ...]
    gap: Fraction
    method: str

    @property
    def exact(self) -> bool:
        """Whether it is an equilibrium, not only near one."""
        return self.gap == 0


def finite_horizon(game: MarkovGame, horizon: int) -> FiniteHorizonEquilibrium:
    """An equilibrium of the game stopped after `horizon` steps.

    Args:
        game: an exact game; its discount applies within the horizon.
        horizon: H, at least 1.

    Raises:
        BadInput: a float game, or a horizon below 1.

    Example:
        >>> game = MarkovGame([[[["1"]] * 2] * 2], [[[["1", "-1"], ["-1", "0"]]],
        ...                   [[["-1", "1"], ["1", "0"]]]], ["1"], "1/2")
        >>> found = finite_horizon(game, 2)
        >>> found.exact, found.values[0]
        (True, Fraction(-1, 2))
    """
    check_exact(game)
    if not isinstance(horizon, int) or horizon < 1:
        raise BadInput("horizon", f"given {horizon!r}", "a whole number, at least 1")
    values = [_nought(game) for _ in range(game.players)]
    policies: list[ProductPolicy] = []
    for _ in range(horizon):
        stages = [_stage(game, i, v) for i, v in enumerate(values)]
        chosen = [_equilibrium([g[s] for g in stages]) for s in range(game.num_states)]
        tables = [[state[i] for state in chosen] for i in range(game.players)]
        policies.append(ProductPolicy(tables))
        values = [_mean(stage, policies[-1]) for stage in stages]
    policies.reverse()
    start = [public_number(times(game.working.start[None], v)[0]) for v in values]
    best = [_best(game, policies, i) for i in range(game.players)]
    gap = max(b - v for b, v in zip(best, start, strict=True))
    method = "backward induction with equilibria of the stage games"
    return FiniteHorizonEquilibrium(tuple(policies), tuple(start), gap, method)


def _nought(game: MarkovGame) -> Array:
    return working(filled([Fraction(0)] * game.num_states, (game.num_states,)))


def _stage(game: MarkovGame, player: int, values: Array) -> Array:
    """Payoffs of the one-shot games, [S, A_1, ..., A_n], in working arithmetic."""
    work = game.working
    paid: Array = work.rewards[player] + work.discount * times(work.transition, values)
    return paid


def _mean(stage: Array, policy: ProductPolicy) -> Array:
    for j in reversed(range(policy.players)):
        stage = average(stage, policy.working[j], j + 1)
    return stage


def _best(game: MarkovGame, policies: list[ProductPolicy], player: int) -> Fraction:
    values = _nought(game)
    for policy in reversed(policies):
        stage = _stage(game, player, values)
        for j in reversed(range(game.players)):
            if j != player:
                stage = average(stage, policy.working[j], j + 1)
        values = stage.max(axis=1)
    best: Fraction = public_number(times(game.working.start[None], values)[0])
    return best


def _equilibrium(payoffs: list[Array]) -> list[Any]:
    """One strategy a player in a one-shot game with a payoff table [A_1, ..., A_n] each."""
    pure = _pure(payoffs)
    if pure is not None:
        return pure
    if len(payoffs) == 2:
        return list(bimatrix_equilibria(public(payoffs[0]), public(payoffs[1]))[0])
    # A shift and a positive factor for each player put the payoffs into [-1, 1].
    scaled = [p / max(1, *(abs(x) for x in p.ravel().tolist())) for p in payoffs]
    counts = payoffs[0].shape
    kernel = np.ones((1, *counts, 1), dtype=int)
    shot = MarkovGame(kernel, public(np.stack(scaled)[:, None]), [1], 0)
    return [table[0].tolist() for table in general_sum(shot).policy]


def _pure(payoffs: list[Array]) -> list[Any] | None:
    counts = payoffs[0].shape
    # The most that each player can get against the others' part of a joint action.
    tops = [p.max(axis=i, keepdims=True) for i, p in enumerate(payoffs)]
    stable = np.all([p == top for p, top in zip(payoffs, tops, strict=True)], axis=0)
    for joint in product(*(range(k) for k in counts)):
        if stable[joint]:
            return [[int(b == a) for b in range(k)] for a, k in zip(joint, counts, strict=True)]
    return None
