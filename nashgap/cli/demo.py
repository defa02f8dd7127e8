"""`nashgap demo`: the 60-second tour. Every line is computed when it is printed."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from .options import Json, Quiet
from .output import Result, number, say, show, table, writable, write
from .verdicts import result, witness_lines

if TYPE_CHECKING:
    from nashgap.search.witness import Witness
    from nashgap.theory.bound import Bound, Report

NAME = "demo"
FILE = "nashgap-demo.tex"
_MARK = "% Written by `nashgap demo`.\n"
_TEMPTING = "NashGap <= 2*n*eps_BC/(1-gamma)**2"

Part = tuple[str, dict[str, Any]]
Say = Callable[[str], None]


def command(
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where the LaTeX goes.")
    ] = FILE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Take the tour: a bound proved, one refuted by a game, a class ruled out, LaTeX written.

    Exit code 0 if every part comes out as it says.

    Example: nashgap demo -o tour.tex
    """
    started = time.perf_counter()
    _check_free(Path(output))

    def tell(line: str) -> None:
        if not as_json and not quiet:
            say(line)

    parts: list[dict[str, Any]] = []
    expected: list[str] = []
    try:
        for wanted, part in _tour(Path(output), tell):
            expected.append(wanted)
            parts.append(part)
    except KeyboardInterrupt:
        stopped = Result("undecided", [], {"parts": parts}, interrupted=True)
        show(stopped, started=started, as_json=as_json, quiet=True)
    as_said = [part["status"] for part in parts] == expected
    seconds = time.perf_counter() - started
    tell(
        f"\nAll of this was computed just now, in {seconds:.1f} s." if as_said else "\nNOT AS SAID."
    )
    fields = {"parts": parts, "output": output}
    found = Result("done" if as_said else "undecided", [], fields)
    show(found, started=started, as_json=as_json, quiet=True)


def _tour(output: Path, say: Say) -> Iterator[Part]:
    """The parts, each after the status word that it should have."""
    say("nashgap: how exploitable is what a multi-agent imitation learner learned?")
    say(
        "A learner imitates an expert in a Markov game; n players, discount gamma, rewards in "
        "[-1, 1]."
    )
    yield "proved", _published(say)
    yield "proved", _sharper(say)
    refuted, witness = _tempting(say)
    yield "refuted", refuted
    yield "ruled_out", _nothing_worse(say)
    if witness is not None:
        yield "done", _latex(output, witness, say)


def _published(say: Say) -> dict[str, Any]:
    """Lemma 3, with every step of its derivation."""
    from nashgap.theory.catalogue import bound

    lemma = bound("lemma_3")
    _head(say, f"1. A published bound, checked step by step: {lemma.source.text}")
    say(f"   {lemma.claim.text}   if the expert is dominant")
    report = lemma.check()
    word = report.status.word
    for line in table(_steps(report, lemma), indent="   "):
        say(line)
    say(f"   {word}: all {len(report.steps)} steps, for every n, every game and every policy")
    return {"status": word, "claim": report.claim, "steps": len(report.steps)}


def _steps(report: "Report", bound: "Bound") -> Iterator[tuple[str, str]]:
    """One line for each lemma, with what it says, and one for each step of the bound itself."""
    for lemma in bound.lemmas:
        steps = [step for step in report.steps if step.derivation == lemma.name]
        worst = min(step.status for step in steps).word
        yield f"{worst}, {_count(len(steps), 'step')}", f"{lemma.name}: {lemma.text}"
    for step in report.steps:
        if step.derivation == bound.derivation.name:
            yield step.status.word, f"{step.relation}, by {step.reason}"


