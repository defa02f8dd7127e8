r"""All pure experts and learners for a given kernel and start, one exact linear program each.

The gain of deviation b from learner p is a linear form in the rewards; with rewards in \([-1,1]\)
it is at most the sum of its coefficients' sizes. Pairs are solved in the order of that bound, and
the enumeration ends where the bound is no more than what is reached.
"""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from .. import lp
from ..candidate import Candidate
from ..parts import Parts
from ..problem import Row as Line
from ..query import GameClass
from ..rewards.program import Best, Program
from ..rewards.scene import ZERO
from ..standing import Standing
from .gains import OF_THE_SCENE, Gain, gains_of
from .opponents import Opponents

COVERED = OF_THE_SCENE | {
    *("match-rho", "match-mu", "match-bc", "full-support", "visited", "nash", "strict-nash"),
    *("subgame-perfect", "dominant", "team-optimal", "margin", "zero-sum", "common-payoff"),
    *("state-rewards", "own-rewards"),
}
"""Assumptions that are understood here; a supremum over a class with any other is none."""
TESTS = 300
"""Games of one question that are tested against all opponents."""
INEXACT = frozenset({"dominant", "strict-nash"})
"""Assumptions of which linear rows ask a little too much or a little too little."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What bounds one gain that the sizes of its coefficients do not bound.

    Attributes:
        program: expert, learner and owners. player: who deviates.
        multipliers: of the program's rows.
    """

    program: Program
    player: int
    multipliers: Mapping[str, Fraction]


@dataclass(frozen=True, eq=False)
class Enumerated:
    """The best pair.

    Attributes:
        value: the supremum over pure policies and rewards, or a bound on it.
        made: the best game, which attains it but where mixed opponents leave that open; or None.
        pairs: how many pairs of expert and learner are of the class.
        programs: how many linear programs were solved.
        shown: for every gain that could be larger by its size, why it is not.
        cuts: how many mixed opponents were needed.
    """

    value: Fraction
    made: Candidate | None
    pairs: int
    programs: int
    shown: tuple[Shown, ...] = ()
    cuts: int = 0


def enumerate_pure(
    said: GameClass,
    parts: Parts,
    players: tuple[int, ...],
    *,
    least: Fraction = ZERO,
    needed: bool = False,
    mixed: bool = False,
) -> Enumerated | None:
    """The supremum over pure policies and rewards; None if the class is empty.

    Args:
        said: the class.
        parts: with kernel and start in full.
        players: whose gap counts.
        least: with `strict-nash`, how much worse a deviation must be at least.
        needed: with `dominant`, only what is needed, instead of what is enough.
        mixed: with `dominant` and what is needed, mixed opponents as well, till a best game passes.

    Raises:
        TooManyError: more pure policies than are enumerated.

    Example:
        >>> from ..parts import parse_parts
        >>> from ..query import Query
        >>> stay = {"start": [1], "transition": [[[[1], [1]], [[1], [1]]]]}
        >>> said = Query(states=1, match="mu", gamma="1/2").game_class
        >>> enumerate_pure(said, parse_parts(stay, states=1, actions=(2, 2)), (0, 1)).value
        Fraction(4, 1)
    """
    found = None
    for item in enumeration(said, parts, players, least=least, needed=needed, mixed=mixed):
        if isinstance(item, Enumerated):
            found = item
    return found


def enumeration(
    said: GameClass,
    parts: Parts,
    players: tuple[int, ...],
    *,
    least: Fraction = ZERO,
    needed: bool = False,
    mixed: bool = False,
) -> Iterator[Standing | Candidate | Enumerated]:
    """As `enumerate_pure`, and what is known on the way: how far it is, in gains; better games."""
    run = _Run(*gains_of(said, parts, players, least, needed), mixed)
    yield from run.all()
    found = run.result()
    if found is not None:
        yield found


