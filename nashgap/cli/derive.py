"""`nashgap derive`: the best bound that follows, with its derivation."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import completing
from .options import Assume, Json, Output, Quiet
from .output import Result, show, table, writable, write_json
from .progress import progress

if TYPE_CHECKING:
    from nashgap.search.derive import Derivations, Derived

NAME = "derive"


def command(
    quantity: Annotated[
        str,
        typer.Argument(
            metavar="QUANTITY",
            show_default=False,
            autocompletion=completing.known(completing.targets),
        ),
    ],
    assume: Assume = "",
    within: Annotated[
        str,
        typer.Option(
            "--in",
            metavar="NAMES",
            help="What the bound may speak of.",
            autocompletion=completing.listed(completing.quantities),
        ),
    ] = "eps_BC,gamma,n",
    without: Annotated[
        str,
        typer.Option(
            metavar="LABELS",
            help='Bounds or lemmas not to use, nor what rests on them; "all" for every one.',
            autocompletion=completing.listed(completing.labels),
        ),
    ] = "",
    rewards: Annotated[
        str | None, typer.Option(metavar="A,B", help="Also for rewards in this range.")
    ] = None,
    horizon: Annotated[
        bool, typer.Option("--horizon", help="Also for N steps without discount.")
    ] = False,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Derive the best bound of QUANTITY in the named quantities, with its derivation.

    Exit code 0: proved, for all games of the assumptions. 3: nothing follows; says what is missing.

    Example: nashgap derive NashGap --assume dominant --in eps_BC,gamma,n
    """
    started = time.perf_counter()
    if output is not None:
        writable(output)
    from nashgap.search.derive import derive

    with progress("reading the question", quiet=quiet) as line:
        found = derive(
            quantity,
            assume,
            within,
            without=without,
            rewards=rewards,
            horizon=horizon,
            progress=line,
        )
    kept = [] if output is None else _keep(found, Path(output))
    lines = [*_lines(found), *_how_to_recheck(found, kept)]
    outcome = Result(found.status, lines, found.json(), interrupted=found.interrupted)
    show(outcome, started=started, as_json=as_json, quiet=quiet)


def _lines(found: "Derivations") -> Iterator[str]:
    asked = found.asked
    assumed = ", ".join(a.text for a in asked.assumptions) or "nothing"
    if not found.bounds:
        yield f"undecided  {asked.quantity}, assuming {assumed}"
        yield from table(("missing", what) for what in found.missing)
        return
    for k, bound in enumerate(found.bounds):
        yield f"{'proved' if k == 0 else '   and'}  {bound.claim}"
        yield from table(_about(bound))
        if k == 0:
            yield from _chain(bound)
    yield from table(("note", note) for note in found.notes)


def _about(bound: "Derived") -> Iterator[tuple[str, str]]:
    yield "assuming", ", ".join(bound.assumptions) or "nothing"
    yield from (("because", step) for step in bound.implications)
    yield "rests on", ", ".join(bound.uses) or "facts and one-step inequalities alone"
    yield "best", bound.best_where
    for other in bound.transferred:
        yield "also", f"{other.claim}, for {other.games}"


def _chain(bound: "Derived") -> Iterator[str]:
    """The lines of the derivation, each with what is added up for it."""
    from nashgap.theory.expression import text
    from nashgap.theory.reasons import Combination

    yield f"    {text(bound.chain.lines[0])}"
    for step in bound.chain.steps:
        yield f"    {'=' if step.relation == '==' else step.relation} {text(step.right)}"
        if isinstance(step.reason, Combination):
            for term in step.reason.terms:
                often = "" if term.multiplier == "1" else f"{term.multiplier} times "
                yield f"        by {often}{' times '.join(term.factors)}"
        else:
            yield f"        by {step.reason.words()}"
    yield "  where"
    stated = {chain.name: chain.text for chain in bound.chain.uses}
    yield from table(stated.items(), indent="    ")


def _how_to_recheck(found: "Derivations", kept: list[str]) -> list[str]:
    if kept:
        return ["", *(f"written to {p}; re-check it with: nashgap verify {p}" for p in kept)]
    if not found.bounds:
        return []
    return ["", "to re-check without any solver: add -o FILE.json, then nashgap verify FILE.json"]


def _keep(found: "Derivations", path: Path) -> list[str]:
    """Writes the derivations: those after the first, and the least of all, beside it."""
    names = []
    for k, bound in enumerate(found.bounds, 1):
        name = path if k == 1 else path.with_name(f"{path.stem}-{k}{path.suffix}")
        write_json(name, dict(bound.derivation))
        names.append(str(name))
    if found.whole is not None:
        name = path.with_name(f"{path.stem}-whole{path.suffix}")
        write_json(name, dict(found.whole))
        names.append(str(name))
    return names
