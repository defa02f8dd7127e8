"""`nashgap latex LABEL|FILE ...`: statements, proofs and games."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nashgap.theory.errors import BadInput

from .options import Json, Output, Quiet
from .output import Result, show, write

if TYPE_CHECKING:
    from nashgap.printing import Printable

NAME = "latex"


def command(
    things: Annotated[
        list[str] | None, typer.Argument(metavar="LABEL|FILE.json...", show_default=False)
    ] = None,
    output: Output = None,
    fragment: Annotated[
        bool, typer.Option("--fragment", help="No preamble: to be put into a document.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Print bounds with their proofs, and games of game or witness files, as LaTeX.

    Example: nashgap latex T1 witness.json -o T1.tex
    """
    started = time.perf_counter()
    if not things:
        raise BadInput("LABEL|FILE", "none given", "labels of bounds, game files, witness files")
    from nashgap.printing import latex

    source = latex(*(_read(thing) for thing in things), standalone=not fragment)
    if output is not None:
        write(output, source)
    lines = [source.rstrip("\n")] if output is None else [f"written to {output}"]
    found = Result("done", lines, {"latex": source, "output": output})
    show(found, started=started, as_json=as_json, quiet=quiet and output is not None)


def _read(thing: str) -> "Printable":
    """A file if it looks like one, otherwise a label."""
    if not thing.endswith(".json") and not Path(thing).is_file():
        return thing
    from nashgap.numeric.io import parse_game, read_json
    from nashgap.search.verify import parse_witness

    raw = read_json(thing)
    match raw.get("format"):
        case "nashgap/game/1":
            return parse_game(raw)
        case "nashgap/witness/1":
            return parse_witness(raw)
        case other:
            raise BadInput(f"{thing}, format", f"given {other!r:.60}", "a game or a witness file")