@dataclass(eq=False)
class _Run:
    """The gains, the largest bound first: once a game attains it, it is the supremum.

    Attributes:
        pairs: how many pairs of expert and learner there are. gains: theirs.
        mixed: whether best games are tested against mixed opponents.
        opponents: those that were needed.
        best: the best game so far. stuck: the bound of gains that could not be settled.
        solved, done, tests: programs solved, gains settled, games tested.
    """

    pairs: int
    gains: list[Gain]
    mixed: bool
    opponents: Opponents = field(default_factory=Opponents)
    best: tuple[Program, Best] | None = None
    stuck: Fraction | None = None
    solved: int = 0
    done: int = 0
    tests: int = 0

    @property
    def reached(self) -> Fraction | None:
        return None if self.best is None else self.best[1].value

    def all(self) -> Iterator[Standing | Candidate]:
        heap = [(-gain.size, number) for number, gain in enumerate(self.gains)]
        heapq.heapify(heap)
        while heap and (self.reached is None or -heap[0][0] > self.reached):
            bound, number = heapq.heappop(heap)
            most = max(-bound, self.stuck or ZERO)
            yield Standing(self.done, len(self.gains), self.reached, most, "gains")
            gain = self.gains[number]
            if gain.cuts != self.opponents.count or gain.found is None:
                value = self.solve(gain, -bound)
                if value is None:
                    self.done += 1
                else:
                    heapq.heappush(heap, (-value, number))
                continue
            assert isinstance(gain.found, lp.Optimum)
            one = Best(gain.player, gain.deviation, gain.found)
            made = gain.program.candidate(one)
            refuted = self.refuted(made, gain) if self.mixed else False
            if refuted:
                heapq.heappush(heap, (bound, number))
                continue
            self.done += 1
            if refuted is None:
                self.stuck = max(self.stuck or ZERO, -bound)
                if self.tests > TESTS:
                    return
            elif self.reached is None or one.value > self.reached:
                self.best = gain.program, one
                yield made

    def solve(self, gain: Gain, bound: Fraction) -> Fraction | None:
        """The optimum of a gain's program beside the opponents so far; None if it has none."""
        self.solved += 1
        more = self.opponents.rows(gain.program) if self.mixed else ()
        found = gain.program.solved(gain.player, gain.deviation, more)
        if isinstance(found, lp.Failed):
            self.stuck = max(self.stuck or ZERO, bound)
            return None
        gain.found, gain.cuts = found, self.opponents.count
        return found.value if isinstance(found, lp.Optimum) else None

    def refuted(self, made: Candidate, gain: Gain) -> bool | None:
        """Whether mixed opponents show that the expert is not dominant; None: not decided."""
        self.tests += 1
        if self.tests > TESTS:
            return None
        return self.opponents.refute(made, gain.program.scene.expert)

    def result(self) -> Enumerated | None:
        """The best pair and why no gain is larger; None if there is no game."""
        tops = [x for x in (self.stuck, self.reached) if x is not None]
        if not tops:
            return None
        value = max(tops)
        shown = (_shown(one, value, self.opponents) for one in self.gains if one.size > value)
        made = None if self.best is None else self.best[0].candidate(self.best[1])
        kept = tuple(one for one in shown if one is not None)
        return Enumerated(value, made, self.pairs, self.solved, kept, self.opponents.count)


def _shown(gain: Gain, most: Fraction, opponents: Opponents) -> Shown | None:
    """The multipliers of the rows; those of rows without a solution as often as is needed."""
    program, found = gain.program, gain.found
    if not isinstance(found, (lp.Optimum, lp.Infeasible)):
        return None
    rows = {row.name: row for row in (*program.rows.rows, *opponents.rows(program))}
    y = {name: c for name, c in found.multipliers.items() if name in rows}
    if isinstance(found, lp.Infeasible):
        less = _short(program, {rows[name]: c for name, c in y.items()})
        times = (gain.size - most) / less if less > 0 else Fraction(1)
        y = {name: c * times for name, c in y.items()}
    return Shown(program, gain.player, y)


def _short(program: Program, y: Mapping[Line, Fraction]) -> Fraction:
    """By how much rows with multipliers contradict each other, within the boxes."""
    total: dict[str, Fraction] = {}
    less = ZERO
    for row, c in y.items():
        less -= c * row.bound
        for x, a in row.terms:
            total[x] = total.get(x, ZERO) + c * a
    known = program.known or {}
    for x, a in total.items():
        less -= -a * known[x].low if x in known else abs(a)
    return less
