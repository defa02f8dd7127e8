r"""The maximum of programs over learners, exactly: branch and bound until every piece is closed.

A piece (a box of learners and one program) is closed when multipliers prove that nothing in it
exceeds the best learner known (`ceiling`, exactly at the threshold by `repair`), or set aside when
what is tight at every maximiser in it is known (`active`) and the value is a root of polynomials
(`elimination`). The maximum is attained. So once no other piece is left it is the best value
known, or such a root. It is the root if only one lies between the best value and the bounds and
the best learner is above what every closed piece allows: then no maximiser is in those.
"""

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from nashgap.numeric.gaps import nash_gap
from nashgap.numeric.numbers import Array
from nashgap.numeric.policy import ProductPolicy
from nashgap.numeric.polynomials.bernstein import on_box, restricted
from nashgap.numeric.root import Root

from ...standing import Standing
from ..result import Error
from .active import Active, Box, active, guessed
from .ceiling import propose, sign_on
from .goals import Goal, goals, influence
from .isolate import roots_between
from .program import Program, Space, rational
from .record import NEAR, Record
from .repair import meets
from .rounding import lost, safe_bound
from .system import System, system_of

ZERO, ONE = Fraction(0), Fraction(1)
FINE = Fraction(1, 10**9)
"""Bounds this close are not brought closer where elimination fails."""
TRIES = 2
"""How often elimination is tried for what is tight, in smaller and smaller pieces."""
STARTS = 3
CLIMBED = 60
"""Pieces from whose middles a local search starts."""


@dataclass(frozen=True)
class Answer:
    """What is proved: the best value lies in [lower, upper], and is `root` if one is given.

    Attributes:
        lower: the value of `learner`. upper: a bound. root: the value as an algebraic number.
    """

    lower: Fraction
    upper: Fraction
    learner: ProductPolicy
    root: Root | None = None


class Interrupted(KeyboardInterrupt):
    """An interrupt, with what was proved until then."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True)
class _Piece:
    """A box and its program in floats, which stands for exact ones after so many cuts."""

    goal: Goal
    box: Box
    floats: Program
    bound: Fraction
    cuts: int = 0

    def exact(self) -> Program:
        """In rationals on the box."""
        return self.goal.exact.mapped(self._here)

    def active(self, low: Fraction) -> Active | None:
        """What is tight at every maximiser whose value is at least this."""
        lost_ = lost(self.goal.sizes, self.cuts)
        return active(self.floats, self.box, low, self.bound, lost_, self._sign)

    def part(self, axis: int, low: Fraction, high: Fraction) -> "_Piece":
        """The part between two places of one variable's interval, in [0, 1]."""
        a, b = self.box[axis]
        ends = (a + (b - a) * low, a + (b - a) * high)
        box = (*self.box[:axis], ends, *self.box[axis + 1 :])
        change = partial(restricted, axis=axis, low=float(low), high=float(high))
        floats = self.floats.mapped(change)
        return _Piece(self.goal, box, floats, self.bound, self.cuts + 1)

    def _sign(self, ball: int, term: int) -> int:
        return sign_on(self._here(self.goal.exact.balls[ball].terms[term]))

    def _here(self, p: Array) -> Array:
        return on_box(p, _flints(self.box))


@dataclass(frozen=True)
class _Leaf:
    """A piece of whose maximisers it is known what is tight."""

    piece: _Piece
    found: Active


def extreme_value(
    space: Space,
    eps: Fraction,
    error: Error,
    sign: int,
    *,
    nodes: int,
    tell: Callable[[str], None] = lambda text: None,
) -> Answer:
    r"""\(M(\epsilon)\) for sign 1, \(-m(\epsilon)\) for sign -1.

    Args:
        space: of a small game.
        eps: \(\epsilon\).
        error: of which error.
        sign: which of the two.
        nodes: pieces, at most.
        tell: is told how far the search is.

    Raises:
        Interrupted: on an interrupt, with what was proved.
    """
    best = sign * Fraction(nash_gap(space.game, space.expert))
    record = Record(space, eps, error, sign, best, space.expert)
    search = _Search(record, nodes, tell)
    try:
        return search.run(list(goals(space, eps, error, sign)))
    except KeyboardInterrupt:
        raise Interrupted(search.bracket()) from None


