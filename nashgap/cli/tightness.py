"""`nashgap tightness LABEL`: how close games come to a bound, and what nearly fails there."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import completing, options
from .figures import is_figure, prepare
from .options import Json, Output, Quiet, Tolerance
from .output import Result, noted, show, table
from .progress import progress

if TYPE_CHECKING:
    from fractions import Fraction

    from nashgap.numeric.tightness import Case, Tight, Tightness

NAME = "tightness"
_MOST_ROWS = 60
_AXES = ("gamma", "eps", "n")


def command(
    label: Annotated[
        str,
        typer.Argument(
            metavar="LABEL", show_default=False, autocompletion=completing.known(completing.labels)
        ),
    ],
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE.json]...", show_default=False)
    ] = None,
    games: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="Named games; all of them if no file is given.",
            autocompletion=completing.listed(completing.games),
        ),
    ] = None,
    over: Annotated[
        list[str] | None,
        typer.Option(metavar="P=X,Y", help="Move a parameter of the named games; may be repeated."),
    ] = None,
    at: Annotated[
        list[str] | None,
        typer.Option(metavar="P=X", help="Fix a parameter of the named games; may be repeated."),
    ] = None,
    random: Annotated[
        str, typer.Option(metavar="K", help="Random games of the bound's class as well.")
    ] = "0",
    seed: Annotated[str, typer.Option(metavar="K", help="Of the first random game.")] = "0",
    seconds: Annotated[
        str,
        typer.Option(
            metavar="T", help="For each player's dominance question, about: steps are counted."
        ),
    ] = "1",
    beside: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL,...",
            help="Further bounds on the same games; the figure then shows the numbers themselves, "
            "over the parameter that --over moves.",
            autocompletion=completing.listed(completing.labels),
        ),
    ] = None,
    tolerance: Tolerance = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Measure slack and ratio of a bound over games, and how near its assumptions are to failing.

    Example: nashgap tightness T1 --games w1,w2 --over gamma=1/2,9/10 --over n=2,3,4 -o T1.pdf

    Exit code 0; 1 if a game breaks the bound although its assumptions hold.
    """
    started = time.perf_counter()
    prepare(output, *(files or []))
    if output is not None and not is_figure(output):
        raise BadInput(output, "not the name of a figure", "FILE.pdf, FILE.png or FILE.svg")
    further = [name.strip() for name in beside.split(",")] if beside is not None else []
    with progress("measuring", quiet=quiet) as line:
        read, notes = _read(files or [], options.tolerance(tolerance))
        cases, left_out = _cases(label, read, games, over or [], at or [], random, seed)
        found, interrupted = _measured(label, cases, seconds, line)
        others = [_measured(name, cases, seconds, line)[0] for name in further]
    written = []
    if output is not None and found.rows:
        from nashgap.numeric.plots import plot_tightness, plot_values, save

        moved = next((key for key in _moved(over or []) if key in _AXES), "")
        drawn = plot_values([found, *others], moved) if others else plot_tightness(found)
        save(drawn, output)
        written = [f"written to {output}"]
    fields = {
        **found.json(),
        "claim": found.statement,
        "left_out": left_out,
        "notes": notes,
        "beside": [one.json() for one in others],
        "evidence": "computed from the definitions",
    }
    lines = [*_lines(found, left_out), *noted(notes), *written]
    status = "refuted" if found.broken else "done"
    result = Result(status, lines, fields, interrupted)
    show(result, started=started, as_json=as_json, quiet=quiet)


def _cases(
    label: str,
    files: "Sequence[Case]",
    games: str | None,
    over: Sequence[str],
    at: Sequence[str],
    random: str,
    seed: str,
) -> "tuple[list[Case], list[str]]":
    from nashgap.numeric.tightness import named_cases, random_cases
    from nashgap.theory.catalogue import bound

    chosen = bound(label)
    drawn = options.count(random, "--random", least=0)
    first = options.count(seed, "--seed", least=0)
    cases = list(files)
    left_out: list[str] = []
    if games is not None or not files:
        names = [] if games is None else [name.strip() for name in games.split(",")]
        named, left_out = named_cases(names, _moved(over), _fixed(at))
        cases += named
    elif over or at:
        option = "--over" if over else "--at"
        raise BadInput(option, "given without named games", "--games A,B as well")
    if drawn:
        assumed = ",".join(a.text for a in chosen.assumptions)
        cases += random_cases(drawn, assumed, seed=first)
    return cases, left_out


