"""`nashgap bounds`: the catalogue of bounds."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import completing
from .options import Json, Output, Quiet
from .output import Result, counted, show, table, writable, write
from .progress import progress

if TYPE_CHECKING:
    from nashgap.theory.bound import Bound

NAME = "bounds"


def command(
    labels: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LABEL]...",
            show_default=False,
            autocompletion=completing.known(completing.labels),
        ),
    ] = None,
    improved: Annotated[
        bool,
        typer.Option("--improvements", help="Where they improve on what is published, by what."),
    ] = False,
    unsettled: Annotated[
        bool, typer.Option("--open", help="What is open, and the evidence there is.")
    ] = False,
    by_row: Annotated[
        bool, typer.Option("--rows", help="Each statement of the paper, and where it is.")
    ] = False,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """List the bounds of the catalogue, with assumptions, robust forms, sources and sharpness.

    -o writes the table of --improvements as LaTeX.

    Example: nashgap bounds lemma_3 T1
    """
    started = time.perf_counter()
    flags = {"--improvements": improved, "--open": unsettled, "--rows": by_row}
    given = [name for name, on in flags.items() if on]
    if len(given) + bool(labels) > 1:
        raise BadInput(given[0], "given with labels or another table", "one of them")
    if output is not None and not improved:
        raise BadInput("--output", "given without --improvements", "both, or neither")
    with progress("reading the catalogue", quiet=quiet):
        if improved:
            found = _improvements(output)
        elif unsettled:
            found = _open()
        elif by_row:
            found = _rows()
        else:
            found = _listed(labels or [])
    show(found, started=started, as_json=as_json, quiet=quiet)


def _listed(labels: Sequence[str]) -> Result:
    from nashgap.theory.catalogue import bound, bounds
    from nashgap.theory.labels import joined

    chosen = [bound(label) for label in joined(labels)] if labels else list(bounds().values())
    lines = [
        f"{counted(len(chosen), 'bound')}; `nashgap check LABEL` checks a derivation, "
        "`nashgap latex LABEL` prints it",
        *(line for one in chosen for line in _lines(one)),
    ]
    return Result("done", lines, {"bounds": [_described(one) for one in chosen]})


def _improvements(output: str | None) -> Result:
    from nashgap.theory.improvements import improvements, improvements_latex

    found = list(improvements())
    lines = ["published -> here, and by what factor the published bound is larger", ""]
    for row in found:
        what = f"factor {row.factor}" if row.factor else row.what
        lines.append(f"{row.published} -> {row.label}: {what}")
        lines += table([("was", row.old or row.source), ("is", row.new), ("sharp", row.sharp)])
    if output is not None:
        writable(output)
        write(output, improvements_latex() + "\n")
        lines += ["", f"written to {output}, with booktabs"]
    fields = {"improvements": [row.json() for row in found], "latex": improvements_latex()}
    return Result("done", lines, fields)


def _open() -> Result:
    from nashgap.theory.open_questions import questions

    lines = ["what is open, and what is known of it; what is settled says how"]
    for one in questions():
        rows = [
            ("bound", ", ".join(one.bounds)),
            ("known", one.known),
            ("settled", one.settled),
            ("evidence", one.evidence),
            *(("again", command) for command in one.commands),
        ]
        lines += ["", one.question, *table(row for row in rows if row[1])]
    return Result("done", lines, {"questions": [one.json() for one in questions()]})


def _rows() -> Result:
    from nashgap.theory.rows import rows

    found = [(row.label, f"{row.kind} {' '.join(row.names)}".strip(), row) for row in rows()]
    lines = [line for label, where, row in found for line in _row(label, where, row.statement)]
    fields = {
        "rows": [
            {"label": r.label, "statement": r.statement, "kind": r.kind, "names": list(r.names)}
            for _, _, r in found
        ]
    }
    return Result("done", lines, fields)


def _row(label: str, where: str, statement: str) -> list[str]:
    return [label, *table([("says", statement), ("is", where)])]


def _lines(bound: "Bound") -> list[str]:
    from nashgap.theory.robust import expert_words

    names = " = ".join(bound.labels)
    rows = [
        ("assumes", ", ".join(a.text for a in bound.assumptions) or "nothing"),
        ("expert", expert_words(bound)),
        ("source", bound.source.text),
        ("sharp", bound.sharpness.replace("`", "")),
        ("improves", bound.improves.replace("`", "")),
    ]
    return [
        "",
        f"{names}: {bound.title}",
        f"  {bound.claim.text}",
        *table(row for row in rows if row[1]),
    ]


def _described(bound: "Bound") -> dict[str, Any]:
    from nashgap.theory.robust import expert_words, lacking, robust_form_of, supposed

    return {
        "label": bound.label,
        "labels": list(bound.labels),
        "title": bound.title,
        "claim": bound.claim.text,
        "assumptions": [a.text for a in bound.assumptions],
        "expert": expert_words(bound),
        "every_expert": not supposed(bound),
        "lacks": list(lacking(bound)),
        "robust": bound.robust,
        "robust_form_of": list(robust_form_of(bound)),
        "source": bound.source.text,
        "bibtex": bound.source.bibtex,
        "witness": bound.witness,
        "sharpness": bound.sharpness,
        "improves": bound.improves,
    }
