"""Work in a process of its own, with a hard deadline and a memory limit.

Solvers ignore their own timeouts, so the only deadline that holds is a kill. The work is a
generator: what it has yielded before it is killed is kept.
"""

import logging
import multiprocessing
import os
import resource
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from .pool import end_with_parent

log = logging.getLogger(__name__)

MEMORY = 4 << 30
"""Bytes of address space that a worker may add to what it inherits."""


@dataclass(frozen=True)
class Stopped:
    """The last thing that a stream yields when the work did not end by itself, and why."""

    reason: str


def stream(
    work: Callable[..., Iterator[Any]],
    *arguments: Any,
    seconds: float | None = None,
    memory: int = MEMORY,
) -> Iterator[Any]:
    """Runs a generator in a child process and yields what it yields, as it comes.

    The child is forked, so the arguments need no pickling; what it yields is pickled. It is killed
    when the deadline passes, when this generator is closed, and on any exception here, Ctrl-C
    included. A work that was stopped ends with `Stopped`.

    Args:
        work: a generator function.
        arguments: its arguments.
        seconds: the deadline from now, or None.
        memory: bytes that the child may add.

    Example:
        >>> list(stream(range, 3))
        [0, 1, 2]
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(work, arguments, send, memory), daemon=True)
    this = multiprocessing.current_process()
    if this.daemon:
        this.daemon = False  # a cluster's worker; daemons start nothing, and this child is killed
    with warnings.catch_warnings():
        # Newer Pythons warn of any thread at all; the idle ones of BLAS hold no lock of ours.
        warnings.simplefilter("ignore", DeprecationWarning)
        child.start()
    send.close()
    log.debug("process %s started for %s, at most %s s", child.pid, _called(work), seconds)
    try:
        yield from _received(receive, deadline)
    finally:
        child.kill()
        child.join()
        receive.close()
        log.debug("process %s ended", child.pid)


def _called(work: Callable[..., Any]) -> str:
    return str(getattr(work, "__qualname__", work))


def _received(receive: Connection, deadline: float | None) -> Iterator[Any]:
    while True:
        left = None if deadline is None else max(deadline - time.monotonic(), 0)
        if not receive.poll(left):
            yield Stopped("the time given is used up")
            return
        try:
            kind, item = receive.recv()
        except EOFError:
            yield Stopped("the worker died, perhaps for lack of memory")
            return
        match kind:
            case "item":
                yield item
            case "failed":
                yield Stopped(item)
                return
            case _:
                return


def _run(
    work: Callable[..., Iterator[Any]], arguments: tuple[Any, ...], send: Connection, memory: int
) -> None:
    # Ctrl-C reaches the whole process group: the parent decides, and kills.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    try:
        _limit(memory)
        for item in work(*arguments):
            send.send(("item", item))
        send.send(("end", None))
    except MemoryError:
        send.send(("failed", "the worker's memory limit is used up"))
    except Exception as error:
        send.send(("failed", f"the worker failed: {type(error).__name__}: {error}"))


def _limit(memory: int) -> None:
    """Lets the address space grow by `memory` bytes and no more."""
    try:
        with open("/proc/self/statm") as file:
            inherited = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        inherited = 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = inherited + memory
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
