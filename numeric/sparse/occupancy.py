r"""State occupancy \(\mu_\pi\) on a sparse game, with a proven \(\ell_1\) error.

\(\mu=(1-\gamma)\nu+\gamma P_\pi^\top\mu\). For any \(x\), with \(F(x)=(1-\gamma)\nu+\gamma
P_\pi^\top x\), \(\|x-\mu\|_1\le\|F(x)-x\|_1/(1-\gamma)\), since \(\|P_\pi^\top y\|_1\le\|y\|_1\).
"""

import math
from dataclasses import dataclass

import numpy as np

from ..numbers import Array, frozen
from ..policy import ProductPolicy
from .enclosure import TINY, UNIT, relative_error
from .game import SparseGame
from .mdp import gap_to_one, induced_mdp
from .solving import fixed_point
from .value import ACCURACY


@dataclass(frozen=True, eq=False)
class SparseOccupancy:
    r"""\(\mu_\pi\), shape [S], and a proven bound on \(\|\hat\mu-\mu_\pi\|_1\)."""

    states: Array
    error: float


def occupancy(
    game: SparseGame, policy: ProductPolicy, *, accuracy: float = ACCURACY
) -> SparseOccupancy:
    r"""\(\mu_\pi(s)=(1-\gamma)\sum_t\gamma^t\Pr(s_t=s)\).

    Raises:
        BadInput: the policy does not fit.

    Example:
        >>> from nashgap.numeric.game import MarkovGame
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "9/10")
        >>> found = occupancy(SparseGame.from_markov_game(game), ProductPolicy([[[0.5, 0.5]]]))
        >>> abs(found.states[0] - 1) <= found.error < 1e-9
        True
    """
    from scipy.sparse import csr_array

    chain = induced_mdp(game, policy, None)
    backwards = csr_array(chain.kernel.T)
    right = (1 - game.discount) * game.start
    tolerance = accuracy * gap_to_one(game.discount) / (4 * game.num_states)
    found = fixed_point(backwards, game.discount, right, np.array(game.start), tolerance)
    residual = right + game.discount * (backwards @ found) - found
    left = math.fsum(np.abs(residual).tolist()) * (1 + 4 * UNIT)
    mass = math.fsum(np.abs(found).tolist()) * (1 + 4 * UNIT)
    longest = int(np.diff(backwards.indptr).max(initial=0))
    relative = relative_error(chain.roundings + longest + 8, chain.inherited + game.start_error)
    # The rounded 1 - gamma is off by u against 1 - gamma itself, which the last term pays.
    rounding = 1.01 * relative * (1 + 2 * mass) + 8 * UNIT + TINY * game.num_states
    error = (left + rounding) / gap_to_one(game.discount) * (1 + 8 * UNIT)
    return SparseOccupancy(frozen(found), error)
