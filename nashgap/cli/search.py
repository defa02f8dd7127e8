"""`nashgap search`: finds a game of a class, or rules out that there is one."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import completing, options
from .asking import Given
from .options import ACTIONS, GAMMA, PLAYERS, STATES, Assume, Json, Output, Quiet, Tolerance
from .output import show, writable, write_json
from .progress import progress
from .verdicts import result

if TYPE_CHECKING:
    from nashgap.search.query import Query
    from nashgap.search.verdict import Verdict

NAME = "search"


def command(
    match: Annotated[
        str,
        typer.Option(
            metavar="ERROR",
            help="What the learner matches: rho, mu or bc.",
            autocompletion=completing.one_of("rho", "mu", "bc"),
        ),
    ] = "rho",
    assume: Assume = "nash",
    players: Annotated[str, PLAYERS] = "2",
    states: Annotated[str, STATES] = "2",
    actions: Annotated[str, ACTIONS] = "2",
    gamma: Annotated[str, GAMMA] = "9/10",
    gap_at_least: Annotated[
        str | None, typer.Option(metavar="X", help="Find a game whose Nash gap is this large.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Larger, not just as large.")] = False,
    sup: Annotated[bool, typer.Option("--sup", help="The exact supremum of the class.")] = False,
    claim: Annotated[
        str | None, typer.Option(metavar="CLAIM", help='Find a game that breaks "NashGap <= ...".')
    ] = None,
    player: Annotated[
        str | None, typer.Option(metavar="I", help="Only this player exploits; by default any.")
    ] = None,
    eps: Annotated[
        str | None,
        typer.Option(metavar="X", help="With --match bc: the largest error of any player."),
    ] = None,
    fix: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A game file; what is null or missing is unknown."),
    ] = None,
    visited: Annotated[
        str | None,
        typer.Option(metavar="K", help="How many states the expert visits; by default any number."),
    ] = None,
    seconds: Annotated[
        str | None,
        typer.Option(metavar="T", help="Stop after this long; what stays open takes all of it."),
    ] = None,
    core: Annotated[
        bool, typer.Option("--core", help="Of a rule-out: the assumptions that it rests on.")
    ] = False,
    store: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Keep results here; what is there is not done again."),
    ] = None,
    workers: Annotated[
        str | None,
        typer.Option(metavar="N", help="In parts, one a number of visited states, N at once."),
    ] = None,
    tolerance: Tolerance = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find an exact game of a class, or rule it out, or compute the supremum of the Nash gap.

    Exit code 0: found, or ruled out. 1: the claim is refuted. 3: undecided.

    Example: nashgap search --assume nash --states 3 --gamma 9/10 --gap-at-least 18
    """
    started = time.perf_counter()
    if tolerance is not None and fix is None:
        raise BadInput("--tolerance", "given without --fix", "a file whose rows were rounded")
    query, notes = Given(
        match,
        assume,
        players,
        states,
        actions,
        gamma,
        gap_at_least,
        strict,
        sup,
        claim,
        player,
        eps,
        fix,
        visited,
        options.tolerance(tolerance),
    ).query()
    budget = options.seconds(seconds)
    if output is not None:
        writable(output, *filter(None, [fix, store]))
    from nashgap.search.engine import search

    kept: dict[str, Any] = {}
    with progress("searching", quiet=quiet) as line:
        if store is None and workers is None:
            verdict = search(query, sup=sup, seconds=budget, progress=line)
        else:
            count = None if workers is None else options.count(workers, "--workers")
            verdict, kept = _through(store, query, sup, budget, line, count)
        if core:
            from nashgap.search.core import explained

            verdict = explained(query, verdict, search, seconds=budget, progress=line)
    written = [] if output is None else _keep(verdict, Path(output))
    told = result(query, verdict, written, kept, notes)
    show(told, started=started, as_json=as_json, quiet=quiet)


def _through(
    store: str | None,
    query: "Query",
    sup: bool,
    seconds: float | None,
    progress: Callable[[str], None],
    workers: int | None,
) -> "tuple[Verdict, dict[str, Any]]":
    """The verdict that a store has or is given, and what to say of the store."""
    from nashgap.search.question import Question
    from nashgap.search.stored import answer, opened

    question = Question(query, sup, seconds)
    with opened(store) as file:
        outdated = file.outdated([question.task])
        found = answer(question, file, progress=progress, workers=workers)
        differing = [two for key, *two in file.disagreements() if key == question.task.key]
    if store is None:
        return found.verdict, {}
    kept = {"file": store, "was_kept": found.was_kept, "seconds": found.seconds}
    return found.verdict, {**kept, "disagreements": differing, "outdated": outdated}


def _keep(verdict: "Verdict", path: Path) -> list[str]:
    """Writes the certificate or the witness to `path`; with both, the witness beside it."""
    found = verdict.json()
    certificate, witness = found.get("certificate"), found.get("witness")
    beside = path.with_name(f"{path.stem}-witness{path.suffix}")
    files = {path: certificate or witness, beside: witness if certificate else None}
    for name, content in files.items():
        if content is not None:
            write_json(name, content)
    return [str(name) for name, content in files.items() if content is not None]
