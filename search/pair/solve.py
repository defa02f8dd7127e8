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
from .bound import Bounder, Limits, Solution
from .cases import Case
from .polish import polished

PHASES = (
    Limits(250, digs=8),
    Limits(900, digs=28),
    Limits(1_200, Fraction(1, 1000)),
    Limits(1_200, Fraction(1, 100)),
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


Event = Better | Closed | Open


def climb(cases: Sequence[Case]) -> Iterator[Event]:
    """The largest gap over all cases and kernels, with a tree for each case."""
    asked = Threshold(Fraction(0))
    left = list(range(len(cases)))
    best: Better | None = None
    for turn, phase in enumerate(PHASES):
        if turn and best is not None:
            better = polished(cases[best.case].program, best.solution)
            if better.value > best.solution.value:
                best = Better(best.case, better)
                yield best
        hard: list[int] = []
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
        left = hard
        if not left:
            return


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
