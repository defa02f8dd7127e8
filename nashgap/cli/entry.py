"""One command from its arguments to its exit code, whatever interrupts it."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        arguments: without the program's name; by default those of the process.

    Returns:
        The exit code: 0, 1, 2, 3, or 130 when interrupted.
    """
    with _interrupts() as seen:
        try:
            from .app import run

            return run(arguments)
        except KeyboardInterrupt:
            return _interrupted()
        except Exception:
            # A compiled module that is interrupted while it loads raises an error of its own.
            if seen:
                return _interrupted()
            raise


def _interrupted() -> int:
    """The exit code of a command that had nothing to keep, after one line that says so."""
    print("nashgap: interrupted", file=sys.stderr)  # noqa: T201
    return INTERRUPTED


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """The interrupts that arrive, each of them raised as ever."""
    seen: list[int] = []
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield seen
        return

    def note(number: int, _: object) -> None:
        seen.append(number)
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    try:
        yield seen
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
