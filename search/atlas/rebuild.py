"""Builds the atlas from nothing, or from what a store already has of it."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from ..query import Query
from ..recall import written
from ..run import Progress
from ..standing import known, time_left
from ..store import Store
from ..stored import Answer, answers
from ..verdict import Unknown
from .entry import Entry, question

SECONDS = 60.0
"""For one entry."""


def rebuild(
    queries: Sequence[Query],
    store: str | Path | Store | None,
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    seconds: float = SECONDS,
    progress: Callable[[str], None] | None = None,
) -> tuple[list[Entry], bool]:
    """The entries of these questions, and whether all are there or an interrupt came.

    Args:
        queries: what to ask.
        store: where finished entries are kept, so that a second start goes on.
        executor: who does the work; by default a pool of processes.
        workers: how many entries are worked on at once.
        seconds: for one entry.
        progress: told how far it is.
    """
    say = progress or (lambda _: None)
    started, decided = time.monotonic(), 0

    def came_in(answer: Answer, state: Progress) -> None:
        nonlocal decided
        entry = _entry(answer)
        decided += entry.value is not None
        kept = len(queries) - state.total
        left = time_left(state.done, state.total, time.monotonic() - started)
        say(
            f"{kept + state.done} of {len(queries)} entries done, {known(entry.lower, entry.upper)}"
            f"{left}; {decided} of {state.done} new ones decided, last {entry.name}"
        )

    say(f"0 of {len(queries)} entries done, or as many as are kept")
    found = answers(
        [question(query, seconds) for query in queries],
        store,
        executor,
        workers=workers,
        report=came_in,
    )
    done = [one for one in found if not _is_left(one)]
    return [_entry(one) for one in done], len(done) == len(found)


def _is_left(answer: Answer) -> bool:
    return isinstance(answer.verdict, Unknown) and answer.verdict.interrupted


def _entry(answer: Answer) -> Entry:
    return Entry(answer.question.query, written(answer.verdict), answer.seconds)
