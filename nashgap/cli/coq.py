"""`nashgap coq LABEL ...`: derivations as Coq files, for coqc to check."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nashgap.theory.errors import BadInput

from . import completing
from .options import Json, Output, Quiet
from .output import Result, show, table, writable, write
from .progress import progress

if TYPE_CHECKING:
    from nashgap.printing import Proof
    from nashgap.theory.coq import Exported

NAME = "coq"


def command(
    labels: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LABEL|FILE.json]...",
            show_default=False,
            autocompletion=completing.known(completing.labels),
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole catalogue.")] = False,
    sizes: Annotated[
        list[str] | None,
        typer.Option(
            "--full",
            metavar="N,A",
            help="Local steps also written out for N players with A actions each.",
            show_default=False,
        ),
    ] = None,
    whole: Annotated[
        bool,
        typer.Option("--whole", help="T1, value_gap: for every finite game, too."),
    ] = False,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write proved bounds and derivation files as Coq lemmas, for coqc (8.16) to check.

    Each step is a lemma, each chain is joined from what it takes as given, and says it.

    Example: nashgap coq T1 -o T1.v && coqc T1.v
    """
    started = time.perf_counter()
    from nashgap.printing import coq_file

    if output is not None:
        _named_for_coq(output)
        writable(output, *(labels or []))
    written_out = _sizes(sizes or [])
    with progress("writing Coq", quiet=quiet):
        chosen = _chosen(labels or [], everything)
        source, exported = coq_file(*chosen, sizes=written_out, whole=whole)
    if output is not None:
        write(output, source)
    lines = [source.rstrip("\n")] if output is None else _summary(output, exported)
    if whole and output is not None:
        lines.append("NAME_whole, at the end, takes as given the definition of a game alone")
    fields = {
        "coq": source,
        "output": output,
        "lemmas": [lemma.name for lemma in exported.lemmas],
        "given": exported.given(),
        "unchecked": exported.unchecked,
    }
    found = Result("done", lines, fields)
    show(found, started=started, as_json=as_json, quiet=quiet and output is not None)


def _chosen(labels: list[str], everything: bool) -> "list[Proof]":
    from nashgap.theory.catalogue import bounds
    from nashgap.theory.labels import joined

    labels = joined(labels)
    if everything and labels:
        raise BadInput("--all", f"given with {' '.join(labels):.60}", "either labels or --all")
    if not everything and not labels:
        raise BadInput("LABEL", "none given", "labels (`nashgap bounds` lists them), or --all")
    return list(bounds()) if everything else [_read(label) for label in labels]


def _read(label: str) -> "Proof":
    """A derivation file if it looks like one, otherwise a label."""
    if label != "-" and not label.endswith(".json"):
        return label
    from nashgap.numeric.io import read_json
    from nashgap.theory.verify import parse_derivation

    return parse_derivation(read_json(label)).derivation


def _sizes(given: list[str]) -> list[tuple[int, int]]:
    from .options import count

    found = []
    for size in given:
        parts = size.split(",")
        if len(parts) != 2:
            raise BadInput("--full", f"given {size!r:.60}", "players,actions, for example 2,2")
        players, actions = (count(part.strip(), "--full") for part in parts)
        if actions**players > 64:
            raise BadInput("--full", f"given {size!r:.60}", "at most 64 joint actions")
        found.append((players, actions))
    return found


def _named_for_coq(output: str) -> None:
    """Refuses a name that coqc refuses: a file is a module, called like the file."""
    path = Path(output)
    if path.suffix != ".v" or not (path.stem.isascii() and path.stem.isidentifier()):
        needed = "NAME.v, NAME of letters, digits and underscores: coqc takes no other"
        raise BadInput("--output", f"given {output!r:.60}", needed)


def _summary(output: str, exported: "Exported") -> list[str]:
    count = len(exported.lemmas)
    lines = [f"written to {output}: {count} lemmas; check it with: coqc {output}"]
    for name, given in exported.given().items():
        lines.append(f"{name} takes as given, beside 0 <= gamma < 1 and n >= 1:")
        for statement, why in given:
            lines += [f"  {statement}", *table([(why,)], indent="      ")]
    return lines
