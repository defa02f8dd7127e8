"""`nashgap latex LABEL|FILE ...`: statements, proofs and games."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nashgap.theory.errors import BadInput

from . import completing, options
from .options import Json, Output, Quiet, Tolerance
from .output import Result, show, writable, write
from .progress import progress

if TYPE_CHECKING:
    from fractions import Fraction

    from nashgap.printing import Printable

NAME = "latex"


def command(
    things: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LABEL|FILE.json]...",
            show_default=False,
            autocompletion=completing.known(completing.labels),
        ),
    ] = None,
    output: Output = None,
    fragment: Annotated[
        bool, typer.Option("--fragment", help="No preamble: to be put into a document.")
    ] = False,
    symbols: Annotated[
        list[str] | None,
        typer.Option(
            "--symbol",
            metavar="NAME=LATEX",
            help=r"A paper's own symbol, as 'gamma=\beta'; may be given often.",
            show_default=False,
        ),
    ] = None,
    tolerance: Tolerance = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Print bounds and derivation files with their proofs, and game or witness files, as LaTeX.

    -o FILE.tex also writes FILE.bib when there is something to cite.

    Example: nashgap latex T1 witness.json -o T1.tex
    """
    started = time.perf_counter()
    if not things:
        raise BadInput("LABEL|FILE", "none given", "labels of bounds, game files, witness files")
    if output is not None:
        writable(output, *things)
    from nashgap.printing import latex
    from nashgap.theory.labels import joined

    chosen = _symbols(symbols or [])
    slack = options.tolerance(tolerance)
    with progress("writing LaTeX", quiet=quiet):
        printed = [_read(thing, slack) for thing in joined(things)]
        body = latex(*printed, standalone=not fragment, symbols=chosen)
        cited = _bibtex(printed)
    notes = [note for thing in printed for note in getattr(thing, "notes", ())]
    if slack is not None and not any(hasattr(thing, "notes") for thing in printed):
        raise BadInput("--tolerance", "given without a game file", "evidence as it is: it is exact")
    source = "".join(f"% {note}\n" for note in notes)
    source += body
    lines = [source.rstrip("\n")]
    if output is not None:
        write(output, source)
        lines = [f"written to {output}"]
        if cited:
            path = Path(output).with_suffix(".bib")
            write(path, cited)
            lines = [f"written to {output}, its sources to {path}"]
    fields = {"latex": source, "bibtex": cited, "output": output, "notes": notes}
    found = Result("done", lines, fields)
    show(found, started=started, as_json=as_json, quiet=quiet and output is not None)


def _symbols(given: list[str]) -> dict[str, str]:
    chosen = {}
    for one in given:
        name, equals, symbol = one.partition("=")
        if not equals:
            raise BadInput("--symbol", f"given {one!r:.60}", r"NAME=LATEX, as gamma=\beta")
        chosen[name.strip()] = symbol.strip()
    return chosen


def _bibtex(printed: "Sequence[Printable]") -> str:
    """The BibTeX entries of the bounds among what is printed."""
    from nashgap.theory.bound import Bound
    from nashgap.theory.catalogue import bound
    from nashgap.theory.latex import bibtex

    bounds = (bound(thing) if isinstance(thing, str) else thing for thing in printed)
    return bibtex(thing for thing in bounds if isinstance(thing, Bound))


def _read(thing: str, tolerance: "Fraction | None") -> "Printable":
    """A file if it looks like one, otherwise a label."""
    if thing != "-" and not thing.endswith(".json") and not Path(thing).is_file():
        return thing
    from nashgap.numeric.io import parse_game, read_json
    from nashgap.search.verify import parse_witness

    raw = read_json(thing)
    match raw.get("format"):
        case "nashgap/game/1":
            return parse_game(raw, tolerance=tolerance)
        case "nashgap/witness/1":
            return parse_witness(raw)
        case "nashgap/derivation/1":
            from nashgap.theory.verify import parse_derivation

            return parse_derivation(raw).derivation
        case other:
            raise BadInput(
                f"{thing}, format", f"given {other!r:.60}", "a game, witness or derivation file"
            )
