r"""M and m of a one-state game of two players within any error: branch and bound on exact LPs.

One player's policies lie in a box, over which a linear program bounds the gap (`relaxation`); where
the box is a point the bound is the value, so a point p gives a learner and the other side of the
bound. Boxes are cut, first at the best p known: the best-known bound is proved as soon as every box
is no better. The optimum of a biquadratic problem may be irrational, and then the bounds meet only
in the limit. All programs are solved and certified in rationals.
"""

import heapq
import itertools
from collections.abc import Callable
from fractions import Fraction

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.policy import ProductPolicy

from ..standing import Standing
from .exactly import Stopped
from .relaxation import ONE, ZERO, Goal, Point, Setting, relaxed
from .result import Error, Extreme, Kind

LONGEST = 10**6
"""Larger denominators are rounded away: they would grow from program to program."""
TURNS = 6
"""How often one policy is improved with the other fixed."""


def by_branching(
    game: MarkovGame,
    expert: ProductPolicy,
    eps: Fraction,
    error: Error,
    kind: Kind,
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
    setting = Setting.of(game, expert, eps, error, boxed)
    horizon = 1 / (1 - Fraction(game.discount))
    search = _Search(game, setting, boxed, horizon, kind, known or expert)

    def found() -> Extreme:
        low, high = sorted((search.sign * search.best, search.sign * search.bound))
        method = "branch and bound on exact linear programs"
        return Extreme(kind, error, eps, low, high, search.learner, method)

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
        setting: Setting,
        boxed: int,
        horizon: Fraction,
        kind: Kind,
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
            found = relaxed(self.setting, self.goals[goal], low, high, self.sign)
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
        for turn in range(TURNS):
            found = relaxed(setting, _turned(self.goals[goal], flipped), fixed, fixed, self.sign)
            if found is None:
                return
            rows = [found.first, found.second] if not flipped else [found.second, found.first]
            if self.boxed == 1:
                rows.reverse()
            learner = ProductPolicy([[row] for row in rows])
            value = self.sign * Fraction(nash_gap(self.game, learner))
            if value > self.best:
                self.best, self.learner = value, learner
            elif turn > 0:
                return
            fixed = _short(setting.flipped(), found.second)
            setting, flipped = setting.flipped(), not flipped


def _turned(goal: Goal, flipped: bool) -> Goal:
    return tuple((1 - i, a) for i, a in goal) if flipped else goal


def _short(setting: Setting, point: Point) -> Point:
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
