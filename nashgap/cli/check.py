"""`nashgap check LABEL ...`: the derivations of the catalogue, step by step."""

import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from nashgap.theory.errors import BadInput

from .options import Json, Output, Quiet
from .output import Result, show, table, writable, write_json
from .progress import progress

if TYPE_CHECKING:
    from nashgap.theory.bound import Bound, Report
    from nashgap.theory.model import Model

NAME = "check"
_FROM_WORST = ("refuted", "undecided", "supported", "ruled_out", "proved")


class Checked(NamedTuple):
    """A bound with what checking it found, and its derivation as a file."""

    bound: "Bound"
    report: "Report"
    derivation: dict[str, object]

    def json(self) -> dict[str, Any]:
        """One of the `results` of `--json`."""
        source = self.bound.source.text
        return {**self.report.json(), "source": source, "derivation": self.derivation}


def command(
    labels: Annotated[
        list[str] | None, typer.Argument(metavar="[LABEL]...", show_default=False)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole catalogue.")] = False,
    stress: Annotated[
        bool, typer.Option("--stress", help="Test every step on the named games, too.")
    ] = False,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check derivations of the catalogue, step by step; -o writes the derivation of one.

    Every step is checked for all games at once, by two independent arithmetics.
    With --all the steps are checked and counted, not printed.
    Exit code 0: all proved. 1: a step is refuted. 3: a step is undecided.

    Example: nashgap check T1 -o T1.json && nashgap verify T1.json
    """
    started = time.perf_counter()
    chosen = _chosen(labels or [], everything)
    if output is not None:
        writable(output)
        if len(chosen) != 1:
            raise BadInput("--output", f"given with {len(chosen)} bounds", "one LABEL")
        write_json(output, chosen[0].derivation_object())
    found = _check(chosen, stress=stress, quiet=quiet)
    note = [f"written to {output}; re-check it with: nashgap verify {output}"] if output else []
    shown = _result(found, note, asked=len(chosen), stress=stress, brief=everything)
    show(shown, started=started, as_json=as_json, quiet=quiet)


def _chosen(labels: Sequence[str], everything: bool) -> "list[Bound]":
    from nashgap.theory.catalogue import bound, bounds

    if everything and labels:
        raise BadInput("--all", f"given with {' '.join(labels):.60}", "either labels or --all")
    if not everything and not labels:
        known = ", ".join(bounds())
        raise BadInput("LABEL", "none given", f"some of {known}, or --all")
    return list(bounds().values()) if everything else [bound(label) for label in labels]


def _check(chosen: "Sequence[Bound]", *, stress: bool, quiet: bool) -> list[Checked]:
    """What was found for each bound; when interrupted, for those that were done."""
    found: list[Checked] = []
    try:
        with progress("checking", quiet=quiet) as line:
            models = list(_named_models()) if stress else []
            for bound in chosen:
                line(f"checking {bound.label}")
                found.append(Checked(bound, bound.check(models), bound.derivation_object()))
    except KeyboardInterrupt:
        pass
    return found


def _named_models() -> "Iterator[Model]":
    """The named games, on which every step is tested beside being proved."""
    from nashgap.numeric.games import catalogue
    from nashgap.numeric.reading import Reading

    for game in catalogue().values():
        made = game.build()
        yield Reading(made.game, made.expert, made.learner)


def _result(
    found: Sequence[Checked], note: Sequence[str], *, asked: int, stress: bool, brief: bool
) -> Result:
    words = [one.report.status.word for one in found]
    results = [one.json() for one in found]
    fields: dict[str, Any] = {"results": results}
    if len(results) == 1:
        fields |= {key: results[0][key] for key in ("claim", "derivation")}
        fields["class"] = {"assumptions": results[0]["assumptions"], "players": "any"}
        fields["evidence"] = _evidence(found[0].report, stress)
    lines = [line for one in found for line in _lines(one.bound, one.report, stress, brief)]
    if brief:
        lines.append("`nashgap check LABEL` prints the steps of one, and what they rest on")
    if len(found) < asked:
        lines.append(f"interrupted after {len(found)} of {asked}")
    return Result(
        min(words, key=_FROM_WORST.index, default="undecided"),
        [*lines, *note],
        fields,
        interrupted=len(found) < asked,
    )


def _lines(bound: "Bound", report: "Report", stress: bool, brief: bool) -> list[str]:
    assumed = ", ".join(report.assumptions) or "nothing"
    return [
        f"{report.status.word}  {report.label}  {report.claim}",
        *table(
            [
                ("assumes", f"{assumed}; any number of players, states and actions"),
                ("source", bound.source.text),
                ("sharp", report.sharpness.replace("`", "")),
                ("evidence", _evidence(report, stress)),
            ]
        ),
        *([] if brief else step_lines(report)),
        *([] if brief else table([("rests on", ", ".join(report.rests_on))])),
        "",
    ]


def _evidence(report: "Report", stress: bool) -> str:
    weakest = report.weakest
    if weakest is not None:
        return f"weakest step: {weakest.derivation}, step {weakest.number}: {weakest.note}"
    tested = ", and tested on every named game" if stress else ""
    count = len(report.steps)
    return f"{count} steps, each checked for all games by two independent arithmetics{tested}"


def step_lines(report: "Report") -> list[str]:
    """Every step with its reason, the lemmas first."""
    lines: list[str] = []
    for name, steps in groupby(report.steps, key=lambda step: step.derivation):
        lines.append(f"  {name}")
        for step in steps:
            parts = [step.relation, f"by {step.reason}", *([step.note] if step.note else [])]
            heads = [(step.status.word, str(step.number)), *[("", "")] * (len(parts) - 1)]
            rows = [(*head, part) for head, part in zip(heads, parts, strict=True)]
            lines += table(rows, indent="    ")
    return lines
