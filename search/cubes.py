r"""One question to a solver as several: a cube for each way that the path from the start begins.

What decides most is what happens first: the choices that continue the path at its first state. A
cube takes them one way and leaves out what they exclude; the question has a solution exactly if
some cube has one. Cubes are uneven and independent, so they go to a pool of processes, each in a
killable process of its own with a deadline and a memory limit. A question that is answered at once
is not split.

Measured at seed 1166 of the tests of given kernels: 8.4 s of z3 as a whole, 2.5 s as 4 cubes on
the expert's action at the start, the longest 0.8 s; splitting on the deviation instead gains
nothing. The trees of `prover` and of `pair` split so by themselves: state rewards with S=6 and S=8
take 4 nodes a case.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import product

from .backends import Answer, Backend, Model, NoAnswer, Unsatisfiable, backends
from .problem import Picks, Problem, Threshold
from .worker import Stopped, each, stream

AT_ONCE = 2.0
"""Seconds for the whole question before it is split."""
WORKERS = 2
Task = tuple[str, Problem, Threshold | None, float | None]
"""A backend's name, a problem, a threshold, and seconds."""


def decide(
    problem: Problem,
    asked: Threshold | None,
    backend: Backend,
    *,
    seconds: float | None = None,
    at_once: float = AT_ONCE,
    executor: Executor | None = None,
    workers: int = WORKERS,
    progress: Callable[[str], None] = lambda _: None,
) -> Answer:
    """What a solver says of a problem: as a whole, then cube by cube.

    Args:
        problem: the problem.
        asked: what its objective must meet, or None.
        backend: the solver; a cube's process finds it by its name.
        seconds: the most for everything, or None.
        at_once: how long the whole question is tried first.
        executor: any `concurrent.futures.Executor`; by default processes of this machine.
        workers: how many cubes are in flight at once.
        progress: told how many cubes are done.

    Example:
        >>> from fractions import Fraction as F
        >>> from .backends import first_available
        >>> from .encodings import Case, encodings
        >>> problem = encodings()["deterministic"].build(Case(2, 1, F(1, 2), True, True, True))
        >>> decide(problem, Threshold(F(2), strict=True), first_available())
        Unsatisfiable()
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    parts = cubes(problem)
    first = seconds if len(parts) < 2 else min(at_once, seconds or at_once)
    answer = _alone(backend, problem, asked, first)
    if not isinstance(answer, NoAnswer) or len(parts) < 2:
        return answer
    left = None if deadline is None else max(deadline - time.monotonic(), 0.1)
    tasks = [(backend.name, restricted(problem, picks), asked, left) for picks in parts]
    answers = _here(tasks, workers, left) if executor is None else _there(tasks, workers, executor)
    open_: NoAnswer | None = None
    with closing(answers) as come:
        for over, (number, answer) in enumerate(come, 1):
            if isinstance(answer, Model):
                return replace(answer, picks={**answer.picks, **parts[number]})
            open_ = answer if isinstance(answer, NoAnswer) else open_
            progress(f"{backend.name}: {over} of {len(parts)} cubes done")
    return open_ or Unsatisfiable()


def cubes(problem: Problem) -> tuple[Picks, ...]:
    """Every way to take the choices that continue the path at the start; at least one."""
    first = [c for c in problem.choices if c.follow and c.state == problem.start]
    return tuple(
        dict(zip((c.name for c in first), picks, strict=True))
        for picks in product(*(c.options for c in first))
    )


def restricted(problem: Problem, picks: Picks) -> Problem:
    """The problem in which some choices are taken; rows that they exclude are left out."""
    choices = tuple(
        replace(c, options=(picks[c.name],)) if c.name in picks else c for c in problem.choices
    )
    rows = tuple(
        row for row in problem.rows if all(picks.get(name, t) == t for name, t in row.guard)
    )
    return replace(problem, choices=choices, rows=rows)


def solve(name: str, problem: Problem, asked: Threshold | None, seconds: float | None) -> Answer:
    """One question, in a killable process of its own; made to run in a worker of any executor."""
    return _alone(backends()[name], problem, asked, seconds)


def _alone(
    backend: Backend, problem: Problem, asked: Threshold | None, seconds: float | None
) -> Answer:
    for item in stream(_answers, backend, problem, asked, seconds=seconds):
        return _answer(item)
    return NoAnswer(f"{backend.name} said nothing")


def _answers(backend: Backend, problem: Problem, asked: Threshold | None) -> Iterator[Answer]:
    yield backend.decide(problem, asked)


def _answer(item: Answer | Stopped) -> Answer:
    return NoAnswer(item.reason) if isinstance(item, Stopped) else item


def _here(
    tasks: Sequence[Task], workers: int, seconds: float | None
) -> Generator[tuple[int, Answer], None, None]:
    """The answers of processes of this machine."""
    works = [partial(_answers, backends()[name], cube, asked) for name, cube, asked, _ in tasks]
    for number, item in each(works, workers=workers, seconds=seconds):
        yield number, _answer(item)


def _there(
    tasks: Sequence[Task], workers: int, executor: Executor
) -> Generator[tuple[int, Answer], None, None]:
    """The answers of an executor's workers; what is not needed any more is cancelled."""
    waiting, flying = list(enumerate(tasks)), dict[Future[Answer], int]()
    try:
        while waiting or flying:
            while waiting and len(flying) < workers:
                number, task = waiting.pop(0)
                flying[executor.submit(solve, *task)] = number
            done, _ = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                yield flying.pop(future), future.result()
    finally:
        for future in flying:
            future.cancel()
