r"""Values of a profile.

\(V_i^\pi=(I-\gamma P^\pi)^{-1}r_i^\pi\), discounted sums (not normalised).
"""

from collections.abc import Sequence

import numpy as np

from nashgap.theory.errors import BadInput

from .game import MarkovGame
from .linear import average, residual_matrix, solve, times
from .mdp import Mdp
from .numbers import Array, public
from .policy import ProductPolicy, check_fits


def value(game: MarkovGame, policy: ProductPolicy) -> Array:
    r"""The values from the start, \(V_i^\pi(\nu)=\mathbb E\sum_t\gamma^tr_i(s_t,a_t)\), shape [n].

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> value(game, ProductPolicy([[["1/2", "1/2"]]]))
        array([Fraction(5, 1)], dtype=object)
    """
    check_fits(game, policy)
    return public(times(_values(game, policy), game.working.start))


def state_values(game: MarkovGame, policy: ProductPolicy) -> Array:
    r"""\(V_i^\pi(s)\), shape [n, S]."""
    check_fits(game, policy)
    return public(_values(game, policy))


def q_values(game: MarkovGame, policy: ProductPolicy, player: int) -> Array:
    r"""\(Q_i^\pi(s,a_i)\), the opponents averaged out, shape [S, A_i].

    \(Q_i^\pi(s,a_i)=\mathbb E_{a_{-i}\sim\pi_{-i}}[r_i(s,a)+\gamma\sum_tP(t\mid s,a)V_i^\pi(t)]\).
    """
    mdp = induced_mdp(game, policy, player)
    return public(mdp.q(profile_values([mdp], [policy.working[player]])[0]))


def induced_mdp(game: MarkovGame, policy: ProductPolicy, player: int) -> Mdp:
    r"""The problem that `player` faces when the others play \(\pi_{-i}\).

    Raises:
        BadInput: the policy does not fit the game, or there is no such player.
    """
    check_fits(game, policy)
    if not 0 <= player < game.players:
        raise BadInput("player", f"given {player}", f"a player from 0 to {game.players - 1}")
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
    return residual_matrix(state_kernel(game, policy), game.working.discount)


def profile_values(problems: Sequence[Mdp], tables: Sequence[Array]) -> Array:
    r"""\(V_i^\pi\) in working arithmetic, shape [len(problems), S].

    Args:
        problems: what players i face, given the others.
        tables: the policies of the same players in working arithmetic.
    """
    mdp = problems[0]
    matrix = residual_matrix(average(mdp.kernel, tables[0], 1), mdp.gamma)
    both = zip(problems, tables, strict=True)
    rewards = np.stack([average(p.reward, table, 1) for p, table in both], axis=1)
    return solve(matrix, rewards).T


def _values(game: MarkovGame, policy: ProductPolicy) -> Array:
    rewards = np.moveaxis(game.working.rewards, 0, -1)
    for table in reversed(policy.working):
        rewards = average(rewards, table, rewards.ndim - 2)
    return solve(resolvent_matrix(game, policy), rewards).T
