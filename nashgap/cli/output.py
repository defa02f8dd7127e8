"""What a command hands back, and how it is shown: text for people, or one JSON object."""

import json
import os
import sys
import textwrap
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import typer

from nashgap import __version__
from nashgap.theory.errors import BadInput

WIDTH = 100
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
_LONGEST_NUMBER = 24


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
    if as_json:
        say(json.dumps(_object(result, started), indent=1, allow_nan=False))
    elif not quiet:
        say("\n".join(result.lines))
    raise typer.Exit(result.exit_code)


def say(text: str) -> None:
    """Prints at once; when the reader has gone, goes on without it, for the exit code's sake."""
    try:
        typer.echo(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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


def number(value: Any) -> str:
    """An exact number with a decimal beside it, or the decimal alone when the exact one is long.

    Example:
        >>> from fractions import Fraction
        >>> number(Fraction(18)), number(Fraction(9, 22)), number(0.1)
        ('18', '9/22 = 0.40909', '0.1')
    """
    from nashgap.numeric.numbers import text

    if not isinstance(value, Fraction):
        return str(value) if isinstance(value, (int, str)) else f"{value:.6g}"
    written = text(value)
    if value.denominator == 1 and len(written) <= _LONGEST_NUMBER:
        return written
    if len(written) > _LONGEST_NUMBER:
        return f"{decimal(value)} (exact in --json, {len(written)} characters)"
    return f"{written} = {decimal(value)}"


def decimal(value: Fraction) -> str:
    """Five significant digits of a Fraction of any size."""
    try:
        return f"{float(value):.5g}"
    except OverflowError:
        return ">1e308" if value > 0 else "<-1e308"


def table(rows: Iterable[Sequence[str]], indent: str = "  ") -> list[str]:
    """Left-aligned columns, two spaces apart; the last column is wrapped at 100 characters.

    Example:
        >>> table([("a", "1"), ("long", "2")])
        ['  a     1', '  long  2']
    """
    listed = [[str(cell) for cell in row] for row in rows]
    if not listed:
        return []
    widths = [max(len(row[k]) for row in listed) for k in range(len(listed[0]))]
    return [line for row in listed for line in _wrapped(row, widths, indent)]


def _wrapped(row: Sequence[str], widths: Sequence[int], indent: str) -> list[str]:
    head = indent + "".join(
        cell.ljust(width) + "  " for cell, width in zip(row[:-1], widths, strict=False)
    )
    room = max(WIDTH - len(head), 30)
    parts = textwrap.wrap(row[-1], room, break_on_hyphens=False) or [""]
    blank = " " * len(head)
    return [((head if k == 0 else blank) + part).rstrip() for k, part in enumerate(parts)]


def writable(path: str | Path) -> None:
    """Checks before the work that its result can be written.

    Raises:
        BadInput: the folder is missing, or the path is one.
    """
    if not Path(path).parent.is_dir() or Path(path).is_dir():
        raise BadInput(str(path), "cannot be written", "a file in a folder that exists")


def write(path: str | Path, content: str) -> None:
    """Writes a text file.

    Raises:
        BadInput: it cannot be written.
    """
    try:
        Path(path).write_text(content, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            str(path), f"cannot be written ({error.strerror})", "a writable file"
        ) from None


def write_json(path: str | Path, content: Any) -> None:
    """Writes a JSON file that `nashgap verify` reads.

    Raises:
        BadInput: it cannot be written.
    """
    write(path, json.dumps(content, indent=1) + "\n")
