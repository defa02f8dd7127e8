"""All cases of a class, from below and from above: made to run in a worker.

First without slack: where that ends, the supremum is exact; the directions of the dual solution at
the best game are where it ends soonest. Where the tree of a case would not end
(the supremum is not attained by any point with small numbers, or is irrational), the proof stays a
little above the best solution: a certified bracket.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from nashgap.numeric.root import Root

from ..problem import Threshold
from ..prover import GaveUp, Tree
from .algebraic import best_mixing, is_exceeded, rational
from .bound import Bounder, Limits, Outcome, Solution, best_for
from .cases import Case
from .duals import dual_directions, whole
from .nodes import ONE
from .polish import polished
from .program import FIRST, Direction, Program

PHASES = (
    Limits(250, digs=4),
    Limits(300, digs=6, guided=True),
    Limits(500, digs=8, guided=True),
    Limits(500, digs=8, guided=True),
    Limits(400, digs=6, mixes=True),
    Limits(900, digs=28),
    Limits(1_200, Fraction(1, 100)),
    Limits(1_500, digs=60),
    Limits(1_200, Fraction(1, 1000)),
    Limits(1_200, Fraction(1, 10)),
)
"""Tried one after the other; here the slack is relative to the largest gap found."""
EASY = Fraction(9, 10)
"""Above this discount numbers grow so fast that a good kernel is sought at this one first."""


@dataclass(frozen=True)
class Better:
    """A solution better than all before."""

    case: int
    solution: Solution


@dataclass(frozen=True)
class Closed:
    """Nothing in the case exceeds the threshold that was excluded."""

    case: int
    tree: Tree
    excluded: Threshold


@dataclass(frozen=True)
class Open:
    """The case has neither, and why."""

    case: int
    reason: str


@dataclass(frozen=True)
class Limit:
    """The gap of the best mixing, where no game has the supremum or no exact tree ends at it.

    Attributes:
        root: that gap, rational or not.
        is_exceeded: whether z3 says that some kernel has a larger one, or None.
        is_closed: whether trees exclude every gap above the interval that isolates the root.
    """

    root: Root
    is_exceeded: bool | None
    is_closed: bool = False


Event = Better | Closed | Open | Limit


def climb(cases: Sequence[Case]) -> Iterator[Event]:
    """The largest gap over all cases and kernels, with a tree for each case."""
    yield from _Climb(cases).run(PHASES)


def climb_briefly(cases: Sequence[Case]) -> Iterator[Event]:
    """The same, as far as the first attempts go."""
    yield from _Climb(cases).run(PHASES[:2])


def rough(cases: Sequence[Case]) -> Iterator[Event]:
    """Good games in a few phases; where they come to no end, none is proved to be the best."""
    yield from _Climb(cases).run(PHASES[:4])


@dataclass
class _Climb:
    """The best game so far and what was closed.

    Attributes:
        cases: all of them.
        best: the game, with the number of its case.
        root: its gap, where mixing makes it irrational and no game has it.
        closed: what is excluded, by case.
        tried: the gap that an exact tree was last sought at.
    """

    cases: Sequence[Case]
    best: Better | None = None
    root: Root | None = None
    closed: dict[int, Fraction] = field(default_factory=dict)
    tried: Fraction | None = None

    def run(self, phases: Sequence[Limits]) -> Iterator[Event]:
        """Phase by phase, until every case is closed at the best game."""
        for phase in phases:
            if self.best is not None and self.root is None and self.tried is not None:
                yield from self.improve()
            if phase is phases[1] and self.discount > EASY:
                yield from self.carry()
            if self.is_worth(phase):
                yield from self.attempt(phase)
            if self.is_closed(self.top):
                return
            if self.root is not None and self.is_closed(self.root.high):
                yield Limit(self.root, None, is_closed=True)
                return
        if self.best is not None and phases is PHASES:
            gap = self.root or rational(self.top)
            left = [c.program for k, c in enumerate(self.cases) if self.is_left(k, self.top)]
            yield Limit(gap, _exceeded(left, gap))

    @property
    def top(self) -> Fraction:
        """The best gap."""
        return Fraction(0) if self.best is None else self.best.solution.value

    @property
    def discount(self) -> Fraction:
        return self.cases[0].program.discount

    def is_left(self, number: int, aim: Fraction) -> bool:
        """Whether a case may have more than that."""
        return number not in self.closed or self.closed[number] > aim

    def is_closed(self, aim: Fraction) -> bool:
        return not any(self.is_left(k, aim) for k in range(len(self.cases)))

    def is_worth(self, phase: Limits) -> bool:
        """Whether the phase can bring more; an exact tree is sought once at each gap."""
        if phase.mixes or phase.guided:
            return self.best is not None
        if phase.slack:
            return True
        is_new = self.root is None and self.tried != self.top
        return is_new or self.tried is None

    def attempt(self, phase: Limits) -> Iterator[Event]:
        """Every case that is left, with these limits."""
        if not phase.slack and not phase.mixes:
            self.tried = self.top
        for number, case in enumerate(self.cases):
            aim = self.top * (1 + phase.slack)
            if phase.mixes and self.root is not None:
                aim = self.root.high
            if self.is_left(number, aim):
                limits = replace(phase, slack=phase.slack * self.top)
                asked = Threshold(aim, strict=self.best is not None)
                bounder = Bounder(case.program, asked, limits, first=self.first(phase))
                yield from self.follow(number, bounder)

    def follow(self, number: int, bounder: Bounder) -> Iterator[Event]:
        """Keeps every better game, and the tree at the end."""
        work = bounder.run()
        try:
            while True:
                yield self.keep(number, next(work))
        except StopIteration as end:
            outcome = end.value
        if isinstance(outcome, GaveUp):
            yield Open(number, outcome.reason)
        elif self.is_left(number, bounder.asked.value) and (
            number not in self.closed or bounder.asked.value < self.closed[number]
        ):
            self.closed[number] = bounder.asked.value
            yield Closed(number, outcome, bounder.asked)

    def keep(self, number: int, solution: Solution, root: Root | None = None) -> Better:
        self.best, self.root = Better(number, solution), root
        return self.best

    def first(self, phase: Limits) -> tuple[Direction, ...]:
        """The directions to begin with; one weighs a reward once against one for ever."""
        if not phase.guided or self.best is None:
            return FIRST
        found = dual_directions(self.cases[self.best.case].program, self.best.solution)
        once = whole(1 - self.discount, -ONE)
        return tuple(dict.fromkeys((*FIRST, *found, *([once] if once else []))))

    def improve(self) -> Iterator[Event]:
        """A better kernel nearby, or the irrational gap of the best one."""
        assert self.best is not None
        number, program = self.best.case, self.cases[self.best.case].program
        better = polished(program, self.best.solution)
        match best_mixing(program, better):
            case Solution() as found if found.value >= better.value:
                yield self.keep(number, found)
            case Root() as root:
                yield self.keep(number, better, root)
            case _:
                yield self.keep(number, better)

    def carry(self) -> Iterator[Event]:
        """The best kernel of a discount that is easier, at this one."""
        easier = [replace(case, program=case.program.at(EASY)) for case in self.cases]
        below = _Climb(easier)
        for _ in below.run(PHASES[:4]):
            pass
        if below.best is not None:
            number, found = below.best.case, below.best.solution
            carried = best_for(self.cases[number].program, found.weights, found.picks)
            if carried is not None and carried.value > self.top:
                yield self.keep(number, carried)


def _exceeded(programs: Sequence[Program], root: Root) -> bool | None:
    """Whether z3 finds a larger gap in one of the cases that no exact tree closed."""
    said = [is_exceeded(program, root) for program in programs]
    return True if any(said) else None if None in said else False


REACHES = (Limits(400, digs=8, mixes=True), Limits(3_000, mixes=True))


def reach(cases: Sequence[Case], asked: Threshold) -> Iterator[Event]:
    """A solution that meets the threshold, or a tree for each case that none does.

    Between a short and a long attempt the largest gap is looked for: close below it, a climb with
    better kernels nearby gets there before a tree does.
    """
    left = list(enumerate(cases))
    for limits in REACHES:
        stuck: list[tuple[int, Case]] = []
        for number, case in left:
            outcome = yield from _attempt(number, case, asked, limits)
            if isinstance(outcome, Solution):
                return
            if isinstance(outcome, GaveUp):
                stuck.append((number, case))
        left = stuck
        if not left:
            return
        if limits is REACHES[0]:
            for event in climb(cases):
                if isinstance(event, Better) and asked.met_by(event.solution.value):
                    yield event
                    return


def _attempt(
    number: int, case: Case, asked: Threshold, limits: Limits
) -> Generator[Event, None, Outcome]:
    """One case with these limits."""
    work = Bounder(case.program, asked, limits, climbs=False).run()
    try:
        while True:
            yield Better(number, next(work))
    except StopIteration as end:
        outcome: Outcome = end.value
    match outcome:
        case Solution():
            pass
        case GaveUp(reason):
            yield Open(number, reason)
        case tree:
            yield Closed(number, tree, asked)
    return outcome
