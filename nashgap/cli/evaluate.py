"""`nashgap evaluate FILE`: every quantity, assumption and bound on one game."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import completing, options
from .options import Json, Quiet, Tolerance
from .output import Result, noted, show
from .progress import progress

if TYPE_CHECKING:
    from nashgap.numeric.io import Loaded

NAME = "evaluate"
_PATIENCE = "1"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    assume: Annotated[
        str,
        typer.Option(
            metavar="A,B",
            help="Ask these too, for example margin=1/3.",
            autocompletion=completing.listed(completing.assumptions),
        ),
    ] = "",
    tolerance: Tolerance = None,
    seconds: Annotated[
        str,
        typer.Option(
            metavar="T", help="For each player's dominance question, about: steps are counted."
        ),
    ] = _PATIENCE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compute every quantity, assumption and bound for a game with expert and learner.

    Exit code 0; 1 if a bound that applies is broken.

    Example: nashgap games w1 -o w1.json && nashgap evaluate w1.json
    """
    started = time.perf_counter()
    with progress("evaluating", quiet=quiet):
        found = _evaluate(file, assume, tolerance, seconds)
    show(found, started=started, as_json=as_json, quiet=quiet)


def _evaluate(file: str, assume: str, tolerance: str | None, seconds: str) -> Result:
    from nashgap.numeric.evaluate import evaluate
    from nashgap.numeric.io import load
    from nashgap.numeric.show_evaluation import evaluation_lines

    work = options.work(seconds)
    loaded = load(file, tolerance=options.tolerance(tolerance))
    if loaded.expert is None or loaded.learner is None:
        missing = "expert" if loaded.expert is None else "learner"
        raise BadInput(f"{file}, policies", f"no {missing}", "a policy for expert and learner")
    found = evaluate(loaded.game, loaded.expert, loaded.learner, assume, work=work)
    broken = found.exact and any(b.applies and _is_broken(b.slack) for b in found.bounds)
    return Result(
        "refuted" if broken else "done",
        [*_head(file, loaded), *evaluation_lines(found)],
        {
            **found.json(),
            "notes": list(loaded.notes),
            "evidence": "computed exactly from the definitions" if found.exact else "floats",
        },
    )


def _head(file: str, loaded: "Loaded") -> list[str]:
    return [f"{file}: {loaded.game.summary}", *noted(loaded.notes)]


def _is_broken(slack: Any) -> bool:
    return any(x < 0 for x in (slack if isinstance(slack, tuple) else (slack,)) if x is not None)
