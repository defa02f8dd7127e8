r"""How far learners are from their experts in a batch, each error in [0, 2].

\(\epsilon_{BC,i}=\mathbb E_{s\sim\mu_{\pi^E}}\|\pi_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1\),
\(\epsilon_\mu=\|\mu_\pi-\mu_{\pi^E}\|_1\), \(\epsilon_\rho=\|\rho_\pi-\rho_{\pi^E}\|_1\).
"""

from .arrays import Array, chunks, namespace
from .games import GameBatch
from .occupancy import batch_occupancies, state_occupancies
from .policies import PolicyBatch


def batch_eps_bc_per_player(games: GameBatch, expert: PolicyBatch, learner: PolicyBatch) -> Array:
    r"""\(\epsilon_{BC,i}\) of each player in each game, shape [n, B].

    Raises:
        BadInput: games and policies do not fit each other.
    """
    learner.check_fits(games, "learner")
    xp, mu = namespace(games.transition), state_occupancies(games, expert)
    shifts = [xp.sum(abs(p - e), axis=1) for p, e in zip(learner, expert, strict=True)]
    return xp.stack([xp.sum(mu * shift, axis=0) for shift in shifts])


def batch_eps_bc(games: GameBatch, expert: PolicyBatch, learner: PolicyBatch) -> Array:
    r"""\(\epsilon_{BC}=\max_i\epsilon_{BC,i}\) in each game, shape [B].

    Raises:
        BadInput: games and policies do not fit each other.

    Example:
        >>> import numpy as np
        >>> games = GameBatch(np.ones((1, 2, 1, 1)), np.zeros((1, 1, 2, 1)), np.ones((1, 1)), 0.5)
        >>> expert = PolicyBatch((np.array([[[1.0], [0.0]]]),))
        >>> batch_eps_bc(games, expert, PolicyBatch((np.array([[[0.75], [0.25]]]),))).tolist()
        [0.5]
    """
    return namespace(games.transition).max(batch_eps_bc_per_player(games, expert, learner), axis=0)


def batch_eps_mu(games: GameBatch, expert: PolicyBatch, learner: PolicyBatch) -> Array:
    r"""\(\epsilon_\mu=\|\mu_\pi-\mu_{\pi^E}\|_1\) in each game, shape [B].

    Raises:
        BadInput: games and policies do not fit each other.
    """
    difference = state_occupancies(games, learner) - state_occupancies(games, expert)
    return namespace(difference).sum(abs(difference), axis=0)


def batch_eps_rho(games: GameBatch, expert: PolicyBatch, learner: PolicyBatch) -> Array:
    r"""\(\epsilon_\rho=\|\rho_\pi-\rho_{\pi^E}\|_1\) in each game, shape [B].

    Raises:
        BadInput: games and policies do not fit each other.
    """
    expert.check_fits(games, "expert")
    learner.check_fits(games, "learner")
    xp, found = namespace(games.transition), []
    for cut in chunks(games):
        part = games.part(cut)
        first, second = (batch_occupancies(part, p.part(cut))[1] for p in (learner, expert))
        found.append(xp.sum(abs(first - second), axis=tuple(range(first.ndim - 1))))
    return xp.concat(found)
