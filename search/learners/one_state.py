r"""M of a one-state game for cloning errors, exactly.

With one state \(\mathrm{gap}_i(p)=\max_a[u_i(a,p_{-i})-u_i(p)]/(1-\gamma)\), and for each a the
bracket is affine in every \(p_j\) separately. For \(\epsilon_{BC}\) the \(p_j\) range over
independent polytopes \(\Delta\cap\{\|p_j-e_j\|_1\le\epsilon\}\), so the maximum lies at a product
of their vertices: move one \(p_j\) after the other to a vertex. A vertex takes mass
\(h=\epsilon/2\) to one action, from some actions all they have and from one more the rest; or it
is a pure action within the error. A pure \(e_j\) has A of them, so M is polynomial for pure
experts; a mixed one has up to \(A\,2^{A-1}(A-1)\), polynomial for a fixed number of actions. For
\(\epsilon_\mu\), which is 0 whatever the learner does, the vertices are the pure actions.
"""

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.linear import times
from nashgap.numeric.modulus.region import Row, pure_row
from nashgap.numeric.numbers import working
from nashgap.numeric.policy import ProductPolicy

from .result import Error, Extreme

MOST_PRODUCTS = 2_000_000
"""Products of vertices above which the exact route is not taken."""


def ball_vertices(expert: Row, half: Fraction) -> list[Row]:
    r"""The vertices of \(\Delta\cap\{\|p-e\|_1\le2h\}\).

    Args:
        expert: e.
        half: h in [0, 1].

    Example:
        >>> F = Fraction
        >>> [tuple(map(str, row)) for row in ball_vertices((F(1), F(0), F(0)), F(1, 4))]
        [('1', '0', '0'), ('3/4', '1/4', '0'), ('3/4', '0', '1/4')]
    """
    found: dict[Row, None] = {}
    for place in families(expert):
        if place.first <= half <= place.last:
            found[place.at(half)] = None
    return list(found)


@dataclass(frozen=True)
class Family:
    """A vertex as an affine function of h, where it is one: `constant + h * slope`.

    Attributes:
        first: the least h. last: the greatest.
        constant: at h = 0.
        slope: by h.
    """

    first: Fraction
    last: Fraction
    constant: Row
    slope: Row

    def at(self, half: Fraction) -> Row:
        """The vertex for one h."""
        return tuple(c + half * s for c, s in zip(self.constant, self.slope, strict=True))


def families(expert: Row) -> list[Family]:
    """All vertices of the balls around e, by the range of h in which they are vertices."""
    size, zero, one = len(expert), Fraction(0), Fraction(1)
    found = []
    for target in range(size):
        found.append(Family(1 - expert[target], one, pure_row(target, size), (zero,) * size))
        donors = [k for k in range(size) if k != target and expert[k] > 0]
        for last in donors:
            others = [k for k in donors if k != last]
            for count in range(len(others) + 1):
                for emptied in itertools.combinations(others, count):
                    taken = sum((expert[k] for k in emptied), zero)
                    constant = [zero if k in emptied else x for k, x in enumerate(expert)]
                    constant[last] += taken
                    slope = [zero] * size
                    slope[target], slope[last] = one, -one
                    end = taken + expert[last]
                    found.append(Family(taken, end, tuple(constant), tuple(slope)))
    return found


def rows_within(expert: ProductPolicy, eps: Fraction, error: Error) -> list[list[Row]]:
    """The vertices of each player's policies within the error (cloning or state occupancy)."""
    half = eps / 2 if error == "bc" else Fraction(1)
    return [ball_vertices(tuple(table[0].tolist()), half) for table in expert]


def fits(game: MarkovGame, expert: ProductPolicy, error: Error) -> bool:
    """Whether M is found by vertices: one state, no occupancy of pairs, few enough products."""
    if game.num_states != 1 or error == "rho":
        return False
    if error == "mu":
        return math.prod(game.num_actions) <= MOST_PRODUCTS
    supports = [int((table > 0).sum()) for table in expert]
    # A target, a last donor, any set of other donors; or a pure action.
    counts = [
        k + k * m * 2 ** max(m - 1, 0) for k, m in zip(game.num_actions, supports, strict=True)
    ]
    return bool(math.prod(counts) <= MOST_PRODUCTS)


def largest_by_vertices(
    game: MarkovGame, expert: ProductPolicy, eps: Fraction, error: Error
) -> Extreme:
    r"""\(M(\epsilon)\) over products of vertices."""
    rows = rows_within(expert, eps, error)
    matrices = [working(np.array(part, dtype=object)) for part in rows]
    best: tuple[Any, tuple[int, ...]] | None = None
    for i in range(game.players):
        payoff = game.working.rewards[i][0]
        for a in range(game.num_actions[i]):
            gain = np.take(payoff, [a], axis=i) - payoff
            for j, matrix in enumerate(matrices):
                gain = np.moveaxis(_product(matrix, np.moveaxis(gain, j, 0)), 0, j)
            place = np.unravel_index(int(gain.argmax()), gain.shape)
            if best is None or gain[place] > best[0]:
                best = gain[place], tuple(int(k) for k in place)
    if best is None:  # pragma: no cover - every game has a player with an action
        raise ArithmeticError("a game without actions")
    learner = ProductPolicy([[part[k]] for part, k in zip(rows, best[1], strict=True)])
    gap = Fraction(nash_gap(game, learner))
    return Extreme("largest", error, eps, gap, gap, learner, "vertices of the policies' balls")


def _product(matrix: Any, tensor: Any) -> Any:
    flat = tensor.reshape(tensor.shape[0], -1)
    columns = [times(matrix, flat[:, k]) for k in range(flat.shape[1])]
    return np.stack(columns, axis=1).reshape(len(matrix), *tensor.shape[1:])
