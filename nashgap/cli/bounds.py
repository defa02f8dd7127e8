"""`nashgap bounds`: the catalogue of bounds."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .options import Json, Quiet
from .output import Result, show, table

if TYPE_CHECKING:
    from nashgap.theory.bound import Bound

NAME = "bounds"


def command(
    labels: Annotated[
        list[str] | None, typer.Argument(metavar="[LABEL]...", show_default=False)
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """List the bounds of the catalogue, with assumptions, sources and sharpness.

    Example: nashgap bounds lemma_3 T1
    """
    started = time.perf_counter()
    from nashgap.theory.catalogue import bound, bounds

    chosen = [bound(label) for label in labels] if labels else list(bounds().values())
    lines = [
        f"{len(chosen)} bounds; `nashgap check LABEL` checks a derivation, `nashgap latex LABEL`"
        " prints it",
        *(line for one in chosen for line in _lines(one)),
    ]
    found = Result("done", lines, {"bounds": [_described(one) for one in chosen]})
    show(found, started=started, as_json=as_json, quiet=quiet)


def _lines(bound: "Bound") -> list[str]:
    names = " = ".join(bound.labels)
    rows = [
        ("assumes", ", ".join(a.text for a in bound.assumptions) or "nothing"),
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
    return {
        "label": bound.label,
        "labels": list(bound.labels),
        "title": bound.title,
        "claim": bound.claim.text,
        "assumptions": [a.text for a in bound.assumptions],
        "source": bound.source.text,
        "bibtex": bound.source.bibtex,
        "witness": bound.witness,
        "sharpness": bound.sharpness,
        "improves": bound.improves,
    }
