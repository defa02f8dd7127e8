r"""M and m of a one-state game of two players within any error: branch and bound on exact LPs.

Write \(\rho(k,l)=p(k)q(l)\). Every \([u_i(a,\cdot)-u_i(\cdot)]\) is linear in \(\rho\), and so are
the errors \(\|\rho-\rho_E\|_1\), \(\|p-e\|_1\), \(\|q-f\|_1\) after splitting absolute values. Only
the product is not. Over a box \(l\le p\le u\) it is relaxed to
\(l_kq(l)\le\rho(k,l)\le u_kq(l)\) with the right marginals: a linear program whose optimum bounds
the box. Where the box is a point the relaxation is the product itself, so a point p gives a learner
and the other side of the bound. Boxes are cut, first at the best p known: the best-known bound is
proved as soon as every box is no better. The optimum of a biquadratic problem may be irrational,
and then the bounds meet only in the limit. All programs are solved and certified in rationals.
"""

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.policy import ProductPolicy

from ..lp import Optimum, maximise
from ..problem import Box, Row
from ..standing import Standing
from .exactly import Stopped
from .result import Error, Extreme

ZERO, ONE = Fraction(0), Fraction(1)
LONGEST = 10**6
"""Larger denominators are rounded away: they would grow from program to program."""
Point = tuple[Fraction, ...]
Terms = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class _Setting:
    """The game with the player who is boxed in front."""

    payoffs: tuple[tuple[Point, ...], tuple[Point, ...]]
    first: Point
    second: Point
    eps: Fraction
    error: Error

    @property
    def cells(self) -> Iterator[tuple[int, int]]:
        return itertools.product(range(len(self.first)), range(len(self.second)))


@dataclass(frozen=True)
class _Solved:
    value: Fraction
    first: Point
    second: Point


