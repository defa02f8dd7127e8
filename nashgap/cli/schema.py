"""`nashgap schema`: the JSON Schemas of file formats and of every command's `--json`."""

import time
from typing import Annotated

import typer

from . import completing
from .options import Json, Output, Quiet
from .output import Result, show, writable, write_json

NAME = "schema"


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            show_default=False,
            autocompletion=completing.known(completing.schemas),
        ),
    ] = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Print the JSON Schema of a file format, or of what a command prints with --json.

    Without NAME: the names.

    Example: nashgap schema witness -o witness.schema.json
    """
    started = time.perf_counter()
    if output is not None:
        writable(output)
    show(_result(name, output), started=started, as_json=as_json, quiet=quiet)


def _result(name: str | None, output: str | None) -> Result:
    import json

    from nashgap.schemas import names, schema
    from nashgap.theory.errors import BadInput

    if name is None:
        if output is not None:
            raise BadInput("--output", "given without NAME", f"one of {', '.join(names())}")
        lines = ["`nashgap schema NAME` prints one of", *(f"  {known}" for known in names())]
        return Result("done", lines, {"schemas": list(names()), "schema": None})
    found = schema(name)
    if output is not None:
        write_json(output, found)
    lines = [json.dumps(found, indent=1)] if output is None else [f"written to {output}"]
    return Result("done", lines, {"schemas": list(names()), "schema": found})