@dataclass
class _Search:
    record: Record
    nodes: int
    tell: Callable[[str], None]
    heap: list[tuple[Fraction, int, _Piece]] = field(default_factory=list)
    leaves: list[_Leaf] = field(default_factory=list)
    pending: list[_Piece] = field(default_factory=list)
    tries: dict[tuple[Goal, Active], int] = field(default_factory=dict)
    used: int = 0
    closed: Fraction | None = None
    """What closed pieces allow at the most."""
    count: Iterator[int] = field(default_factory=itertools.count)

    @property
    def best(self) -> Fraction:
        return self.record.best

    @property
    def is_done(self) -> bool:
        """Whether the least gap there is was found."""
        return self.record.is_zero or (self.record.sign < 0 and self.best == 0)

    @property
    def standing(self) -> Standing:
        """How far it is: the best learner's gap, and the bound of the open pieces."""
        sign, bounds = self.record.sign, [-self.heap[0][0]] if self.heap else []
        bounds += [piece.bound for piece in (*self.pending, *(x.piece for x in self.leaves))]
        most = max([self.best, *bounds])
        return Standing(self.used, self.nodes, sign * self.best, sign * most, "pieces")

    def run(self, programs: Sequence[Goal]) -> Answer:
        # A gap is never negative.
        most = ZERO if self.record.sign < 0 else None
        for goal in programs:
            bound = goal.bound if most is None else min(most, goal.bound)
            whole = tuple((ZERO, ONE) for _ in goal.kept)
            self.pending.append(_Piece(goal, whole, goal.floats, bound))
        self._settle()
        while not self.is_done:
            while self.heap and self.used < self.nodes and not self.is_done:
                self.pending = self._halves(self.heap[0][-1])
                heapq.heappop(self.heap)
                self._settle()
            if self.heap or not self.leaves:
                break
            answer = self._from_leaves()
            if answer is not None:
                return answer
            # The roots are not apart yet, or elimination failed: smaller pieces.
            wide = max(x.piece.bound for x in self.leaves) - self.best > FINE
            if not wide or self.used >= self.nodes:
                break
            self.pending = [half for leaf in self.leaves for half in self._halves(leaf.piece)]
            self.leaves = []
            self._settle()
        return self.bracket()

    def bracket(self) -> Answer:
        """What is proved without elimination."""
        record = self.record
        if record.is_zero:
            return Answer(self.best, ZERO, record.learner, Root((0, 1), ZERO, ZERO))
        open_ = [*self.pending, *(p for _, _, p in self.heap), *(x.piece for x in self.leaves)]
        bounds = [] if self.is_done else [piece.bound for piece in open_]
        return Answer(self.best, max([self.best, *bounds]), record.learner)

    def _settle(self) -> None:
        """Takes the pending pieces one by one; each stays pending until it is dealt with."""
        while self.pending and not self.is_done:
            self.tell(str(self.standing))
            self._treat(self.pending[-1])
            self.pending.pop()
            self.used += 1

    def _treat(self, piece: _Piece) -> None:
        """Bounds a piece, and closes it, sets it aside or keeps it."""
        if not piece.box:
            self.record.offer(piece.goal.kept, [])
            self._close(self.best)
            return
        if piece.bound <= self.best:
            self._close(piece.bound)
            return
        proposal = propose(piece.floats, float(self.best), rich=True)
        if proposal.bound > float(self.best) + NEAR and self.used < CLIMBED:
            self._climb(piece)
            if proposal.bound <= float(self.best) + NEAR:
                proposal = propose(piece.floats, float(self.best), rich=True)
        safe = safe_bound(piece.floats, piece.goal.sizes, proposal, piece.cuts)
        bound = piece.bound if safe is None else min(piece.bound, safe)
        if bound <= self.best or self.is_done:
            self._close(bound)
            return
        close = proposal.bound <= float(self.best) + NEAR * max(1.0, abs(float(self.best)))
        if close and meets(piece.exact(), proposal, self.best):
            self._close(self.best)
            return
        piece = replace(piece, bound=bound)
        found = piece.active(self.best)
        if found is not None:
            self.leaves.append(_Leaf(piece, found))
            return
        heapq.heappush(self.heap, (-bound, next(self.count), piece))

    def _close(self, bound: Fraction) -> None:
        self.closed = bound if self.closed is None else max(self.closed, bound)

    def _climb(self, piece: _Piece) -> None:
        kept = piece.goal.kept
        starts = [[float((a + b) / 2) for a, b in piece.box]]
        if all(b - a == 1 for a, b in piece.box):
            known = (self.record.learner, self.record.space.expert)
            starts += [[float(p[k]) for k in kept] for p in map(self.record.space.point, known)]
            rng = np.random.default_rng(0)
            starts += [rng.random(len(kept)).tolist() for _ in range(STARTS)]
        for start in starts:
            before = self.best
            value, place = piece.goal.ascent.climb(start)
            self.record.offer(kept, place)
            if self.best > before and value > float(self.best) - NEAR:
                found = guessed(piece.goal.floats, place)
                self._polish(piece.goal, system_of(piece.goal.exact, found), place)

    def _halves(self, piece: _Piece) -> list[_Piece]:
        axis, at = self._cut(piece)
        return [piece.part(axis, low, high) for low, high in ((ZERO, at), (at, ONE))]

    def _cut(self, piece: _Piece) -> tuple[int, Fraction]:
        """The variable to cut and where in its interval: at the best learner if it is a corner."""
        point = self.record.space.point(self.record.learner)
        weights = influence(piece.floats, float(self.best))
        places = [
            (point[k] - a) / (b - a) for (a, b), k in zip(piece.box, piece.goal.kept, strict=True)
        ]
        worst = max(weights)
        inside = [
            (weight, axis)
            for axis, (weight, k) in enumerate(zip(weights, piece.goal.kept, strict=True))
            if 0 < places[axis] < 1 and self.record.is_cut_at(point[k]) and weight >= worst / 20
        ]
        if inside:
            axis = max(inside)[1]
            return axis, places[axis]
        axis = weights.index(worst)
        # A maximiser is best kept away from the ends of its piece.
        if abs(places[axis] - Fraction(1, 2)) < Fraction(1, 8):
            return axis, Fraction(3, 4) if places[axis] < Fraction(1, 2) else Fraction(1, 4)
        return axis, Fraction(1, 2)

    def _from_leaves(self) -> Answer | None:
        """The value from what is tight, if one root is left."""
        upper = max(self.best, *(x.piece.bound for x in self.leaves))
        groups: dict[tuple[Goal, Active], list[Box]] = {}
        for leaf in self.leaves:
            groups.setdefault((leaf.piece.goal, leaf.found), []).append(leaf.piece.box)
        polynomials = []
        point = self.record.space.point(self.record.learner)
        for (goal, found), boxes in groups.items():
            hull = tuple(
                (min(a for a, _ in part), max(b for _, b in part))
                for part in zip(*boxes, strict=True)
            )
            system = system_of(goal.exact, found)
            self._polish(goal, system, [float(point[k]) for k in goal.kept])
            tried = self.tries.get((goal, found), 0)
            self.tries[goal, found] = tried + 1
            factors = system.values(hull, self.best, upper) if tried < TRIES else None
            if factors is None:
                return None
            polynomials += factors
        roots = roots_between(polynomials, self.best, upper)
        if len(roots) > 1:
            return None
        # Without a root there is no maximiser in the leaves.
        if not roots or roots[0].low == roots[0].high == self.best:
            return Answer(self.best, self.best, self.record.learner)
        # A root above it is the value only if the maximisers are not in closed pieces.
        if self.closed is not None and self.closed >= self.best:
            return None
        return Answer(self.best, roots[0].high, self.record.learner, roots[0])

    def _polish(self, goal: Goal, system: System, start: Sequence[float]) -> None:
        """Newton's method from a good point; a rational solution becomes a learner."""
        for place, back in system.near([Fraction(x) for x in start], self.best):
            full = list(self.record.space.point(self.record.space.expert))
            for k, x in zip(goal.kept, place, strict=True):
                full[k] = x
            self.record.take(tuple(full), back, is_corner=not back)


def _flints(box: Box) -> list[tuple[Any, Any]]:
    return [(rational(a), rational(b)) for a, b in box]
