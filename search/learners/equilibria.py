r"""The nearest Nash equilibrium of a bimatrix game: where m becomes 0, exactly.

For sets I of actions of player 0 and J of player 1 let \(X_{IJ}\) be the mixtures of I against
which all of J is optimal, and \(Y_{IJ}\) the mixtures of J against which all of I is optimal. Both
are polytopes, and the equilibria are the union of the \(X_{IJ}\times Y_{IJ}\) (take for I and J the
supports), in degenerate games too. Since the cloning error is a maximum over players, the smallest
one at which an equilibrium is within reach is
\(\min_{I,J}\max\{d(e_0,X_{IJ}),d(e_1,Y_{IJ})\}\), two linear programs for each of
\((2^{A_0}-1)(2^{A_1}-1)\) pairs.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.modulus.simplex import maximise
from nashgap.numeric.policy import ProductPolicy

Row = tuple[Fraction, ...]
MOST_PAIRS = 1024
"""Pairs of supports above which equilibria are not enumerated."""


@dataclass(frozen=True)
class Nearest:
    r"""An equilibrium of least cloning error, and that error."""

    equilibrium: ProductPolicy
    error: Fraction


def enumerable(game: MarkovGame) -> bool:
    """Whether the game has one state, two players and few enough pairs of supports."""
    small = game.num_states == 1 and game.players == 2
    return small and 2 ** sum(game.num_actions) <= MOST_PAIRS


def nearest_equilibrium(game: MarkovGame, expert: ProductPolicy) -> Nearest:
    r"""The equilibrium of an enumerable game that is closest in cloning error.

    The function \(m_{BC}(\epsilon)\) is 0 exactly from this error on.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> made = catalogue()["matching-pennies"].build()
        >>> nearest_equilibrium(made.game, made.learner).error
        Fraction(1, 10)
    """
    mine, other = (tuple(table[0].tolist()) for table in expert)
    # Columns: what each action of one player earns against each of the other's.
    zero = tuple(tuple(row) for row in game.rewards[0][0].tolist())
    one = tuple(tuple(row) for row in game.rewards[1][0].T.tolist())
    best: tuple[Fraction, Row, Row] | None = None
    for rows, columns in itertools.product(_subsets(len(mine)), _subsets(len(other))):
        if best is not None and max(_off(mine, rows), _off(other, columns)) >= best[0]:
            continue
        x = _closest(mine, rows, one, columns)
        if x is None or (best is not None and x[0] >= best[0]):
            continue
        y = _closest(other, columns, zero, rows)
        if y is not None and (best is None or max(x[0], y[0]) < best[0]):
            best = max(x[0], y[0]), x[1], y[1]
    if best is None:  # pragma: no cover - Nash's theorem
        raise ArithmeticError("a finite game without an equilibrium")
    return Nearest(ProductPolicy([[best[1]], [best[2]]]), best[0])


def _subsets(size: int) -> Iterator[tuple[int, ...]]:
    for count in range(1, size + 1):
        yield from itertools.combinations(range(size), count)


def _off(centre: Row, support: tuple[int, ...]) -> Fraction:
    """A lower bound on the distance to mixtures of the support."""
    return 2 * sum((x for k, x in enumerate(centre) if k not in support), Fraction(0))


def _closest(
    centre: Row, support: tuple[int, ...], payoff: tuple[Row, ...], optimal: tuple[int, ...]
) -> tuple[Fraction, Row] | None:
    """The mixture of `support` nearest to `centre` that makes all of `optimal` optimal."""
    # p = e - x + y on the support, 0 <= x <= e, y >= 0; off the support x = e.
    size, zero, one = len(support), Fraction(0), Fraction(1)
    inside = [centre[k] for k in support]
    lost = 1 - sum(inside, zero)
    rows: list[list[Fraction]] = []
    bounds: list[Fraction] = []

    def add(lead: list[Fraction], most: Fraction) -> None:
        """Asks for lead . p <= most, in x and y."""
        rows.append([*(-c for c in lead), *lead])
        bounds.append(most - sum((c * e for c, e in zip(lead, inside, strict=True)), zero))

    head = optimal[0]
    for k in range(len(payoff)):
        lead = [payoff[k][m] - payoff[head][m] for m in support]
        if k != head:
            add(lead, zero)
        if k != head and k in optimal:
            add([-c for c in lead], zero)
    add([one] * size, one)
    add([-one] * size, -one)
    for k in range(size):
        rows.append([*(Fraction(int(j == k)) for j in range(size)), *([zero] * size)])
        bounds.append(inside[k])
    found = maximise([-one] * (2 * size), rows, bounds)
    if found is None:
        return None
    point = [zero] * len(centre)
    for k, e, x, y in zip(support, inside, found[1][:size], found[1][size:], strict=True):
        point[k] = e - x + y
    return lost - found[0], tuple(point)
