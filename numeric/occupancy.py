r"""Normalised occupancies of a profile.

\(\mu_\pi(s)=(1-\gamma)\sum_t\gamma^tP(s_t=s)\) and \(\rho_\pi(s,a)=\mu_\pi(s)\pi(a\mid s)\).
"""

import numpy as np

from .game import MarkovGame
from .linear import solve
from .numbers import Array, public
from .policy import ProductPolicy, check_fits
from .value import resolvent_matrix


def occupancy(game: MarkovGame, policy: ProductPolicy) -> tuple[Array, Array]:
    r"""Both occupancies of a profile.

    Returns:
        \(\mu_\pi\), shape [S], and \(\rho_\pi\), shape [S, A_1, ..., A_n]; each sums to 1.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> mu, rho = occupancy(game, ProductPolicy([[["1/4", "3/4"]]]))
        >>> mu.tolist(), rho.tolist()
        ([Fraction(1, 1)], [[Fraction(1, 4), Fraction(3, 4)]])
    """
    check_fits(game, policy)
    mu = state_occupancy(game, policy)
    return public(mu), public(joint_occupancy(mu, policy))


def state_occupancy(game: MarkovGame, policy: ProductPolicy) -> Array:
    r"""\(\mu_\pi\) in working arithmetic, shape [S]."""
    work = game.working
    mu: Array = (1 - work.discount) * solve(resolvent_matrix(game, policy).T, work.start)
    return mu


def joint_occupancy(mu: Array, policy: ProductPolicy) -> Array:
    r"""\(\rho_\pi\) in working arithmetic, shape [S, A_1, ..., A_n], from \(\mu_\pi\)."""
    rho = mu
    for table in policy.working:
        size = table.shape[0]
        weights = table.reshape((size,) + (1,) * (rho.ndim - 1) + (table.shape[1],))
        rho = rho[..., None] * weights
    return rho


def visited(game: MarkovGame, policy: ProductPolicy) -> frozenset[int]:
    r"""The visited region \(\{s:\mu_\pi(s)>0\}\).

    It follows from the supports alone and is therefore exact in floats too. With \(\gamma=0\) it is
    the support of the start.
    """
    check_fits(game, policy)
    kernel: Array = game.transition > 0
    for table in reversed(policy.policies):
        played = (table > 0).reshape(table.shape[0], *(1,) * (kernel.ndim - 3), table.shape[1], 1)
        kernel = np.any(kernel & played, axis=-2)
    return _closure(kernel, frozenset(np.flatnonzero(game.start > 0).tolist()), game.discount > 0)


def _closure(edges: Array, start: frozenset[int], moves: bool) -> frozenset[int]:
    reached, frontier = set(start), list(start) if moves else []
    while frontier:
        for state in np.flatnonzero(edges[frontier.pop()]).tolist():
            if state not in reached:
                reached.add(state)
                frontier.append(state)
    return frozenset(reached)
