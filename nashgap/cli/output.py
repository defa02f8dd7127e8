"""What a command hands back, and how it is shown: text for people, or one JSON object."""

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from nashgap import __version__
from nashgap.numeric.plain import WIDTH as WIDTH
from nashgap.numeric.plain import counted as counted
from nashgap.numeric.plain import decimal as decimal
from nashgap.numeric.plain import number as number
from nashgap.numeric.plain import table as table
from nashgap.theory.errors import BadInput

EXIT_CODE = {
    "proved": 0,
    "ruled_out": 0,
    "found": 0,
    "valid": 0,
    "done": 0,
    "refuted": 1,
    "invalid": 1,
    "supported": 3,
    "undecided": 3,
}
_COMMON = ("status", "claim", "class", "evidence", "witness", "certificate")


@dataclass(frozen=True)
class Result:
    """The outcome of one command.

    Attributes:
        status: a status word, or `valid`, `invalid`, `done` where there is no claim.
        lines: for people.
        fields: for `--json`, beside the common keys.
        interrupted: stopped by the user; what is here is what was done.
    """

    status: str
    lines: Sequence[str]
    fields: Mapping[str, Any] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """The exit code of the status word; 130 when interrupted."""
        return 130 if self.interrupted else EXIT_CODE[self.status]


def show(result: Result, *, started: float, as_json: bool, quiet: bool) -> None:
    """Prints a result and leaves with its exit code.

    With `as_json` one object and nothing else; with `quiet` no text at all.
    """
    import logging

    passed = time.perf_counter() - started
    logging.getLogger("nashgap").info("%s, after %.3f s", result.status, passed)
    if as_json:
        say(json.dumps(_object(result, started), indent=1, allow_nan=False))
    elif not quiet:
        say("\n".join(result.lines))
    raise typer.Exit(result.exit_code)


def noted(notes: Iterable[str]) -> list[str]:
    """What was ignored or renormalised in a file, as lines below the line that names it."""
    return table(("note", note) for note in notes)


def say(text: str) -> None:
    """Prints at once; when the reader has gone, goes on without it, for the exit code's sake.

    Raises:
        BadInput: standard output cannot be written to, as on a full disk.
    """
    if sys.stdout is None:  # closed by whoever started the process
        return
    try:
        typer.echo(text)
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would fail again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            given = f"cannot be written ({error.strerror})"
            raise BadInput("standard output", given, "a place with room, or -o FILE") from None


def _object(result: Result, started: float) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(_COMMON)
    found.update(result.fields)
    found["status"] = result.status
    if result.interrupted:
        found["interrupted"] = True
    found["seconds"] = round(time.perf_counter() - started, 3)
    found["versions"] = versions()
    return found


def versions() -> dict[str, str]:
    """Versions of this package, of Python, and of the libraries and solvers that are installed."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"nashgap": __version__, "python": sys.version.split()[0]}
    for package in ("numpy", "python-flint", "highspy", "scipy", "sympy", "z3-solver", "cvc5"):
        with suppress(PackageNotFoundError):
            found[package] = version(package)
    return found


def writable(path: str | Path, *sources: str) -> None:
    """Checks before the work that its result can be written, and that nothing read is lost by it.

    Args:
        path: of the result.
        sources: the files that are read.

    Raises:
        BadInput: the folder is missing, or the path is one, or neither may be written to, or the
            result would take the place of a source.
    """
    file = Path(path)
    if str(path) == "-":
        raise BadInput("--output -", "given", "a file; without -o all goes to standard output")
    if not file.parent.is_dir() or file.is_dir():
        raise BadInput(str(path), "cannot be written", "a file in a folder that exists")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise BadInput(str(path), "may not be written", "a file that you may write to")
    if file.exists() and any(Path(one).exists() and file.samefile(one) for one in sources):
        raise BadInput(str(path), "is read and would be lost", "another file to write to")


def write(path: str | Path, content: str) -> None:
    """Writes a text file, whole or not at all.

    Raises:
        BadInput: it cannot be written.
    """
    from nashgap.numeric.writing import write_text

    write_text(path, content)


def write_json(path: str | Path, content: Any) -> None:
    """Writes a JSON file that `nashgap verify` reads.

    Raises:
        BadInput: it cannot be written.
    """
    write(path, json.dumps(content, indent=1) + "\n")
