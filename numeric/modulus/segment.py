r"""What happens just beyond a point of a segment of opponents' policies, exactly.

Let \(p_\lambda=p_0+\lambda(p_1-p_0)\), b a best response of i to \(p_1\), and
\(D(\lambda)=\det(I-\gamma P^{b,p_\lambda})>0\). With k_s the number of opponents who vary at s,
\(f_{s,a}(\lambda)=D(\lambda)\,(Q^{b,p_\lambda}(s,a)-V^{b,p_\lambda}(s))\) is a polynomial of degree
at most \(\sum_sk_s+\max_sk_s\), fixed by its values at that many points and one. Its first
coefficient that is not 0 gives its sign for all small \(\lambda>0\). If no sign is positive and the
identically zero ones are exactly the actions that are optimal against \(p_1\), the optimal actions
and the supports, hence the shift, are for all small \(\lambda>0\) what they are at \(\lambda=1\).
"""

from fractions import Fraction

import numpy as np

from ..game import MarkovGame
from ..linear import residual_matrix, solve
from ..mdp import optimum
from ..policy import ProductPolicy
from ..value import induced_mdp


def between(first: ProductPolicy, second: ProductPolicy, part: Fraction) -> ProductPolicy:
    """The profile at `part` of the way from `first` to `second`."""
    return ProductPolicy([a + part * (b - a) for a, b in zip(first, second, strict=True)])


def same_beyond(game: MarkovGame, player: int, limit: ProductPolicy, inside: ProductPolicy) -> bool:
    r"""Whether the shift against \(p_\lambda\) is proved equal to that at \(\lambda=1\).

    Args:
        game: an exact game.
        player: i.
        limit: \(p_0\).
        inside: \(p_1\).

    Returns:
        True if it is, for all small \(\lambda>0\); False says nothing.
    """
    from flint import fmpq, fmpq_mat

    degree = _degree(game, player, limit, inside)
    found = optimum(induced_mdp(game, inside, player))
    wanted = found.q == found.state_values[:, None]
    rows = np.arange(game.num_states)
    actions = np.array(found.actions)
    values = []
    for k in range(degree + 1):
        at = between(limit, inside, Fraction(k, max(degree, 1)))
        mdp = induced_mdp(game, at, player)
        matrix = residual_matrix(mdp.kernel[rows, actions], mdp.gamma)
        states = solve(matrix, mdp.reward[rows, actions])
        size = game.num_states
        det = fmpq_mat(size, size, matrix.ravel().tolist()).det()
        values.append(((mdp.q(states) - states[:, None]) * det).ravel().tolist())
    nodes = [fmpq(k, max(degree, 1)) for k in range(degree + 1)]
    powers = fmpq_mat(degree + 1, degree + 1, [x**m for x in nodes for m in range(degree + 1)])
    columns = len(values[0])
    solved = powers.solve(fmpq_mat(degree + 1, columns, [x for row in values for x in row]))
    for column, optimal in enumerate(wanted.ravel().tolist()):
        lead = next((c for m in range(degree + 1) if (c := solved[m, column]) != 0), None)
        if (lead is None) != optimal or (lead is not None and lead > 0):
            return False
    return True


def _degree(game: MarkovGame, player: int, limit: ProductPolicy, inside: ProductPolicy) -> int:
    varied = [
        sum(bool(np.any(limit[j][s] != inside[j][s])) for j in range(game.players) if j != player)
        for s in range(game.num_states)
    ]
    return sum(varied) + max(varied)
