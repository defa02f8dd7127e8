"""Runs a set of tasks on any executor, keeping each result in a store as soon as it is there.

A second start with the same store resumes; finished tasks are never done again; processes may share
a store and its work. An interrupt keeps what was finished and gives the rest back.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    wait,
)
from dataclasses import dataclass, field
from typing import Any

from .pool import Pool
from .store import Store, Task

Solve = Callable[[Task], Any]
Same = Callable[[Any, Any], bool]

_LEASE = 30.0
_TICK = 0.1
_LOOK = 1.0
"""Seconds between looks at what other processes have finished."""


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        done: finished tasks, those found in the store included.
        total: all tasks.
        latest: the result that came in last, or None.
        task: whose it is.
    """

    done: int
    total: int
    latest: Any = None
    task: Task | None = None


@dataclass(frozen=True)
class Died:
    """In place of a result: the task ended the life of a worker that computed nothing else.

    It is not stored, so the next start tries again.
    """

    task: Task


@dataclass
class _Run:
    solve: Solve
    store: Store
    given: Executor | None
    pool: Pool
    workers: int
    same: Same | None
    left: dict[str, Task]
    flying: dict[Future[Any], Task] = field(default_factory=dict)
    suspects: set[str] = field(default_factory=set)
    died: dict[str, Died] = field(default_factory=dict)

    def executor(self) -> Executor:
        return self.pool.executor() if self.given is None else self.given

    def submit(self) -> None:
        """Fills the free places; a task suspected of killing its worker flies alone."""
        free = (1 if self.suspects else self.workers) - len(self.flying)
        if free <= 0:
            return
        flown = {task.key for task in self.flying.values()}
        waiting = [t for key, t in self.left.items() if key not in flown]
        if not waiting:
            return
        waiting.sort(key=lambda task: task.key not in self.suspects)
        for task in self.store.claim(waiting, free, _LEASE):
            try:
                self.flying[self.executor().submit(self.solve, task)] = task
            except BrokenExecutor:
                self.crashed(task, alone=False)

    def collect(self) -> list[tuple[Task, Any]]:
        """Stores what has come in."""
        if not self.flying:
            time.sleep(_TICK)
            return []
        done, _ = wait(self.flying, timeout=_TICK, return_when=FIRST_COMPLETED)
        alone = len(self.flying) == 1
        results = []
        for future in done:
            task = self.flying.pop(future)
            try:
                result = future.result()
            except BrokenExecutor:
                self.crashed(task, alone)
                continue
            self.store.finish(task, result, self.same)
            self.suspects.discard(task.key)
            self.left.pop(task.key, None)
            results.append((task, result))
        return results

    def crashed(self, task: Task, alone: bool) -> None:
        self.store.release(task)
        if alone and task.key in self.suspects:
            self.suspects.discard(task.key)
            self.died[task.key] = Died(self.left.pop(task.key))
        else:
            self.suspects.add(task.key)
        if self.given is not None:
            raise BrokenExecutor("the given executor lost its workers; start again to resume")
        self.pool.close()


def run(
    tasks: Sequence[Task],
    solve: Solve,
    store: Store,
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    report: Callable[[Progress], None] | None = None,
    same: Same | None = None,
) -> list[Any]:
    """Computes every task that the store lacks and returns all results, in the order of `tasks`.

    Args:
        tasks: what to do; equal tasks are done once.
        solve: a picklable function from a task to a JSON value.
        store: where results are kept.
        executor: any `concurrent.futures.Executor`, a dask cluster's included; by default a pool of
            processes of the run's own, replaced when a worker dies.
        workers: how many tasks are in flight at once; by default one a processor.
        report: called after each result.
        same: whether two results of one task agree; by default they must be equal.

    Returns:
        One result a task; `Died` in the place of a task that killed its worker twice, the second
        time while it was alone in flight.

    Raises:
        BrokenExecutor: the executor that was passed in is gone; finished results are kept.
    """
    left = {task.key: task for task in tasks}
    total = len(left)
    count = workers or os.cpu_count() or 1
    work = _Run(solve, store, executor, Pool(count), count, same, left)
    tell = report or (lambda progress: None)
    drop_finished(left, store)
    tell(Progress(total - len(left), total))
    looked = time.monotonic()
    try:
        while left:
            work.submit()
            latest = work.collect()
            if time.monotonic() > looked + _LOOK:
                store.renew(_LEASE)
                drop_finished(left, store)
                looked = time.monotonic()
            for task, result in latest:
                tell(Progress(total - len(left), total, result, task))
    finally:
        for future in work.flying:
            future.cancel()
        work.pool.close()
    return [work.died.get(task.key) or store.result(task) for task in tasks]


def drop_finished(left: dict[str, Task], store: Store) -> Mapping[str, Task]:
    """Removes the tasks that the store, or another process through it, has finished."""
    for key in [key for key, task in left.items() if store.has(task)]:
        del left[key]
    return left
