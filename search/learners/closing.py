r"""Where a learner is the worst of a whole piece: the gap rises towards it from everywhere.

For a player i and a pure deviation b let \(f(p)=V_i(b,p_o)-V_i(p)\). On a convex piece R with
\(v\in R\), if \(\nabla f(p)\cdot(v-p)\ge0\) for all p in R, then f rises along every segment to v,
and \(f\le f(v)\) on R. The derivative of \(V_i\) in the direction d is
\(\sum_sH_p(s)\sum_j\sum_ad_j(s,a)Q_j^p(s,a)\), H the discounted visits from the start and \(Q_j\)
what i earns when j plays a. Over R both lie in intervals, found by robust values; so does the
gradient G, and \(\sum_{s,a}\min(\underline Gd,\overline Gd)\) with \(d=v_j-p_j\) is concave in
\(p_j\): its minimum over player j's policies in R is at one of their extreme points.

Those policies are rows in boxes whose distances from the expert, weighted by its occupancy, sum to
at most \(\epsilon\). At an extreme point all visited rows but one are vertices of the cells in
which their distance is linear: otherwise two rows could be moved against each other.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.linear import times
from nashgap.numeric.modulus.region import TWO, ZERO, Region, Row, pure_row, row_vertices
from nashgap.numeric.modulus.robust import SIDES, bound_values, from_start, rows_of
from nashgap.numeric.numbers import Array, public, working
from nashgap.numeric.policy import ProductPolicy

MOST_POINTS = 3000
MOST_DEVIATIONS = 64
Ends = tuple[Array, Array]
"""Lower and upper ends of intervals."""


def closes(game: MarkovGame, piece: Region, learner: ProductPolicy, best: Fraction) -> bool:
    """Whether it is proved that no learner of the piece has a gap above `best`.

    Args:
        game: an exact game.
        piece: learners within a cloning error.
        learner: one of the piece; its gap is at most `best`.
        best: a gap.
    """
    if not _inside(piece, learner):
        return False
    for player in range(game.players):
        own = rows_of(game, piece, player, "region")
        if own is None:
            return True
        if game.num_actions[player] ** game.num_states > MOST_DEVIATIONS:
            return False
        least = from_start(game, bound_values(game, player, own, "least"))
        played = _gradient(game, player, own)
        for rows in _deviations(game, player):
            reached = rows_of(game, piece, player, rows)
            if reached is None:
                return True
            most = from_start(game, bound_values(game, player, reached, "most"))
            if most - least <= best:
                continue
            gained = _gradient(game, player, reached)
            if not _rises(piece, learner, player, gained, played):
                return False
    return True


def extreme_points(
    piece: Region, player: int, *, visited_only: bool = False
) -> Iterator[list[Row]]:
    """Tables whose convex hull is one player's policies in the piece; some may lie inside it."""
    states = range(len(piece.weights))
    seen = [s for s in states if piece.weights[s] > 0]
    free = [] if visited_only else [s for s in states if piece.weights[s] == 0]
    loose = [piece.vertices(player, s) for s in free]
    for rows in _visited_points(piece, player, seen):
        for others in itertools.product(*loose):
            found = dict(zip(seen, rows, strict=True)) | dict(zip(free, others, strict=True))
            yield [found.get(s, piece.expert[player][s]) for s in states]


def few_points(piece: Region, player: int) -> bool:
    """Whether the extreme points are few enough to be listed."""
    size = len(piece.expert[player][0])
    cells = 3 if size == 2 else size * 3 ** (size - 1)
    seen = sum(w > 0 for w in piece.weights)
    rows = max(seen, 1) * cells ** max(seen - 1, 0) * size * size
    return bool(rows * size ** (len(piece.weights) - seen) <= MOST_POINTS)


def _visited_points(piece: Region, player: int, seen: Sequence[int]) -> Iterator[tuple[Row, ...]]:
    expert, low, high = (part[player] for part in (piece.expert, piece.low, piece.high))
    if piece.eps[player] >= 2:
        cells = [row_vertices(expert[s], low[s], high[s], TWO) for s in seen]
        yield from itertools.product(*cells)
        return
    cells = [_cell_vertices(expert[s], low[s], high[s]) for s in seen]
    costs = [
        [piece.weights[s] * _distance(row, expert[s]) for row in rows]
        for s, rows in zip(seen, cells, strict=True)
    ]
    for last, state in enumerate(seen):
        rest = [k for k in range(len(seen)) if k != last]
        for chosen in itertools.product(*(range(len(cells[k])) for k in rest)):
            spent = sum((costs[k][m] for k, m in zip(rest, chosen, strict=True)), ZERO)
            left = piece.eps[player] - spent
            if left < 0:
                continue
            reach = min(TWO, left / piece.weights[state])
            for row in row_vertices(expert[state], low[state], high[state], reach):
                rows = {k: cells[k][m] for k, m in zip(rest, chosen, strict=True)} | {last: row}
                yield tuple(rows[k] for k in range(len(seen)))


