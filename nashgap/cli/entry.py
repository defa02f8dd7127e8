"""Where the process starts: an interrupt counts from here on, while the commands still load."""

from collections.abc import Sequence

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        arguments: without the program's name; by default those of the process.

    Returns:
        The exit code: 0, 1, 2, 3, or 130 when interrupted.
    """
    try:
        from .app import run

        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
