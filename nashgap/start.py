"""Where the process starts: Ctrl-C is 130 and one line from here on, while the commands still load.

Only the console script and `python -m nashgap` import this; a program that uses the package keeps
its own handling of interrupts.
"""

import io
import os
import signal
import sys

INTERRUPTED = 130


def leave(_number: int, _frame: object) -> None:
    """Ends the process; nothing was done yet that could be kept."""
    os.write(2, b"nashgap: interrupted\n")
    os._exit(INTERRUPTED)


if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, leave)


def main() -> int:
    """Runs the process's command; what it printed stands, whatever is pressed afterwards.

    Returns:
        The exit code: 0, 1, 2, 3, or 130 when interrupted.
    """
    from nashgap.cli import app, entry

    assert app is not None  # loaded while an interrupt still ends the process at once
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names in any script, on any terminal
            stream.reconfigure(errors="backslashreplace")
    ours = signal.getsignal(signal.SIGINT) is leave
    if ours:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    code = entry.main()
    if sys.stdout is not None:
        sys.stdout.flush()
    if ours:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code
