"""A pool of processes that outlives neither its user nor its use.

`ProcessPoolExecutor` alone leaves its workers behind when the main process is killed, and waits for
their tasks to end when it is interrupted. Here every worker holds the far end of a pipe: when the
near end closes, be it by `close` or because the process is gone, the worker ends at once.
"""

import os
import signal
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection

_LOOK = 0.5


class Pool:
    """A process pool that is started when it is needed and can be started anew.

    Args:
        workers: how many processes.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._executor: ProcessPoolExecutor | None = None
        self._lifeline: Connection | None = None

    def executor(self) -> Executor:
        """The running pool."""
        if self._executor is None:
            context = get_context("forkserver")
            far, self._lifeline = context.Pipe(duplex=False)
            self._executor = ProcessPoolExecutor(
                self.workers, mp_context=context, initializer=_begin, initargs=(far,)
            )
        return self._executor

    def close(self) -> None:
        """Ends every worker at once, whatever it is doing; `executor` starts others."""
        if self._lifeline is not None:
            self._lifeline.close()
            self._lifeline = None
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None


def _begin(far: Connection) -> None:
    """A worker's first act. Ctrl-C is for the main process, which closes the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(far,), daemon=True).start()


def _end_with(far: Connection) -> None:
    try:
        far.poll(None)  # nothing is ever sent: this returns when the near end is closed
    finally:
        os._exit(1)


def end_with_parent() -> None:
    """Has this process end within a second of its parent's end, however that came."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
