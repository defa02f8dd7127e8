"""A line on stderr, kept up to date, while something takes longer than two seconds."""

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .logs import is_on

_PATIENCE = 2.0
_TICK = 0.5
_SECONDS = 10
"""Columns that are kept for the seconds."""
_CLEAR = "\r\x1b[K"


class Progress:
    """What the line says; call it with a new text at any time."""

    def __init__(self, doing: str) -> None:
        self.doing = doing
        self._started = time.monotonic()
        self._done = threading.Event()

    def __call__(self, doing: str) -> None:
        """Changes what the line says; `-v` logs it."""
        if doing != self.doing:
            _log(doing)
        self.doing = doing

    def _draw(self) -> None:
        self._done.wait(_PATIENCE)
        while not self._done.is_set():
            passed = time.monotonic() - self._started
            width = shutil.get_terminal_size((90, 24)).columns - _SECONDS
            sys.stderr.write(f"{_CLEAR}{self.doing[: max(width, 40)]}  {passed:.0f} s")
            sys.stderr.flush()
            self._done.wait(_TICK)

    def _clear(self) -> None:
        self._done.set()
        if time.monotonic() - self._started > _PATIENCE:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()


@contextmanager
def progress(doing: str, *, quiet: bool = False) -> Iterator[Progress]:
    """Shows the line while the block runs; only on a terminal, and not when `quiet`."""
    line = Progress(doing)
    _log(doing)
    if quiet or is_on() or not sys.stderr.isatty():
        yield line
        return
    drawing = threading.Thread(target=line._draw, daemon=True)
    drawing.start()
    try:
        yield line
    finally:
        line._clear()
        drawing.join()


def _log(doing: str) -> None:
    import logging

    logging.getLogger("nashgap").info(doing)
