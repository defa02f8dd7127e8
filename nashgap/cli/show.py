"""`nashgap show LABEL`: a statement of the paper or of the theory, and what is found of it."""

import time
from collections.abc import Sequence
from typing import Annotated

import typer

from nashgap.theory.errors import BadInput

from . import completing
from .options import Json, Quiet
from .output import Result, show, table
from .progress import progress

NAME = "show"


def command(
    labels: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LABEL]...",
            show_default=False,
            autocompletion=completing.known(completing.statements),
        ),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show a statement by its label: verdict, what is sharper, games, commands.

    A label as the paper has it, in any spelling (Lemma 3, thm 2, cor_1), a theorem of the theory
    (T1), or the name of a bound, a game, a quantity or an assumption. Without one: what there is.

    Example: nashgap show Lemma 3
    """
    started = time.perf_counter()
    with progress("checking what is proved", quiet=quiet):
        found = _found(labels) if labels else _listed()
    show(found, started=started, as_json=as_json, quiet=quiet)


def _found(labels: Sequence[str]) -> Result:
    from nashgap.finding import lookup
    from nashgap.theory.labels import joined

    if any(not label.strip() for label in labels):
        raise BadInput("LABEL", "given ''", "a label as Lemma 3 or T1")
    found = [lookup(label) for label in joined(labels)]
    lines = [line for one in found for line in ("", *str(one).split("\n"))]
    return Result("done", lines[1:], {"results": [one.json() for one in found]})


def _listed() -> Result:
    from nashgap.theory.assumptions import known, written
    from nashgap.theory.quantities import meanings
    from nashgap.theory.rows import PAPER, THEORY

    lines = [
        "`nashgap show LABEL` shows one; of the paper:",
        *table((row.label, row.statement) for row in PAPER),
        "",
        "of the theory here:",
        *table((row.label, row.statement) for row in THEORY),
        "",
        "quantities of claims:",
        *table((one.name, one.statement) for one in meanings().values()),
        "",
        "assumptions, of which a list is given as --assume nash,margin=1/3:",
        *table((written(one), one.statement) for one in known().values()),
        "",
        "further: bounds (`nashgap bounds`) and games (`nashgap games`)",
    ]
    fields = {
        "labels": [row.label for row in (*PAPER, *THEORY)],
        "quantities": list(meanings()),
        "assumptions": [written(one) for one in known().values()],
    }
    return Result("done", lines, fields)
