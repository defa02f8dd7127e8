"""The exact supremum of guarded linear problems: a solver from below, the prover from above.

From below: a solution whose objective exceeds the best so far; its choices are kept and the linear
program under them is maximised exactly; ask for more, until the solver says that there is no more.
From above: the prover's case tree for "more than the best". Both are generators, made to run in a
worker.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from . import lp
from .backends import Backend, Model, NoAnswer, Unsatisfiable
from .problem import Box, Picks, Problem, Threshold
from .prover import GaveUp, Open, Programs, Tree, prove

Part = tuple[int, Callable[[], Problem]]
"""A number that identifies a problem, and how to build it."""


Form = tuple[tuple[tuple[str, Box], ...], tuple[tuple[str, Fraction], ...]]
"""Boxes and objective: what problems must share to share programs."""


@dataclass(frozen=True)
class Step:
    """A better solution: the exact maximum under its choices."""

    part: int
    picks: Picks
    optimum: lp.Optimum


@dataclass(frozen=True)
class Proved:
    """The threshold is excluded in one part."""

    part: int
    tree: Tree


@dataclass(frozen=True)
class Stuck:
    """One part has no answer, and why."""

    part: int
    reason: str


@dataclass(frozen=True)
class Reached:
    """The threshold is met in one part, says the prover."""

    part: int
    optimum: lp.Optimum


def climb(
    parts: Iterable[Part], backend: Backend, above: Threshold | None
) -> Iterator[Step | Stuck]:
    """Ever better solutions over all parts, the last of them best; ends when there is no more.

    Args:
        parts: the problems.
        backend: the solver.
        above: what the first solution must meet, or None.
    """
    asked = above
    for part, build in parts:
        problem = build()
        while True:
            match backend.decide(problem, asked):
                case Unsatisfiable():
                    break
                case NoAnswer(reason):
                    yield Stuck(part, reason)
                    break
                case Model(picks, _):
                    best = lp.maximise(problem.objective, problem.active(picks), problem.boxes)
                    if not isinstance(best, lp.Optimum) or (asked and not asked.met_by(best.value)):
                        yield Stuck(part, f"{backend.name}'s solution is none in exact arithmetic")
                        break
                    step = tidied(problem, Step(part, picks, best))
                    yield step
                    asked = Threshold(step.optimum.value, strict=True)


def tidied(problem: Problem, step: Step) -> Step:
    """An equally good solution in which as many states as possible lead to themselves."""
    for choice in problem.choices:
        if choice.state in choice.options and step.picks[choice.name] != choice.state:
            picks = {**step.picks, choice.name: choice.state}
            best = lp.maximise(problem.objective, problem.active(picks), problem.boxes)
            if isinstance(best, lp.Optimum) and best.value >= step.optimum.value:
                step = Step(step.part, picks, best)
    return step


def exclude(parts: Iterable[Part], asked: Threshold) -> Iterator[Proved | Reached | Stuck]:
    """A case tree for each part, up to the first that has none."""
    shared: dict[Form, Programs] = {}
    for part, build in parts:
        problem = build()
        form = (tuple(problem.boxes.items()), problem.objective)
        match prove(problem, asked, solved=shared.setdefault(form, {})):
            case Open(_, optimum):
                yield Reached(part, optimum)
                return
            case GaveUp(reason):
                yield Stuck(part, reason)
                return
            case tree:
                yield Proved(part, tree)


def trivial_upper(discount: Fraction) -> Fraction:
    """What rewards in [-1, 1] alone allow: 2/(1-discount)."""
    return 2 / (1 - discount)
