r"""Policies within an error of the expert, cut into boxes.

A region holds the product policies with \(l_j(s,a)\le p_j(a\mid s)\le u_j(s,a)\) and
\(\mathbb E_{s\sim\mu_{\pi^E}}\|p_j(\cdot\mid s)-e_j(\cdot\mid s)\|_1\le\epsilon\) for every player
j. The error couples the states. Row by row it leaves
\(\mu_{\pi^E}(s)\|p_j(s)-e_j(s)\|_1\le\epsilon-\sum_{t\ne s}\mu_{\pi^E}(t)\,d_j(t)\), where
\(d_j(t)\) is the distance of \(e_j(t)\) from its box: a product of polytopes, one for each row,
which contains the region. Their vertices are what the bounds are computed from.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ..game import MarkovGame
from ..occupancy import occupancy
from ..policy import ProductPolicy

Row = tuple[Fraction, ...]
Table = tuple[Row, ...]
ZERO, ONE, TWO = Fraction(0), Fraction(1), Fraction(2)


def pure_row(action: int, size: int) -> Row:
    """The row that plays one action of so many."""
    return tuple(ONE if k == action else ZERO for k in range(size))


def row_vertices(expert: Row, low: Row, high: Row, reach: Fraction) -> list[Row]:
    r"""Points whose convex hull is \(\{p\in\Delta:l\le p\le u,\ \|p-e\|_1\le\mathrm{reach}\}\).

    Cut where each coordinate passes that of e, the set falls into cells in which the norm is
    linear. At a vertex of a cell all coordinates but two lie on l, e or u: all but one when the sum
    alone fixes the rest, all but one above and one below e when the norm is tight too. All such
    points are listed, each of them feasible; some may lie inside the hull.

    Example:
        >>> half = (Fraction(1, 2), Fraction(1, 2))
        >>> found = row_vertices(half, (ZERO, ZERO), (ONE, ONE), Fraction(1, 5))
        >>> sorted((str(p), str(q)) for p, q in found)
        [('2/5', '3/5'), ('3/5', '2/5')]
    """
    size, half = len(expert), reach / 2
    if size == 2:
        least = max(low[0], 1 - high[1], expert[0] - half)
        most = min(high[0], 1 - low[1], expert[0] + half)
        return [(x, 1 - x) for x in dict.fromkeys((least, most))] if least <= most else []
    marks: list[list[Fraction]] = [
        list(dict.fromkeys((lo, hi, e) if lo < e < hi else (lo, hi)))
        for lo, e, hi in zip(low, expert, high, strict=True)
    ]
    found: dict[Row, None] = {}

    def keep(row: list[Fraction]) -> None:
        inside = all(lo <= x <= hi for lo, x, hi in zip(low, row, high, strict=True))
        if inside and sum(max(x - e, ZERO) for x, e in zip(row, expert, strict=True)) <= half:
            found[tuple(row)] = None

    for free in range(size):
        rest = [k for k in range(size) if k != free]
        for values in itertools.product(*(marks[k] for k in rest)):
            row = [ZERO] * size
            for k, x in zip(rest, values, strict=True):
                row[k] = x
            row[free] = 1 - sum(values, ZERO)
            keep(row)
    for up, down in itertools.permutations(range(size), 2):
        rest = [k for k in range(size) if k not in (up, down)]
        for values in itertools.product(*(marks[k] for k in rest)):
            row = list(expert)
            for k, x in zip(rest, values, strict=True):
                row[k] = x
            gain = sum((max(row[k] - expert[k], ZERO) for k in rest), ZERO)
            loss = sum((max(expert[k] - row[k], ZERO) for k in rest), ZERO)
            row[up] += half - gain
            row[down] -= half - loss
            if gain <= half and loss <= half:
                keep(row)
    return list(found)


@dataclass(frozen=True)
class Region:
    r"""A box of policies within \(\epsilon\) of the expert.

    Attributes:
        expert: n tables [S][A_i].
        weights: \(\mu_{\pi^E}\), length S.
        eps: \(\epsilon\) for each player; 2 or more leaves a player free.
        low: lower corners, as `expert`. high: upper corners.
        apart: \(d_j(s)\), n lists of length S.
    """

    expert: tuple[Table, ...]
    weights: Row
    eps: Row
    low: tuple[Table, ...]
    high: tuple[Table, ...]
    apart: tuple[Row, ...] = field(repr=False)

    @staticmethod
    def around(game: MarkovGame, expert: ProductPolicy, eps: Sequence[Fraction]) -> "Region":
        """All product policies within `eps[j]` of the expert."""
        tables = tuple(tuple(tuple(row) for row in table.tolist()) for table in expert)
        low = tuple(tuple((ZERO,) * len(row) for row in table) for table in tables)
        high = tuple(tuple((ONE,) * len(row) for row in table) for table in tables)
        apart = tuple((ZERO,) * game.num_states for _ in tables)
        weights = tuple(occupancy(game, expert)[0].tolist())
        return Region(tables, weights, tuple(eps), low, high, apart)

    def reach(self, player: int, state: int) -> Fraction:
        r"""The largest \(\|p_j(s)-e_j(s)\|_1\) that the error leaves, negative if none is."""
        if self.eps[player] >= 2:
            return TWO
        both = zip(self.weights, self.apart[player], strict=True)
        spent = sum((w * d for w, d in both), ZERO) - (
            self.weights[state] * self.apart[player][state]
        )
        left = self.eps[player] - spent
        if left < 0:
            return left
        weight = self.weights[state]
        return min(TWO, left / weight) if weight > 0 else TWO

    def vertices(self, player: int, state: int) -> list[Row]:
        """The vertices of one row's polytope; none where it is empty."""
        row = self.expert[player][state]
        reach = self.reach(player, state)
        return row_vertices(row, self.low[player][state], self.high[player][state], reach)

    def halves(self, player: int, state: int, action: int, at: Fraction) -> list["Region"]:
        r"""The two regions with \(p_j(a\mid s)\) up to `at` and from `at` on."""
        return [
            self._cut(player, state, action, self.low[player][state][action], at),
            self._cut(player, state, action, at, self.high[player][state][action]),
        ]

    def _cut(self, player: int, state: int, action: int, low: Fraction, high: Fraction) -> "Region":
        def put(tables: tuple[Table, ...], x: Fraction) -> tuple[Table, ...]:
            row = tables[player][state]
            changed = (*row[:action], x, *row[action + 1 :])
            table = tables[player]
            table = (*table[:state], changed, *table[state + 1 :])
            return (*tables[:player], table, *tables[player + 1 :])

        lower, upper = put(self.low, low), put(self.high, high)
        row = self.expert[player][state]
        ends = zip(lower[player][state], row, upper[player][state], strict=True)
        moves = [(max(lo - e, ZERO), max(e - hi, ZERO)) for lo, e, hi in ends]
        # Mass that must come in on one side and go out on the other: the larger of the two, twice.
        distance = 2 * max(sum((m[0] for m in moves), ZERO), sum((m[1] for m in moves), ZERO))
        own = self.apart[player]
        apart = (*own[:state], distance, *own[state + 1 :])
        return Region(
            self.expert,
            self.weights,
            self.eps,
            lower,
            upper,
            (*self.apart[:player], apart, *self.apart[player + 1 :]),
        )
