"""`nashgap verify FILE ...`: re-checks files without any solver and believes no number in them."""

import time
from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from nashgap.theory.errors import BadInput

from .options import Json, Quiet
from .output import Result, show, table
from .progress import progress

NAME = "verify"


def command(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE.json...", show_default=False, help="`-`: standard input."),
    ],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Re-check witness, certificate, derivation or game files, without any solver.

    Exit code 0: everything that the files state is true. 1: something is not. 2: malformed.

    Example: nashgap search --sup -o sup.json && nashgap verify sup.json
    """
    started = time.perf_counter()
    checked: list[Checked] = []
    try:
        with progress("checking", quiet=quiet) as line:
            for file in files:
                line(f"checking {file}")
                checked.append(_verify(file))
    except KeyboardInterrupt:
        if not checked:
            raise
    found = _result(checked, asked=len(files))
    show(found, started=started, as_json=as_json, quiet=quiet)


class Checked(NamedTuple):
    """What a file is, and what of it is true."""

    file: str
    format: str
    valid: bool
    reasons: tuple[str, ...]

    def lines(self) -> list[str]:
        """For people."""
        head = f"{'valid' if self.valid else 'invalid'}  {self.format}  {self.file}"
        return [head, *table([reason] for reason in self.reasons)]


def _verify(file: str) -> Checked:
    from nashgap.numeric.io import place, read_json
    from nashgap.search.verify import verify

    raw = read_json(file)
    try:
        found = verify(raw)
    except BadInput as error:
        raise BadInput(f"{place(file)}, {error.where}", error.given, error.needed) from None
    return Checked(file, raw["format"], found.valid, found.reasons)


def _result(checked: Sequence[Checked], *, asked: int) -> Result:
    stopped = len(checked) < asked
    faulty = not all(one.valid for one in checked)
    fields = {
        "valid": None if stopped and not faulty else not faulty,
        "reasons": [reason for one in checked for reason in one.reasons],
        "results": [one._asdict() for one in checked],
    }
    lines = [line for one in checked for line in one.lines()]
    if stopped:
        lines.append(f"interrupted after {len(checked)} of {asked}")
    status = "invalid" if faulty else "undecided" if stopped else "valid"
    return Result(status, lines, fields, interrupted=stopped)