def _cell_vertices(expert: Row, low: Row, high: Row) -> list[Row]:
    found = row_vertices(expert, low, high, TWO)
    inside = all(lo <= e <= hi for lo, e, hi in zip(low, expert, high, strict=True))
    return list(dict.fromkeys([*found, expert])) if inside else found


def _distance(row: Row, other: Row) -> Fraction:
    return sum((abs(x - y) for x, y in zip(row, other, strict=True)), ZERO)


def _inside(piece: Region, learner: ProductPolicy) -> bool:
    return all(
        lo <= p <= hi
        for j, table in enumerate(learner)
        for s, row in enumerate(table.tolist())
        for lo, p, hi in zip(piece.low[j][s], row, piece.high[j][s], strict=True)
    )


def _deviations(game: MarkovGame, player: int) -> Iterator[list[Row]]:
    size = game.num_actions[player]
    pure = [pure_row(a, size) for a in range(size)]
    for chosen in itertools.product(pure, repeat=game.num_states):
        yield list(chosen)


@dataclass(frozen=True)
class _Gradient:
    """Intervals of the derivative of the player's value by each p_j(a|s), n tables [S, A_j]."""

    ends: tuple[Ends, ...]


def _gradient(game: MarkovGame, player: int, rows: list[list[list[Row]]]) -> _Gradient:
    values = [bound_values(game, player, rows, side) for side in SIDES]
    few, many = (working(np.array(ends)) for ends in zip(*visits(game, rows), strict=True))
    work = game.working
    worth = [work.rewards[player] + work.discount * times(work.transition, v) for v in values]
    return _Gradient(
        tuple(_times((few, many), _ranges(game, worth, rows, j)) for j in range(game.players))
    )


def visits(game: MarkovGame, rows: list[list[list[Row]]]) -> Iterator[tuple[Fraction, Fraction]]:
    """Bounds on the discounted number of visits to each state."""
    for state in range(game.num_states):
        paid: Array = np.full(game.rewards.shape, ZERO)
        paid[:, state] = Fraction(1)
        counted = MarkovGame(game.transition, paid, game.start, game.discount)
        least, most = (bound_values(counted, 0, rows, side) for side in SIDES)
        yield from_start(game, least), from_start(game, most)


def _ranges(game: MarkovGame, worth: list[Array], rows: list[list[list[Row]]], player: int) -> Ends:
    """Bounds on what is earned when `player` plays a at s, over the others' rows, [S, A]."""
    found = []
    for table, pick in zip(worth, (np.min, np.max), strict=True):
        states = []
        for s in range(game.num_states):
            block = np.moveaxis(table[s], player, -1)
            others = [j for j in range(game.players) if j != player]
            blocks = [block]
            for j in others:
                blocks = [_mixed(b, row) for b in blocks for row in rows[j][s]]
            states.append(pick(np.stack(blocks), axis=0))
        found.append(np.stack(states))
    return found[0], found[1]


def _mixed(block: Array, row: Row) -> Array:
    weights = working(np.array(row, dtype=object))
    total: Array = (block * weights.reshape(-1, *[1] * (block.ndim - 1))).sum(axis=0)
    return total


def _times(visits: Ends, worth: Ends) -> Ends:
    """Products of intervals, visits being at least 0; constants of a row do not matter."""
    low, high = worth
    # A constant near the middle of the row keeps the products, and so their widths, small.
    centre = (low.min(axis=1) + high.max(axis=1)) / 2
    low, high = low - centre[:, None], high - centre[:, None]
    few, many = visits[0][:, None], visits[1][:, None]
    return np.minimum(few * low, many * low), np.maximum(few * high, many * high)


def _rises(
    piece: Region, learner: ProductPolicy, player: int, gained: _Gradient, played: _Gradient
) -> bool:
    for j in range(len(piece.expert)):
        low, high = (public(-end) for end in reversed(played.ends[j]))
        if j != player:
            low = low + public(gained.ends[j][0])
            high = high + public(gained.ends[j][1])
        if not few_points(piece, j) or not _leads_up(piece, learner, j, low, high):
            return False
    return True


def _leads_up(piece: Region, learner: ProductPolicy, player: int, low: Array, high: Array) -> bool:
    """Whether the least derivative towards the learner is at least 0 over the player's points."""
    target = [tuple(row) for row in learner[player].tolist()]

    def least(state: int, row: Row) -> Fraction:
        total = ZERO
        for a, (v, p) in enumerate(zip(target[state], row, strict=True)):
            total += min(low[state, a] * (v - p), high[state, a] * (v - p))
        return total

    states = range(len(piece.weights))
    free = [s for s in states if piece.weights[s] == 0]
    if any(least(s, row) < 0 for s in free for row in piece.vertices(player, s)):
        return False
    seen = [s for s in states if piece.weights[s] > 0]
    known = {
        (s, row): least(s, row)
        for rows in _visited_points(piece, player, seen)
        for s, row in zip(seen, rows, strict=True)
    }
    return all(
        sum((known[s, row] for s, row in zip(seen, rows, strict=True)), ZERO) >= 0
        for rows in _visited_points(piece, player, seen)
    )
