"""`nashgap delta FILE`: how far best responses move when the opponents err, as a step function."""

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nashgap.theory.errors import BadInput

from . import options
from .figures import is_figure, prepare
from .options import Json, Output, Quiet, Tolerance
from .output import Result, noted, number, show, table
from .progress import Progress, progress

if TYPE_CHECKING:
    from nashgap.numeric.io import Loaded
    from nashgap.numeric.modulus import Modulus, Step

NAME = "delta"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    player: Annotated[
        str | None, typer.Option(metavar="I", help="One player only, from 0.")
    ] = None,
    eps: Annotated[
        str | None, typer.Option(metavar="X", help="The value at this error of the opponents.")
    ] = None,
    nodes: Annotated[
        str, typer.Option(metavar="K", help="Pieces that a proof may cut the opponents into.")
    ] = "40",
    tolerance: Tolerance = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Compute the modulus delta(eps) of each player's best response around the expert.

    delta(eps) is the most that a player's nearest best response may move, averaged over the
    expert's occupancy, when every opponent errs by at most eps (Definition 6 of the paper). Exact
    for small games, irrational jumps as isolated roots; else proved bounds, and exit code 3 where
    they leave a question. -o FILE.pdf (.png, .svg) draws it.

    Example: nashgap games matching-pennies -o pennies.json && nashgap delta pennies.json
    """
    started = time.perf_counter()
    at = None if eps is None else options.rational(eps, "--eps")
    if at is not None and not 0 <= at <= 2:
        raise BadInput("--eps", f"given {eps}", "a number from 0 to 2")
    budget = options.count(nodes, "--nodes")
    prepare(output, file)
    if output is not None and not is_figure(output):
        raise BadInput(output, "not the name of a figure", "FILE.pdf, FILE.png or FILE.svg")
    with progress("searching jumps", quiet=quiet) as line:
        found = _moduli(file, tolerance, player, budget, line)
    if output is not None and found.moduli:
        from nashgap.numeric.plots import plot_moduli, save

        save(plot_moduli(found.moduli), output)
    written = [f"written to {output}"] if output is not None and found.moduli else []
    show(_result(file, found, at, written), started=started, as_json=as_json, quiet=quiet)


class _Moduli:
    """What is known so far."""

    def __init__(self, notes: tuple[str, ...]) -> None:
        self.notes = notes
        self.moduli: list[Modulus] = []
        self.interrupted = False


def _moduli(
    file: str, tolerance: str | None, player: str | None, nodes: int, line: Progress
) -> _Moduli:
    from nashgap.numeric.io import load
    from nashgap.numeric.modulus import modulus

    loaded: Loaded = load(file, tolerance=options.tolerance(tolerance))
    if loaded.expert is None:
        raise BadInput(f"{file}, policies", "no expert", "the policy around which delta is asked")
    count = loaded.game.players
    chosen = range(count) if player is None else [options.player(player, "--player", count)]
    found = _Moduli(loaded.notes)
    try:
        for i in chosen:
            line(f"jumps of player {i}")
            found.moduli.append(modulus(loaded.game, loaded.expert, i, nodes=nodes))
    except KeyboardInterrupt:
        found.interrupted = True
    return found


def _result(file: str, found: _Moduli, at: Fraction | None, written: list[str]) -> Result:
    lines = [
        f"{file}: how far best responses move when the opponents err by eps",
        *noted(found.notes),
    ]
    for one in found.moduli:
        lines += ["", f"player {one.player}", *table(_summary(one, at)), *_steps(one)]
    if at is None:
        settled = all(one.is_exact for one in found.moduli)
    else:
        settled = all(one.value(at) is not None for one in found.moduli)
    fields = {
        "players": [_json(one, at) for one in found.moduli],
        "notes": list(found.notes),
        "evidence": "jumps with profiles that make them, and proofs that none comes earlier",
    }
    status = "done" if settled and not found.interrupted else "undecided"
    return Result(status, [*lines, *written], fields, found.interrupted)


def _summary(modulus: "Modulus", at: Fraction | None) -> list[tuple[str, str]]:
    first = next((step for step in modulus.steps if step.value > 0), None)
    low, high = modulus.radius_bounds
    root = first.root if first is not None and first.at == high else None
    radius = _between(low, high) if root is None else root.decimal
    if modulus.lower(Fraction(0)) > 0:
        radius = "nothing: it moves at eps = 0 already"
    rows = [("no move up to", radius)]
    if at is not None:
        rows.append((f"delta({at})", _between(modulus.lower(at), modulus.upper(at))))
    return rows


def _steps(modulus: "Modulus") -> list[str]:
    head = ("jumps to", "at eps", "known")
    rows = [(number(step.value), _place(step), _known(step)) for step in modulus.steps]
    return table([head, *rows]) if rows else ["  delta is 0 throughout"]


def _place(step: "Step") -> str:
    return number(step.at) if step.root is None else step.root.decimal


def _known(step: "Step") -> str:
    where = "there already" if step.attained else "just beyond"
    if step.root is not None:
        return f"exactly, {step.root}: {where}"
    if step.is_exact:
        return f"exactly: {where}"
    if step.clear is None:
        return f"{where} at the latest"
    return f"{where} at the latest, and not up to {number(step.clear)}"


def _between(low: Fraction, high: Fraction) -> str:
    return number(low) if low == high else f"from {number(low)} to {number(high)}"


def _json(modulus: "Modulus", at: Fraction | None) -> dict[str, Any]:
    from nashgap.numeric.io import written_table
    from nashgap.numeric.numbers import text

    found: dict[str, Any] = {
        "player": modulus.player,
        "exact": modulus.is_exact,
        "steps": [
            {
                "value": text(step.value),
                "at": text(step.at),
                "attained": step.attained,
                "exact": step.is_exact,
                "clear": None if step.clear is None else text(step.clear),
                "root": None if step.root is None else step.root.json(),
                "witness": [written_table(t) for t in step.witness],
                "error": text(step.error),
            }
            for step in modulus.steps
        ],
        "ceilings": [[text(error), text(bound)] for error, bound in modulus.ceilings],
    }
    if at is not None:
        low, high = modulus.lower(at), modulus.upper(at)
        value = text(low) if low == high else None
        found |= {"eps": text(at), "delta": value, "delta_bounds": [text(low), text(high)]}
    return found
