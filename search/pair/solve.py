"""All cases of a class, from below and from above: made to run in a worker.

First without slack: where that ends, the supremum is exact. Where the tree of a case would not end
(the supremum is not attained by any point with small numbers, or is irrational), the proof stays a
little above the best solution: a certified bracket.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..problem import Threshold
from ..prover import GaveUp, Tree
from ..root import Root
from .algebraic import best_mixing, is_exceeded, rational
from .bound import Bounder, Limits, Outcome, Solution
from .cases import Case
from .polish import polished
from .program import Program

PHASES = (
    Limits(250, digs=8),
    Limits(400, digs=6, mixes=True),
    Limits(900, digs=28),
    Limits(1_200, Fraction(1, 100)),
    Limits(1_500, digs=60),
    Limits(1_200, Fraction(1, 1000)),
    Limits(1_200, Fraction(1, 10)),
)
"""Tried one after the other; here the slack is relative to the largest gap found."""


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
    best: Better | None = None
    root: Root | None = None
    closed: dict[int, Fraction] = {}
    tried: Fraction | None = None
    every = range(len(cases))
    for phase in PHASES:
        if best is not None and root is None and tried is not None:
            best, root = _improved(cases, best)
            yield best
        top = Fraction(0) if best is None else best.solution.value
        if phase.mixes and best is None:
            continue
        if not phase.slack and not phase.mixes:
            if root is not None or tried == top:
                continue  # no tree ends at an irrational number, or twice at the same one
            tried = top
        for number, case in enumerate(cases):
            top = Fraction(0) if best is None else best.solution.value
            aim = top * (1 + phase.slack)
            if phase.mixes and root is not None:
                aim = root.high
            if number in closed and closed[number] <= aim:
                continue
            bounder = Bounder(
                case.program,
                Threshold(aim, strict=best is not None),
                replace(phase, slack=phase.slack * top),
            )
            work = bounder.run()
            try:
                while True:
                    best, root = Better(number, next(work)), None
                    yield best
            except StopIteration as end:
                outcome = end.value
            if isinstance(outcome, GaveUp):
                yield Open(number, outcome.reason)
            elif number not in closed or bounder.asked.value < closed[number]:
                closed[number] = bounder.asked.value
                yield Closed(number, outcome, bounder.asked)
        top = Fraction(0) if best is None else best.solution.value
        if len(closed) == len(cases) and all(value <= top for value in closed.values()):
            return
        if root is not None and all(closed.get(k, root.high + 1) <= root.high for k in every):
            yield Limit(root, None, is_closed=True)
            return
    if best is not None:
        gap = root or rational(best.solution.value)
        top = best.solution.value
        left = [case.program for k, case in enumerate(cases) if closed.get(k, top + 1) > top]
        yield Limit(gap, _exceeded(left, gap))


def _improved(cases: Sequence[Case], best: Better) -> tuple[Better, Root | None]:
    """A better kernel nearby, or the irrational gap of the best one."""
    program = cases[best.case].program
    better = polished(program, best.solution)
    match best_mixing(program, better):
        case Solution() as found if found.value >= better.value:
            return Better(best.case, found), None
        case Root() as root:
            return Better(best.case, better), root
    return Better(best.case, better), None


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
