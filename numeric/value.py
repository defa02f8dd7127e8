r"""Values of a profile: \(V_i^\pi=(I-\gamma P^\pi)^{-1}r_i^\pi\), discounted sums (not normalised)."""

import numpy as np

from .game import MarkovGame
from .linear import average, solve, times
from .mdp import Mdp
from .numbers import Array, public
from .policy import ProductPolicy


def value(game: MarkovGame, policy: ProductPolicy) -> Array:
    r"""The value \(V_i^\pi(\nu)=\mathbb E\sum_t\gamma^tr_i\) of each player from the start, shape [n].

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> value(game, ProductPolicy([[["1/2", "1/2"]]]))
        array([Fraction(5, 1)], dtype=object)
    """
    policy.check_fits(game)
    return public(times(_values(game, policy), game.working.start))


def state_values(game: MarkovGame, policy: ProductPolicy) -> Array:
    r"""\(V_i^\pi(s)\), shape [n, S]."""
    policy.check_fits(game)
    return public(_values(game, policy))


def q_values(game: MarkovGame, policy: ProductPolicy, player: int) -> Array:
    r"""\(Q_i^\pi(s,a_i)=\mathbb E_{a_{-i}\sim\pi_{-i}}[r_i+\gamma\sum_tP(t\mid s,a)V_i^\pi(t)]\), [S, A_i]."""
    policy.check_fits(game)
    mdp = induced_mdp(game, policy, player)
    return public(mdp.reward + mdp.gamma * times(mdp.kernel, _values(game, policy)[player]))


def induced_mdp(game: MarkovGame, policy: ProductPolicy, player: int) -> Mdp:
    r"""The problem that `player` faces when the others play \(\pi_{-i}\)."""
    policy.check_fits(game)
    work, tables = game.working, policy.working
    kernel, reward = work.transition, work.rewards[player]
    for j in reversed(range(game.players)):
        if j != player:
            kernel = average(kernel, tables[j], j + 1)
            reward = average(reward, tables[j], j + 1)
    return Mdp(kernel, reward, work.start, work.discount)


def state_kernel(game: MarkovGame, policy: ProductPolicy) -> Array:
    r"""\(P^\pi(t\mid s)\) in working arithmetic, shape [S, S]."""
    kernel = game.working.transition
    for table in reversed(policy.working):
        kernel = average(kernel, table, kernel.ndim - 2)
    return kernel


def resolvent_matrix(game: MarkovGame, policy: ProductPolicy) -> Array:
    r"""\(I-\gamma P^\pi\) in working arithmetic, shape [S, S]."""
    size = game.num_states
    identity = np.eye(size, dtype=int) if game.is_exact else np.eye(size)
    return identity - game.working.discount * state_kernel(game, policy)


def _values(game: MarkovGame, policy: ProductPolicy) -> Array:
    rewards = np.moveaxis(game.working.rewards, 0, -1)
    for table in reversed(policy.working):
        rewards = average(rewards, table, rewards.ndim - 2)
    return solve(resolvent_matrix(game, policy), rewards).T