def by_branching(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: Fraction,
    error: Error,
    kind: str,
    *,
    nodes: int,
    tolerance: Fraction,
    known: ProductPolicy | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Extreme:
    r"""\(M(\epsilon)\) (`kind` "largest") or \(m(\epsilon)\) ("smallest") between proved bounds.

    Args:
        game: exact, one state, two players.
        expert: \(\pi^E\).
        eps: \(\epsilon\).
        error: which error.
        kind: which of the two.
        nodes: linear programs on boxes, at most.
        tolerance: the search ends when the bounds are this close.
        known: a learner within the error to start from; the expert if none is given.
        tell: is told how far the search is.

    Raises:
        Stopped: on an interrupt, with the bounds proved until then.
    """
    boxed = min((0, 1), key=lambda j: game.num_actions[j])
    setting = _setting(game, expert, eps, error, boxed)
    horizon = 1 / (1 - Fraction(game.discount))
    search = _Search(game, setting, boxed, horizon, kind, known or expert)

    def found() -> Extreme:
        low, high = sorted((search.sign * search.best, search.sign * search.bound))
        method = "branch and bound on exact linear programs"
        if kind == "largest":
            return Extreme("largest", error, eps, low, high, search.learner, method)
        return Extreme("smallest", error, eps, low, high, search.learner, method)

    try:
        search.run(nodes, tolerance, tell)
    except KeyboardInterrupt:
        raise Stopped(found()) from None
    return found()


class _Search:
    """Maximises the gap, or minus the gap, always as `best` (attained) and a bound above it."""

    def __init__(
        self,
        game: MarkovGame,
        setting: _Setting,
        boxed: int,
        horizon: Fraction,
        kind: str,
        known: ProductPolicy,
    ) -> None:
        self.game, self.setting, self.boxed = game, setting, boxed
        self.horizon, self.sign = horizon, 1 if kind == "largest" else -1
        self.learner = known
        self.best = self.sign * Fraction(nash_gap(game, known))
        sizes = (len(setting.first), len(setting.second))
        deviations = [(i, a) for i in (0, 1) for a in range(sizes[i])]
        # The largest gap is sought deviation by deviation, the smallest against all of them.
        self.goals = [(d,) for d in deviations] if self.sign > 0 else [tuple(deviations)]
        self.proved = 2 * horizon if self.sign > 0 else ZERO

    @property
    def bound(self) -> Fraction:
        """What is proved that `best` cannot exceed."""
        return max(self.proved, self.best)

    def run(self, nodes: int, tolerance: Fraction, tell: Callable[[str], None]) -> None:
        """Searches; brings down what is proved."""
        size = len(self.setting.first)
        heap: list[tuple[Fraction, int, int, Point, Point, Point]] = []
        count = itertools.count()

        def push(goal: int, low: Point, high: Point) -> None:
            found = _solve(self.setting, self.goals[goal], low, high, self.sign)
            if found is None:
                return
            self._improve(found.first, goal)
            bound = found.value * self.horizon
            if bound > self.best:
                heapq.heappush(heap, (-bound, next(count), goal, low, high, found.first))

        for goal in range(len(self.goals)):
            push(goal, (ZERO,) * size, (ONE,) * size)
        used = len(self.goals)
        while heap and used < nodes:
            bound, _, goal, low, high, point = heap[0]
            self.proved = -bound
            best, most = self.sign * self.best, self.sign * self.bound
            tell(str(Standing(used, nodes, best, most, "pieces")))
            if -bound - self.best <= tolerance:
                break
            heapq.heappop(heap)
            if -bound <= self.best:
                continue
            axis, at = self._cut(low, high, point)
            for below, above in ((low[axis], at), (at, high[axis])):
                push(goal, _put(low, axis, below), _put(high, axis, above))
                used += 1
        self.proved = -heap[0][0] if heap else self.best

    def _cut(self, low: Point, high: Point, point: Point) -> tuple[int, Fraction]:
        mine = tuple(self.learner[self.boxed][0].tolist())
        width = max(h - lo for lo, h in zip(low, high, strict=True))
        inside = [
            k
            for k in range(len(low))
            if low[k] < mine[k] < high[k]
            and high[k] - low[k] >= width / 2
            and mine[k].denominator <= LONGEST
        ]
        # A box with the best point in its corner can close exactly.
        if inside:
            axis = max(inside, key=lambda k: high[k] - low[k])
            return axis, mine[axis]
        axis = max(range(len(low)), key=lambda k: high[k] - low[k])
        middle = (low[axis] + high[axis]) / 2
        quarter = (high[axis] - low[axis]) / 4
        at = point[axis].limit_denominator(2**12)
        return axis, at if abs(at - middle) < quarter else middle

    def _improve(self, start: Point, goal: int) -> None:
        """Alternates exact programs in one policy for the other fixed."""
        setting, flipped = self.setting, False
        fixed = _short(setting, start)
        for _ in range(6):
            found = _solve(setting, _turned(self.goals[goal], flipped), fixed, fixed, self.sign)
            if found is None:
                return
            rows = [found.first, found.second] if not flipped else [found.second, found.first]
            if self.boxed == 1:
                rows.reverse()
            learner = ProductPolicy([[row] for row in rows])
            value = self.sign * Fraction(nash_gap(self.game, learner))
            if value > self.best:
                self.best, self.learner = value, learner
            elif _ > 0:
                return
            fixed = _short(_flip(setting), found.second)
            setting, flipped = _flip(setting), not flipped


def _setting(
    game: MarkovGame, expert: ProductPolicy, eps: Fraction, error: Error, boxed: int
) -> _Setting:
    tables = [game.rewards[i][0] for i in (boxed, 1 - boxed)]
    turned = [t if boxed == 0 else t.T for t in tables]
    first, second = (tuple(tuple(row) for row in t.tolist()) for t in turned)
    mine, other = (tuple(expert[j][0].tolist()) for j in (boxed, 1 - boxed))
    return _Setting((first, second), mine, other, eps, error)


def _flip(setting: _Setting) -> _Setting:
    first, second = setting.payoffs
    turned = (tuple(zip(*second, strict=True)), tuple(zip(*first, strict=True)))
    return _Setting(turned, setting.second, setting.first, setting.eps, setting.error)


def _turned(goal: tuple[tuple[int, int], ...], flipped: bool) -> tuple[tuple[int, int], ...]:
    return tuple((1 - i, a) for i, a in goal) if flipped else goal


def _short(setting: _Setting, point: Point) -> Point:
    """The point itself, or one near it of short numbers and within the error."""
    if all(x.denominator <= LONGEST for x in point):
        return point
    near = [x.limit_denominator(1000) for x in point]
    whole = sum(near, ZERO)
    near = [x / whole for x in near]
    far = sum((abs(x - e) for x, e in zip(near, setting.first, strict=True)), ZERO)
    if setting.error == "mu" or far <= setting.eps:
        return tuple(near)
    part = setting.eps / far
    return tuple(e + part * (x - e) for x, e in zip(near, setting.first, strict=True))


def _put(point: Point, axis: int, value: Fraction) -> Point:
    return (*point[:axis], value, *point[axis + 1 :])


def _solve(
    setting: _Setting, goal: tuple[tuple[int, int], ...], low: Point, high: Point, sign: int
) -> _Solved | None:
    """The relaxation over one box: its optimum and the marginals there; None if it is empty."""
    rows = [*_product(setting, low, high), *_within(setting)]
    boxes = {f"r{k},{m}": Box(ZERO, ONE) for k, m in setting.cells}
    boxes |= {f"p{k}": Box(low[k], high[k]) for k in range(len(low))}
    boxes |= {f"q{m}": Box(ZERO, ONE) for m in range(len(setting.second))}
    boxes |= {x: Box(ZERO, Fraction(2)) for row in rows for x, _ in row.terms if x[0] == "z"}
    if sign > 0:
        objective: Terms = _gain(setting, *goal[0])
    else:
        boxes["t"] = Box(ZERO, Fraction(2))
        objective = (("t", -ONE),)
        for k, deviation in enumerate(goal):
            terms = (*_gain(setting, *deviation), ("t", -ONE))
            rows.append(Row(f"gain {k}", terms, "<=", ZERO))
    found = maximise(objective, rows, boxes)
    if not isinstance(found, Optimum):
        return None if _is_empty(found) else _trivial(setting, low, high, sign)
    first = tuple(found.point[f"p{k}"] for k in range(len(low)))
    second = tuple(found.point[f"q{m}"] for m in range(len(setting.second)))
    return _Solved(found.value, first, second)


def _is_empty(found: object) -> bool:
    from ..lp import Infeasible

    return isinstance(found, Infeasible)


def _trivial(setting: _Setting, low: Point, high: Point, sign: int) -> _Solved:
    """No exact answer was reached: what holds anyway, and the expert's policies."""
    return _Solved(Fraction(2) if sign > 0 else ZERO, setting.first, setting.second)


def _gain(setting: _Setting, player: int, action: int) -> Terms:
    payoff = setting.payoffs[player]
    terms = []
    for k, m in setting.cells:
        deviated = payoff[action][m] if player == 0 else payoff[k][action]
        if deviated != payoff[k][m]:
            terms.append((f"r{k},{m}", deviated - payoff[k][m]))
    return tuple(terms)


def _product(setting: _Setting, low: Point, high: Point) -> Iterator[Row]:
    size, width = len(setting.first), len(setting.second)
    yield Row("one p", tuple((f"p{k}", ONE) for k in range(size)), "==", ONE)
    yield Row("one q", tuple((f"q{m}", ONE) for m in range(width)), "==", ONE)
    for k in range(size):
        terms = (*((f"r{k},{m}", ONE) for m in range(width)), (f"p{k}", -ONE))
        yield Row(f"first {k}", terms, "==", ZERO)
    for m in range(width):
        terms = (*((f"r{k},{m}", ONE) for k in range(size)), (f"q{m}", -ONE))
        yield Row(f"second {m}", terms, "==", ZERO)
    for k, m in setting.cells:
        cell = f"r{k},{m}"
        if low[k] == high[k]:
            yield Row(f"point {cell}", ((cell, ONE), (f"q{m}", -high[k])), "==", ZERO)
            continue
        yield Row(f"over {cell}", ((cell, ONE), (f"q{m}", -high[k])), "<=", ZERO)
        yield Row(f"under {cell}", ((cell, -ONE), (f"q{m}", low[k])), "<=", ZERO)


def _within(setting: _Setting) -> Iterator[Row]:
    if setting.error == "mu" or setting.eps >= 2:
        return
    groups: list[list[tuple[str, str, Fraction]]]
    if setting.error == "rho":
        both = (setting.first, setting.second)
        groups = [[(f"z{k},{m}", f"r{k},{m}", both[0][k] * both[1][m]) for k, m in setting.cells]]
    else:
        groups = [
            [(f"zp{k}", f"p{k}", e) for k, e in enumerate(setting.first)],
            [(f"zq{m}", f"q{m}", e) for m, e in enumerate(setting.second)],
        ]
    for group in groups:
        for far, name, centre in group:
            yield Row(f"above {name}", ((name, ONE), (far, -ONE)), "<=", centre)
            yield Row(f"below {name}", ((name, -ONE), (far, -ONE)), "<=", -centre)
        whole = tuple((far, ONE) for far, _, _ in group)
        yield Row(f"error {group[0][0]}", whole, "<=", setting.eps)
