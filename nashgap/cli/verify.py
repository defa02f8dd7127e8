"""`nashgap verify FILE`: re-checks a file without any solver and believes no number in it."""

import time
from typing import Annotated

import typer

from .options import Json, Quiet
from .output import Result, show, table

NAME = "verify"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Re-check a witness, certificate, derivation or game file, without any solver.

    Exit code 0: everything that the file states is true. 1: something is not. 2: malformed.

    Example: nashgap search --sup -o sup.json && nashgap verify sup.json
    """
    started = time.perf_counter()
    show(_verify(file), started=started, as_json=as_json, quiet=quiet)


def _verify(file: str) -> Result:
    from nashgap.numeric.io import read_json
    from nashgap.search.verify import verify

    raw = read_json(file)
    found = verify(raw)
    status = "valid" if found.valid else "invalid"
    lines = [f"{status}  {raw['format']}  {file}", *table([reason] for reason in found.reasons)]
    return Result(status, lines, {"valid": found.valid, "reasons": list(found.reasons)})
