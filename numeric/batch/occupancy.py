r"""Normalised occupancies of a batch.

\(\mu_\pi=(1-\gamma)\nu(I-\gamma P^\pi)^{-1}\), \(\rho_\pi(s,a)=\mu_\pi(s)\pi(a\mid s)\).
"""

from .arrays import Array, chunks, namespace
from .elimination import fixed_point
from .games import GameBatch
from .policies import PolicyBatch
from .values import state_kernel


def batch_occupancies(games: GameBatch, policies: PolicyBatch) -> tuple[Array, Array]:
    r"""Both occupancies of each policy in its game.

    Returns:
        \(\mu_\pi\), shape [S, B], and \(\rho_\pi\), shape [S, A_1, ..., A_n, B]; each sums to 1.

    Raises:
        BadInput: games and policies do not fit each other.

    Example:
        >>> import numpy as np
        >>> games = GameBatch(np.ones((1, 2, 1, 1)), np.zeros((1, 1, 2, 1)), np.ones((1, 1)), 0.5)
        >>> mu, rho = batch_occupancies(games, PolicyBatch((np.array([[[0.25], [0.75]]]),)))
        >>> mu.tolist(), rho.tolist()
        ([[1.0]], [[[0.25], [0.75]]])
    """
    mu = state_occupancies(games, policies)
    return mu, joint_occupancies(mu, policies)


def state_occupancies(games: GameBatch, policies: PolicyBatch) -> Array:
    r"""\(\mu_\pi\), shape [S, B].

    The transposed system has the same pivots, and its kernel is non-negative too.
    """
    policies.check_fits(games)
    xp = namespace(games.transition)
    found = []
    for cut in chunks(games):
        part = games.part(cut)
        kernel = part.discount * state_kernel(part, policies.part(cut))
        flow = xp.permute_dims(kernel, (1, 0, 2))
        visits = fixed_point(xp.concat([flow, part.start[:, None, :]], axis=1))
        found.append((1 - part.discount) * visits[:, 0, :])
    return xp.concat(found, axis=-1)


def joint_occupancies(mu: Array, policies: PolicyBatch) -> Array:
    r"""\(\rho_\pi\), shape [S, A_1, ..., A_n, B], from \(\mu_\pi\)."""
    xp, rho = namespace(mu), mu
    for table in policies:
        spread = (table.shape[0], *(1,) * (rho.ndim - 2), *table.shape[1:])
        rho = rho[..., None, :] * xp.reshape(table, spread)
    return rho
