"""`nashgap report FILE`: one self-contained page about a file of evidence."""

import time
from typing import Annotated

import typer

from . import options
from .options import Json, Output, Quiet, Tolerance
from .output import Result, show, writable, write
from .progress import progress

NAME = "report"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    tolerance: Tolerance = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make one self-contained HTML page of a file: pictures, numbers, how to re-check and cite.

    FILE is a game with policies, a witness, a certificate or a derivation, or what certify, search,
    conjecture or atlas printed with --json. Evidence in it is checked again for the page.

    Exit code 0: the file says the truth. 1: it does not, and the page says so.

    Example: nashgap games w1 -o w1.json && nashgap report w1.json -o w1.html
    """
    started = time.perf_counter()
    if output is not None:
        writable(output, file)
    with progress("checking and drawing", quiet=quiet):
        found = _report(file, tolerance, output)
    show(found, started=started, as_json=as_json, quiet=quiet and output is not None)


def _report(file: str, tolerance: str | None, output: str | None) -> Result:
    from pathlib import Path

    from nashgap.numeric.io import STDIN, parse_json, place, read_text
    from nashgap.reports import report

    source = read_text(file)
    raw = parse_json(source, place(file))
    slack = options.tolerance(tolerance)
    name = "FILE.json" if file == STDIN else Path(file).name
    found = report(raw, name, source=source, tolerance=slack)
    if output is not None:
        write(output, found.html)
    valid = found.status != "invalid"
    begins = found.title.startswith(found.status)
    said = found.title if begins else f"{found.status}  {found.title}"
    lines = [said, f"written to {output}"]
    return Result(
        "done" if valid else "invalid",
        [found.html.rstrip()] if output is None else lines,
        {"title": found.title, "file_status": found.status, "html": found.html, "output": output},
    )
