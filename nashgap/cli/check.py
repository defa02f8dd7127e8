"""`nashgap check`: the derivations of the catalogue, or of a file of one's own, step by step."""

import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from nashgap.theory.errors import BadInput

from . import completing
from .options import Json, Output, Quiet
from .output import Result, counted, show, table, writable, write_json
from .progress import progress

if TYPE_CHECKING:
    from nashgap.theory.bound import Bound, Report
    from nashgap.theory.chain import Derivation
    from nashgap.theory.local import WrittenOut
    from nashgap.theory.model import Model

NAME = "check"
_FROM_WORST = ("refuted", "undecided", "supported", "ruled_out", "proved")


class Subject(NamedTuple):
    """What is checked: a bound of the catalogue, or a derivation of a file."""

    what: "Bound | Derivation"
    source: str

    @property
    def name(self) -> str:
        """Its label or its name."""
        from nashgap.theory.bound import Bound

        what = self.what
        return what.label if isinstance(what, Bound) else what.name

    def derivation_object(self) -> dict[str, object]:
        """Its derivation as a file."""
        from nashgap.theory.bound import Bound
        from nashgap.theory.export import derivation_object
        from nashgap.theory.kernel import closure
        from nashgap.theory.library import library

        if isinstance(self.what, Bound):
            return self.what.derivation_object()
        lemmas, _ = closure(self.what, library())
        return derivation_object(self.what, lemmas, source=self.source)


class Checked(NamedTuple):
    """A subject with what checking it found, its local steps, and its derivation as a file.

    Attributes:
        source: where it is from.
        own: the chains of a file, whose steps are shown; empty for a bound, where all are.
        report: the steps.
        local: the local vector steps beneath.
        derivation: as a file.
    """

    source: str
    own: frozenset[str]
    report: "Report"
    local: "tuple[WrittenOut, ...]"
    derivation: dict[str, object]

    @property
    def status(self) -> str:
        """The status word; a local certificate that fails leaves it undecided."""
        words: list[str] = [self.report.status.word]
        if any(step.fault for step in self.local):
            words.append("undecided")
        return min(words, key=_FROM_WORST.index)

    def json(self) -> dict[str, Any]:
        """One of the `results` of `--json`."""
        return {
            **self.report.json(),
            "status": self.status,
            "source": self.source,
            "local": [step.json() for step in self.local],
            "derivation": self.derivation,
        }


