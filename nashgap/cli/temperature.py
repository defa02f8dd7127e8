"""`nashgap temperature FILE`: what regularised experts gain, against their temperature."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import options
from .figures import is_figure, prepare
from .options import Json, Output, Quiet, Tolerance
from .output import Result, noted, show, table
from .progress import Progress, progress

if TYPE_CHECKING:
    from nashgap.numeric.game import MarkovGame
    from nashgap.numeric.io import Loaded
    from nashgap.numeric.modulus import TemperatureCurve

NAME = "temperature"
_COLUMNS = (
    ("temperatures", "temperature"),
    ("explicit", "delta, bound"),
    ("soft_moves", "seen"),
    ("hard_moves", "unregularised"),
    ("expert_gaps", "expert's gap"),
    ("learner_gaps", "learners' gap"),
    ("bounds", "bound on it"),
)


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    eps: Annotated[
        str, typer.Option(metavar="X", help="The learners' l1 error at every state.")
    ] = "1/100",
    lowest: Annotated[str, typer.Option(metavar="T", help="The lowest temperature.")] = "1/50",
    highest: Annotated[str, typer.Option(metavar="T", help="The highest temperature.")] = "10",
    points: Annotated[str, typer.Option(metavar="K", help="How many temperatures.")] = "13",
    samples: Annotated[str, typer.Option(metavar="K", help="Learners at each of them.")] = "16",
    tolerance: Tolerance = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compare the moves of best responses, Nash gaps and their bound over temperatures.

    At each temperature the expert is a quantal response equilibrium of the game in FILE (policies
    in FILE play no role) and learners err by at most --eps at every state. In floats. -o FILE.pdf
    (.png, .svg) draws it.

    Example: nashgap games w6 -o w6.json && nashgap temperature w6.json --points 3 --samples 4
    """
    started = time.perf_counter()
    prepare(output, file)
    if output is not None and not is_figure(output):
        raise BadInput(output, "not the name of a figure", "FILE.pdf, FILE.png or FILE.svg")
    with progress("following equilibria", quiet=quiet) as line:
        loaded = _load(file, tolerance)
        curve, interrupted = _curve(loaded.game, eps, lowest, highest, points, samples, line)
    if curve is None:
        raise KeyboardInterrupt
    if output is not None:
        from nashgap.numeric.plots import plot_temperatures, save

        save(plot_temperatures(curve), output)
    rows = zip(*(getattr(curve, name).tolist() for name, _ in _COLUMNS), strict=True)
    lines = [
        f"{file}: learners err by at most {curve.eps:g} at every state",
        *noted(loaded.notes),
        "",
        *table([[title for _, title in _COLUMNS], *([f"{x:.4g}" for x in row] for row in rows)]),
        "",
        f"  quantal response equilibria up to a residual of {curve.residuals.max():.1e}, which the",
        f"  bound counts; without any regularisation a gap is at most {2 / (1 - curve.discount):g}",
        *([f"written to {output}"] if output is not None else []),
    ]
    fields: dict[str, Any] = {
        "eps": curve.eps,
        **{name: getattr(curve, name).tolist() for name, _ in (*_COLUMNS, ("residuals", ""))},
        "notes": list(loaded.notes),
        "evidence": "floats; moves and gaps over a sample, which are lower bounds",
    }
    show(
        Result("undecided" if interrupted else "done", lines, fields, interrupted),
        started=started,
        as_json=as_json,
        quiet=quiet,
    )


def _load(file: str, tolerance: str | None) -> "Loaded":
    from nashgap.numeric.io import load

    return load(file, tolerance=options.tolerance(tolerance))


def _curve(
    game: "MarkovGame",
    eps: str,
    lowest: str,
    highest: str,
    points: str,
    samples: str,
    line: Progress,
) -> "tuple[TemperatureCurve | None, bool]":
    """The curve through the temperatures that were reached, and whether the user stopped it."""
    from nashgap.numeric.modulus import curve, each_temperature

    error = options.rational(eps, "--eps")
    low, high = options.rational(lowest, "--lowest"), options.rational(highest, "--highest")
    if not 0 < error <= 2:
        raise BadInput("--eps", f"given {eps}", "a number above 0 and at most 2")
    if not 0 < low < high:
        raise BadInput("--lowest", f"given {lowest}", "positive, and below --highest")
    count = options.count(points, "--points", least=2)
    drawn = options.count(samples, "--samples")
    rungs = [float(low) * float(high / low) ** (k / (count - 1)) for k in range(count)]
    rows, interrupted = [], False
    try:
        for row in each_temperature(game, float(error), rungs, samples=drawn):
            rows.append(row)
            line(f"{len(rows)} of {count} temperatures")
    except KeyboardInterrupt:
        interrupted = True
    return (curve(game, float(error), sorted(rows)) if rows else None), interrupted
