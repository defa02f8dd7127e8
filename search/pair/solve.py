"""All cases of a class, from below and from above: made to run in a worker.

First without slack: where that ends, the supremum is exact. Where the tree of a case would not end
(the supremum is not attained by any point with small numbers, or is irrational), the proof stays a
little above the best solution: a certified bracket.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..problem import Threshold
from ..prover import GaveUp, Tree
from .algebraic import Root, best_mixing, is_exceeded, rational
from .bound import Bounder, Limits, Solution
from .cases import Case
from .polish import polished
from .program import Program

PHASES = (
    Limits(250, digs=8),
    Limits(900, digs=28),
    Limits(1_200, Fraction(1, 1000)),
    Limits(1_200, Fraction(1, 100)),
    Limits(1_200, Fraction(1, 10)),
)
_FIRST_SLACK = 2
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
    """What no exact tree closes: the gap of the best mixing, and z3's word on larger ones.

    Attributes:
        root: that gap, rational or not.
        is_exceeded: whether z3 says that some kernel has a larger one, or None.
    """

    root: Root
    is_exceeded: bool | None


Event = Better | Closed | Open | Limit


def climb(cases: Sequence[Case]) -> Iterator[Event]:
    """The largest gap over all cases and kernels, with a tree for each case."""
    asked = Threshold(Fraction(0))
    left = list(range(len(cases)))
    best: Better | None = None
    root: Root | None = None
    hard: list[int] = []
    for turn, phase in enumerate(PHASES):
        if turn and best is not None:
            if root is None:
                best, root = _improved(cases, best)
                yield best
            if root is not None and not phase.slack:
                continue  # no tree ends exactly at an irrational number
        hard = []
        for number in left:
            limits = phase
            if best is not None:
                top = best.solution.value
                limits = replace(phase, slack=phase.slack * top)
                asked = Threshold(max(asked.value, top + limits.slack), strict=True)
            bounder = Bounder(cases[number].program, asked, limits)
            work = bounder.run()
            try:
                while True:
                    best = Better(number, next(work))
                    yield best
            except StopIteration as end:
                outcome = end.value
            asked = bounder.asked
            if isinstance(outcome, GaveUp):
                hard.append(number)
                yield Open(number, outcome.reason)
            else:
                yield Closed(number, outcome, asked)
        if best is not None and turn == _FIRST_SLACK:
            gap = root or rational(best.solution.value)
            yield Limit(gap, _exceeded([cases[number].program for number in left], gap))
        left = hard
        if not left:
            return


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


def reach(cases: Sequence[Case], asked: Threshold, nodes: int = 3_000) -> Iterator[Event]:
    """A solution that meets the threshold, or a tree for each case that none does."""
    for number, case in enumerate(cases):
        work = Bounder(case.program, asked, Limits(nodes), climbs=False).run()
        try:
            while True:
                yield Better(number, next(work))
        except StopIteration as end:
            outcome = end.value
        match outcome:
            case Solution():
                return
            case GaveUp(reason):
                yield Open(number, reason)
            case _:
                yield Closed(number, outcome, asked)
