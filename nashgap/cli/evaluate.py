"""`nashgap evaluate FILE`: every quantity, assumption and bound on one game."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import options
from .options import Json, Quiet
from .output import Result, number, show, table
from .progress import progress

if TYPE_CHECKING:
    from nashgap.numeric.evaluate import Evaluation
    from nashgap.numeric.io import Loaded

NAME = "evaluate"
_PATIENCE = "1"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    assume: Annotated[
        str, typer.Option(metavar="A,B", help="Ask these too, for example margin=1/3.")
    ] = "",
    tolerance: Annotated[
        str | None, typer.Option(metavar="X", help="Rows may miss 1 by this; renormalised.")
    ] = None,
    seconds: Annotated[
        str, typer.Option(metavar="T", help="For each player's dominance question.")
    ] = _PATIENCE,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compute every quantity, assumption and bound for a game with expert and learner.

    Exit code 0; 1 if a bound that applies is broken.
    """
    started = time.perf_counter()
    with progress("evaluating", quiet=quiet):
        found = _evaluate(file, assume, tolerance, seconds)
    show(found, started=started, as_json=as_json, quiet=quiet)


def _evaluate(file: str, assume: str, tolerance: str | None, seconds: str) -> Result:
    from nashgap.numeric.evaluate import evaluate
    from nashgap.numeric.io import load

    budget = options.seconds(seconds)
    loaded = load(file, tolerance=_tolerance(tolerance))
    if loaded.expert is None or loaded.learner is None:
        missing = "expert" if loaded.expert is None else "learner"
        raise BadInput(f"{file}, policies", f"no {missing}", "a policy for expert and learner")
    found = evaluate(loaded.game, loaded.expert, loaded.learner, assume, seconds=budget or 1.0)
    broken = found.exact and any(b.applies and _is_broken(b.slack) for b in found.bounds)
    return Result(
        "refuted" if broken else "done",
        [*_head(file, loaded), *_lines(found)],
        {
            **found.json(),
            "notes": list(loaded.notes),
            "evidence": "computed exactly from the definitions" if found.exact else "floats",
        },
    )


def _tolerance(given: str | None) -> float | None:
    if given is None:
        return None
    found = options.rational(given, "--tolerance")
    if not 0 <= found <= 1:
        raise BadInput("--tolerance", f"given {given}", "a number in [0, 1], for example 1e-9")
    return float(found)


def _head(file: str, loaded: "Loaded") -> list[str]:
    return [f"{file}: {loaded.game.summary}", *table(("note", note) for note in loaded.notes)]


def _lines(found: "Evaluation") -> list[str]:
    return [
        "",
        *table(_quantities(found)),
        "",
        *table(
            [("value of player", *map(str, range(len(found.values["expert"])))), *_values(found)]
        ),
        "",
        "assumptions",
        *table(_assumptions(found)),
        "",
        "bounds",
        *table(_bounds(found)),
    ]


def _quantities(found: "Evaluation") -> list[Sequence[str]]:
    return [
        ("NashGap", number(found.nash_gap), _each(found.nash_gap_per_player)),
        ("ValueGap", number(found.value_gap), ""),
        ("eps_BC", number(found.eps_bc), _each(found.eps_bc_per_player)),
        ("eps_mu", number(found.eps_mu), ""),
        ("eps_rho", number(found.eps_rho), ""),
        ("delta", _delta(found), ""),
        ("C", number(found.C), _each(found.C_per_player)),
        ("the expert's NashGap", number(found.expert_nash_gap), ""),
    ]


def _each(numbers: Sequence[Any]) -> str:
    return "each player: " + ", ".join(number(x) for x in numbers)


def _delta(found: "Evaluation") -> str:
    if found.delta is not None:
        return number(found.delta)
    low, high = found.delta_bounds
    return f"undecided, from {number(low)} to {number(high)}"


def _values(found: "Evaluation") -> list[Sequence[str]]:
    return [(role, *(number(v) for v in row)) for role, row in found.values.items()]


def _assumptions(found: "Evaluation") -> list[Sequence[str]]:
    words = {True: "yes", False: "no", None: "undecided"}
    order = (True, None, False)
    rows = sorted(found.assumptions.items(), key=lambda item: order.index(item[1]))
    return [(words[holds], name, found.reasons[name]) for name, holds in rows]


def _bounds(found: "Evaluation") -> list[Sequence[str]]:
    words = {True: "applies", False: "does not", None: "undecided"}
    rows: list[Sequence[str]] = [("", "", "value", "slack", "")]
    for bound in sorted(found.bounds, key=lambda b: (b.applies is not True, b.label)):
        worth = (_worth(bound.value), _worth(bound.slack)) if bound.applies else ("", "")
        why = bound.statement if bound.applies else bound.reason
        rows.append((words[bound.applies], bound.label, *worth, why))
    return rows


def _worth(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(number(x) for x in value)})"
    return number(value)


def _is_broken(slack: Any) -> bool:
    return any(x < 0 for x in (slack if isinstance(slack, tuple) else (slack,)) if x is not None)
