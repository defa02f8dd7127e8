r"""How far a learner is from its expert: BC error and occupancy errors, each in [0, 2].

\(\epsilon_{BC,i}=\mathbb E_{s\sim\mu_{\pi^E}}\|\pi_i(\cdot\mid s)-\pi_i^E(\cdot\mid s)\|_1\),
\(\epsilon_\mu=\|\mu_\pi-\mu_{\pi^E}\|_1\), \(\epsilon_\rho=\|\rho_\pi-\rho_{\pi^E}\|_1\).
"""

from fractions import Fraction

import numpy as np

from .game import MarkovGame
from .numbers import Array
from .occupancy import occupancy
from .policy import ProductPolicy, check_fits


def eps_bc_per_player(game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy) -> Array:
    r"""\(\epsilon_{BC,i}\) of each player, shape [n], in [0, 2]."""
    check_fits(game, learner, "learner")
    mu, _ = occupancy(game, expert)
    rows = [abs(p - e).sum(axis=1) for p, e in zip(learner, expert, strict=True)]
    return np.array([mu @ row for row in rows], dtype=mu.dtype)


def eps_bc(game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy) -> Fraction | float:
    r"""\(\epsilon_{BC}=\max_i\epsilon_{BC,i}\), in [0, 2].

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> eps_bc(game, ProductPolicy([[["1", "0"]]]), ProductPolicy([[["3/4", "1/4"]]]))
        Fraction(1, 2)
    """
    errors: list[Fraction | float] = eps_bc_per_player(game, expert, learner).tolist()
    return max(errors)


def eps_mu(game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy) -> Fraction | float:
    r"""\(\epsilon_\mu=\|\mu_\pi-\mu_{\pi^E}\|_1\), in [0, 2]."""
    return _distance(occupancy(game, learner)[0], occupancy(game, expert)[0])


def eps_rho(game: MarkovGame, expert: ProductPolicy, learner: ProductPolicy) -> Fraction | float:
    r"""\(\epsilon_\rho=\|\rho_\pi-\rho_{\pi^E}\|_1\), in [0, 2]."""
    return _distance(occupancy(game, learner)[1], occupancy(game, expert)[1])


def _distance(first: Array, second: Array) -> Fraction | float:
    total: Fraction | float = abs(first - second).sum()
    return total if isinstance(total, Fraction) else float(total)
