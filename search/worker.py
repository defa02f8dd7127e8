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
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from .pool import end_with_parent

log = logging.getLogger(__name__)

_LATE = "the time given is used up"
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
    with _child(work, arguments, memory, seconds) as receive:
        yield from _received(receive, deadline)


def each(
    works: Sequence[Callable[[], Iterator[Any]]],
    *,
    workers: int = 2,
    seconds: float | None = None,
    memory: int = MEMORY,
) -> Iterator[tuple[int, Any]]:
    """The first item of each of several generators, so many at once, as they come.

    All that `stream` says holds of each child; closing this generator kills those at work.

    Args:
        works: the generator functions.
        workers: how many children there are at once.
        seconds: the deadline for all of them, or None.
        memory: bytes that each child may add.

    Example:
        >>> sorted(each([lambda: iter("a"), lambda: iter("b")]))
        [(0, 'a'), (1, 'b')]
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    waiting, flying = list(enumerate(works)), dict[Connection, tuple[int, ExitStack]]()
    try:
        while waiting or flying:
            left = None if deadline is None else max(deadline - time.monotonic(), 0)
            while waiting and len(flying) < workers and left != 0:
                number, work = waiting.pop(0)
                child = ExitStack()
                flying[child.enter_context(_child(work, (), memory, left))] = number, child
            ready = wait(list(flying), left)
            for receive in (one for one in list(flying) if one in ready or not ready):
                number, child = flying.pop(receive)
                with child:
                    item = next(_received(receive, deadline), Stopped("nothing was found"))
                yield number, item
            if not ready:
                yield from ((number, Stopped(_LATE)) for number, _ in waiting)
                return
    finally:
        for _, child in flying.values():
            child.close()


@contextmanager
def _child(
    work: Callable[..., Iterator[Any]],
    arguments: tuple[Any, ...],
    memory: int,
    seconds: float | None,
) -> Iterator[Connection]:
    """A child at work and the end from which to read; it is killed when the block is left."""
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
        yield receive
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
            yield Stopped(_LATE)
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
                log.warning("%s", item)  # an error of ours must not pass for a lack of time
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