def _fixed(at: Sequence[str]) -> dict[str, str]:
    found = _moved(at, "--at")
    for key, values in found.items():
        if len(values) > 1:
            given = f"given '{key}={','.join(values)}'"
            raise BadInput("--at", given, "one value; --over moves a parameter along several")
    return {key: values[0] for key, values in found.items()}


def _moved(over: Sequence[str], option: str = "--over") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in over:
        key, equals, values = part.partition("=")
        if not equals or not key or not values or key in found:
            needed = "each parameter once, with its values, as in gamma=1/2,9/10"
            raise BadInput(option, f"given {part!r:.60}", needed)
        found[key] = [value.strip() for value in values.split(",")]
    return found


def _read(files: Sequence[str], tolerance: "Fraction | None") -> "tuple[list[Case], list[str]]":
    """The games of the files, and what is to be said of them."""
    from nashgap.numeric.io import load
    from nashgap.numeric.tightness import Case

    cases, notes = [], []
    for file in files:
        loaded = load(file, tolerance=tolerance)
        if loaded.expert is None or loaded.learner is None:
            missing = "expert" if loaded.expert is None else "learner"
            raise BadInput(f"{file}, policies", f"no {missing}", "a policy for expert and learner")
        cases.append(Case(file, loaded.game, loaded.expert, loaded.learner))
        notes += [f"{file}: {note}" for note in loaded.notes]
    return cases, notes


def _measured(
    label: str, cases: "Sequence[Case]", seconds: str, line: Any
) -> "tuple[Tightness, bool]":
    from nashgap.numeric.tightness import Tightness, tightness

    work = options.work(seconds)
    rows: list[Tight] = []
    found = tightness(label, ())
    try:
        for k, case in enumerate(cases):
            line(f"{label} on {case.title}, {k + 1} of {len(cases)}")
            rows += tightness(label, [case], work=work).rows
    except KeyboardInterrupt:
        return Tightness(found.label, found.statement, tuple(rows)), True
    return Tightness(found.label, found.statement, tuple(rows)), False


def _lines(found: "Tightness", left_out: Sequence[str]) -> list[str]:
    order = sorted(found.rows, key=lambda row: (row.applies is not True, -float(row.ratio or 0)))
    best = found.tightest
    summary = (
        "no game of the set has a ratio and all assumptions"
        if best is None
        else f"tightest: {best.case.title}, ratio {_worth(best.ratio)}, slack {_worth(best.slack)}"
    )
    head = ("applies", "game", "ratio", "reached", "promised", "slack", "nearest to failing")
    more = len(order) - _MOST_ROWS
    return [
        f"{found.label}: {found.statement}",
        f"  {summary}",
        "",
        *table([head, *map(_row, order[:_MOST_ROWS])]),
        *([f"  and {more} more, in --json"] if more > 0 else []),
        *_measures(order[:_MOST_ROWS]),
        *(["", "left out", *table((part,) for part in left_out)] if left_out else []),
    ]


def _row(row: "Tight") -> tuple[str, ...]:
    words = {True: "yes", False: "no", None: "undecided"}
    sizes = (_worth(x) for x in (row.ratio, row.reached, row.promised, row.slack))
    return (words[row.applies], row.case.title, *sizes, _near(row))


def _near(row: "Tight") -> str:
    near = row.nearest
    if near is None or near.distance is None:
        return "-"
    size = f"{abs(float(near.distance)):.3g}"
    return (
        f"{near.assumption} fails by {size}" if near.distance < 0 else f"{near.assumption}: {size}"
    )


def _measures(rows: "Sequence[Tight]") -> list[str]:
    """What the numbers beside the assumptions are."""
    shown = [row.nearest for row in rows if row.nearest is not None]
    words = {(n.assumption + (" fails by" if n.holds is False else ""), n.measure) for n in shown}
    return ["", *table(sorted(words))]


def _worth(value: Any) -> str:
    return "-" if value is None else f"{float(value):.5g}"
