r"""From Nash equilibria to best learners: the reduction that makes m as hard as equilibria.

Given a bimatrix game (A, B) and \(\epsilon\in(0,2]\): state 0 plays it for ever with payoffs scaled
into [-1, 1], state 1 pays nothing for ever, and the start puts \(\epsilon/2\) on state 0. The
expert plays action 0. A learner that agrees with the expert at state 1 has
\(\epsilon_\rho\le2\cdot\epsilon/2\) whatever it does at state 0, and
\(\mathrm{NashGap}=\frac{\epsilon}{2(1-\gamma)}\max_i\mathrm{gap}_i(x,y)\). Since an equilibrium
(x, y) exists, \(m_\rho(\epsilon)=0\), and a learner attains it exactly where it plays an
equilibrium at state 0.
So whoever finds a best learner finds an equilibrium, and that is PPAD-complete. With
\(\epsilon=2\) state 1 is not needed. Source: Bergerault, Cevher, Mehr (2026), Theorem 3 and
Corollary 2 (statement; the construction is ours).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.numbers import exact
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.tables import shape_of
from nashgap.theory.errors import BadInput


@dataclass(frozen=True)
class Reduced:
    r"""An instance of "find a learner of smallest Nash gap within \(\epsilon_\rho\le\epsilon\)"."""

    game: MarkovGame
    expert: ProductPolicy
    eps: Fraction

    def equilibrium(
        self, learner: ProductPolicy
    ) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
        """What the learner plays in the bimatrix game: an equilibrium iff its Nash gap is 0."""
        return tuple(learner[0][0].tolist()), tuple(learner[1][0].tolist())

    def learner(self, first: Any, second: Any) -> ProductPolicy:
        """The learner that plays two mixtures in the bimatrix game and else the expert's policy."""
        tables = [table.copy() for table in self.expert]
        for table, row in zip(tables, (first, second), strict=True):
            table[0] = [exact(x, "mixture") for x in row]
        return ProductPolicy(tables)


def equilibrium_as_learner(
    first: Any, second: Any, *, eps: object = 2, discount: object = "1/2"
) -> Reduced:
    r"""The instance whose best learners are the equilibria of a bimatrix game.

    Args:
        first: A, shape [K, L], any rationals; player 0 gets A[k][l].
        second: B, of the same shape, for player 1.
        eps: \(\epsilon\in(0,2]\).
        discount: \(\gamma\in[0,1)\).

    Raises:
        BadInput: shapes differ or a number is out of range.

    Example:
        >>> made = equilibrium_as_learner([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], eps="1/10")
        >>> half = ["1/2", "1/2"]
        >>> from nashgap.numeric.gaps import nash_gap
        >>> from nashgap.numeric.matching import eps_rho
        >>> learner = made.learner(half, half)
        >>> nash_gap(made.game, learner), eps_rho(made.game, made.expert, learner) <= made.eps
        (Fraction(0, 1), True)
    """
    shape = shape_of(first)
    if len(shape) != 2 or 0 in shape or shape_of(second) != shape:
        given = f"shapes {list(shape)} and {list(shape_of(second))}"
        raise BadInput("payoffs", given, "two tables of one shape [K, L]")
    error = exact(eps, "eps")
    if not 0 < error <= 2:
        raise BadInput("eps", f"given {error}", "a number in (0, 2]")
    states = 1 if error == 2 else 2
    rewards = np.full((2, states, *shape), Fraction(0))
    for i, table in enumerate((first, second)):
        for place in np.ndindex(*shape):
            rewards[(i, 0, *place)] = exact(table[place[0]][place[1]], f"payoffs[{i}]")
    # Dividing by a positive number changes neither equilibria nor which learner is best.
    largest = abs(rewards).max()
    rewards = rewards / max(largest, Fraction(1))
    kernel = np.full((states, *shape, states), Fraction(0))
    for state in range(states):
        kernel[state, ..., state] = Fraction(1)
    start = [Fraction(1)] if states == 1 else [error / 2, 1 - error / 2]
    game = MarkovGame(kernel, rewards, start, exact(discount, "discount"))
    expert = ProductPolicy.pure([[0] * states, [0] * states], shape)
    return Reduced(game, expert, error)