def _sharper(say: Say) -> dict[str, Any]:
    """T1, and the game W1 that meets it exactly."""
    from nashgap.numeric.games import catalogue
    from nashgap.numeric.gaps import gaps
    from nashgap.numeric.matching import eps_bc
    from nashgap.numeric.reading import Reading
    from nashgap.theory.catalogue import bound

    sharp, published = bound("T1"), bound("lemma_3")
    _head(say, "2. A sharper bound, proved, and a game that meets it exactly")
    report = sharp.check()
    word = report.status.word
    say(f"   {sharp.claim.text}   if the expert is dominant")
    say(f"   {word}: all {len(report.steps)} steps; improves on {sharp.improves}".replace("`", ""))
    made = catalogue()["w1"].build()
    model = Reading(made.game, made.expert, made.learner)
    gap, most = max(gaps(made.game, made.learner)), sharp.value_on(model)
    met = gap == most and sharp.applies(model).holds is True
    setting = (
        f"eps_BC {eps_bc(made.game, made.expert, made.learner)}, discount {made.game.discount}"
    )
    rows = [
        ("the game w1", f"{made.game.players} players, {setting}, the expert is dominant"),
        ("NashGap", number(gap)),
        ("T1", f"{number(most)}{', met exactly' if met else ', NOT MET'}"),
        ("Lemma 3", number(published.value_on(model))),
    ]
    for line in table(rows, indent="   "):
        say(line)
    status = word if met else "undecided"
    return {"status": status, "claim": report.claim, "nash_gap": str(gap), "value": str(most)}


def _tempting(say: Say) -> "tuple[dict[str, Any], Witness | None]":
    """Lemma 3 without dominance: the worst game of two states breaks it."""
    from nashgap.search.engine import search
    from nashgap.search.query import Query
    from nashgap.search.verdict import RuledOut
    from nashgap.search.witness import witness as complete

    _head(say, "3. A tempting bound, refuted: Lemma 3 for an expert that is Nash but not dominant")
    say(f"   {_TEMPTING}   if the expert is Nash")
    verdict = search(Query(), sup=True)
    if not isinstance(verdict, RuledOut) or verdict.witness is None:
        say(f"   {verdict.status}")
        return {"status": verdict.status, "claim": _TEMPTING}, None
    worst = verdict.witness
    parts = (worst.game, worst.expert, worst.learner, worst.player)
    witness = complete(*parts, _TEMPTING, worst.assumptions)
    gap = number(witness.nash_gap)
    say(f"   refuted: the learner copies the expert exactly, eps_BC = 0, and has NashGap {gap}")
    for line in witness_lines(witness):
        say(f" {line}".rstrip())
    checked = witness.verify()
    say("   re-checked from the definitions:" if checked.valid else "   NOT CONFIRMED:")
    for line in table((("", reason) for reason in checked.reasons), indent="   "):
        say(line)
    status = "refuted" if checked.valid else "undecided"
    return {"status": status, "claim": _TEMPTING, "witness": witness.json()}, witness


def _nothing_worse(say: Say) -> dict[str, Any]:
    """No game of a class is worse than the one just found: a certificate, checked apart."""
    from nashgap.search.engine import search
    from nashgap.search.query import Query
    from nashgap.search.verdict import RuledOut

    _head(say, "4. A class ruled out: nothing is worse, among all games of three states")
    query = Query(states=3, gap_at_least=18, strict=True)
    verdict = search(query)
    for line in result(query, verdict).lines[:-2]:
        say(f"   {line}")
    if not isinstance(verdict, RuledOut):
        return {"status": verdict.status}
    started = time.perf_counter()
    checked = verdict.certificate.verify()
    passed = (time.perf_counter() - started) * 1000
    say(f"   checked again without any solver, in {passed:.1f} ms:")
    for line in table((("", reason) for reason in checked.reasons), indent="   "):
        say(line)
    status = verdict.status if checked.valid else "undecided"
    return {"status": status, "certificate": verdict.certificate.json()}


def _latex(output: Path, witness: "Witness", say: Say) -> dict[str, Any]:
    """The sharper bound with its proof, and the refuting game, as a document."""
    from nashgap.printing import latex

    _head(say, "5. For the paper: theorem, proof and game in LaTeX")
    source = latex("T1", witness, standalone=True)
    write(output, _MARK + source)
    say(f"   written to {output}, {len(source.splitlines())} lines")
    return {"status": "done", "file": str(output)}


def _head(say: Say, title: str) -> None:
    say(f"\n{title}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _check_free(path: Path) -> None:
    """Refuses to overwrite a file that an earlier tour did not write.

    Raises:
        BadInput: there is such a file, or the folder is missing.
    """
    writable(path)
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        own = file.readline() == _MARK
    if not own:
        given = "exists and was not written by `nashgap demo`"
        raise BadInput(str(path), given, "another name with --output")