def command(
    labels: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LABEL|FILE.py]...",
            show_default=False,
            autocompletion=completing.known(completing.labels),
        ),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="The whole catalogue.")] = False,
    stress: Annotated[
        bool, typer.Option("--stress", help="Test every step on the named games, too.")
    ] = False,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check derivations of the catalogue or of a file, step by step; -o writes one of them.

    Every step is checked for all games at once, by two independent arithmetics.
    The derivations of a FILE.py are read on exact games, too; a false step is answered with one.
    With --all the steps are checked and counted, not printed.
    Exit code 0: all proved. 1: a step is refuted. 3: a step is undecided.

    Example: nashgap check T1 -o T1.json && nashgap verify T1.json
    """
    started = time.perf_counter()
    if output is not None:
        writable(output, *(labels or []))
    chosen = _chosen(labels or [], everything)
    if output is not None:
        if len(chosen) != 1:
            raise BadInput("--output", f"given with {len(chosen)} derivations", "one LABEL")
        write_json(output, chosen[0].derivation_object())
    found = _check(chosen, stress=stress, quiet=quiet)
    note = [f"written to {output}; re-check it with: nashgap verify {output}"] if output else []
    shown = _result(found, note, asked=len(chosen), stress=stress, brief=everything)
    show(shown, started=started, as_json=as_json, quiet=quiet)


def _chosen(labels: Sequence[str], everything: bool) -> list[Subject]:
    from nashgap.theory.catalogue import bound, bounds
    from nashgap.theory.labels import joined

    labels = joined(labels)
    if everything and labels:
        raise BadInput("--all", f"given with {' '.join(labels):.60}", "either labels or --all")
    if not everything and not labels:
        needed = "labels (`nashgap bounds` lists them), a FILE.py, or --all"
        raise BadInput("LABEL", "none given", needed)
    if everything:
        return [Subject(known, known.source.text) for known in bounds().values()]
    found: list[Subject] = []
    for label in labels:
        if label.endswith(".py"):
            found += _of_file(label)
        else:
            found.append(Subject(bound(label), bound(label).source.text))
    return found


def _of_file(path: str) -> list[Subject]:
    """The derivations and bounds that a Python file defines, in its order."""
    from nashgap.extensions import defined
    from nashgap.theory.bound import Bound
    from nashgap.theory.chain import Derivation

    made = {id(value): value for value in defined(path).values()}
    mine = [value for value in made.values() if isinstance(value, (Bound, Derivation))]
    if not mine:
        raise BadInput(path, "no derivation", "one at the top level, made by ng.derivation(...)")
    for one in mine:
        chain = one.derivation if isinstance(one, Bound) else one
        if not chain.steps:
            raise BadInput(f"{path}, derivation {chain.name!r}", "no step", ".eq(...) or .le(...)")
    return [Subject(value, path) for value in mine]


def _check(chosen: "Sequence[Subject]", *, stress: bool, quiet: bool) -> list[Checked]:
    """What was found for each; when interrupted, for those that were done."""
    found: list[Checked] = []
    try:
        with progress("checking", quiet=quiet) as line:
            models = list(_named_models()) if stress else []
            for subject in chosen:
                line(f"checking {subject.name}")
                found.append(_checked(subject, models))
    except KeyboardInterrupt:
        pass
    return found


def _checked(subject: Subject, models: "Sequence[Model]") -> Checked:
    from nashgap.search.scrutiny import check
    from nashgap.theory.bound import Bound
    from nashgap.theory.kernel import closure
    from nashgap.theory.library import library
    from nashgap.theory.local import written_out_of

    what = subject.what
    report = what.check(models) if isinstance(what, Bound) else check(what)
    chain = what.derivation if isinstance(what, Bound) else what
    lemmas, _ = closure(chain, library())
    local = written_out_of((*lemmas, chain))
    own = frozenset() if isinstance(what, Bound) else {what.name, *(u.name for u in what.uses)}
    return Checked(subject.source, frozenset(own), report, local, subject.derivation_object())


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
    words = [one.status for one in found]
    results = [one.json() for one in found]
    fields: dict[str, Any] = {"results": results}
    if len(results) == 1:
        fields |= {key: results[0][key] for key in ("claim", "derivation")}
        fields["class"] = {"assumptions": results[0]["assumptions"], "players": "any"}
        fields["evidence"] = _evidence(found[0].report, stress)
        if found[0].report.game is not None:
            fields["witness"] = found[0].report.game
    lines = [line for one in found for line in _lines(one, stress, brief)]
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


def _lines(found: Checked, stress: bool, brief: bool) -> list[str]:
    report = found.report
    assumed = ", ".join(report.assumptions) or "nothing"
    rows = [
        ("assumes", f"{assumed}; any number of players, states and actions"),
        ("source", found.source),
        ("sharp", report.sharpness.replace("`", "")),
        ("evidence", _evidence(report, stress)),
        ("local steps", _local(found.local)),
        ("N steps", _steps(found)),
    ]
    return [
        f"{found.status}  {report.label}  {report.claim}",
        *table(row for row in rows if row[1]),
        *([] if brief else step_lines(report, found.own)),
        *([] if brief else table([("rests on", ", ".join(report.rests_on))])),
        *([] if brief else _words(report, found.own)),
        *_answer(report),
        "",
    ]


def _local(local: "Sequence[WrittenOut]") -> str:
    """The vector steps, written out in non-negative products."""
    from nashgap.theory.concrete import SHAPES

    faults = [f"{step.lemma}: {step.fault}" for step in local if step.fault]
    if faults or not local:
        return "; ".join(faults)
    shapes = ", ".join(map(str, SHAPES))
    each = ", ".join(f"{step.lemma} ({'/'.join(map(str, step.products))})" for step in local)
    return f"non-negative products that re-expand to 0 at (n, A) = {shapes}: {each}"


def _steps(found: Checked) -> str:
    """Whether it holds of games of N undiscounted steps."""
    holds = found.status == "proved" and not found.report.fails_for_steps
    return "holds of N undiscounted steps, with gamma = 1 - 1/N" if holds else ""


def _answer(report: "Report") -> list[str]:
    """The game that breaks a step."""
    if report.violation is None:
        return []
    if report.game is None:
        return table([("broken by", report.violation.text)])
    players, states = len(report.game["rewards"]), len(report.game["start"])
    size = f"{counted(players, 'player')}, {counted(states, 'state')}"
    what = f"{report.violation.text}; an exact game of {size}, `witness` of --json"
    return table([("broken by", what)])


def _evidence(report: "Report", stress: bool) -> str:
    weakest = report.weakest
    if weakest is not None:
        return f"weakest step: {weakest.derivation}, step {weakest.number}: {weakest.note}"
    tested = ", and tested on every named game" if stress else ""
    count = len(report.steps)
    checked = f"{count} steps, each checked for all games by two independent arithmetics{tested}"
    return f"weakest step: proved; {checked}"


def _words(report: "Report", own: frozenset[str]) -> list[str]:
    """What the words of the printed steps mean."""
    from nashgap.theory.glossary import explained

    shown = [step for step in report.steps if not own or step.derivation in own]
    texts = (f"{step.relation} {step.reason}" for step in shown)
    return ["  words", *table(explained((report.claim, *texts)), indent="    ")]


def step_lines(report: "Report", own: frozenset[str] = frozenset()) -> list[str]:
    """Every step with its reason, the lemmas first; with `own` those of some chains only."""
    lines: list[str] = []
    others = {s.derivation: s.status.word for s in report.steps if own and s.derivation not in own}
    if others:
        lines += table([("lemmas", ", ".join(f"{name} ({word})" for name, word in others.items()))])
    for name, steps in groupby(report.steps, key=lambda step: step.derivation):
        lines += [] if name in others else [f"  {name}"]
        for step in () if name in others else steps:
            parts = [step.relation, f"by {step.reason}", *([step.note] if step.note else [])]
            heads = [(step.status.word, str(step.number)), *[("", "")] * (len(parts) - 1)]
            rows = [(*head, part) for head, part in zip(heads, parts, strict=True)]
            lines += table(rows, indent="    ")
    return lines
