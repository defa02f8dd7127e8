"""`nashgap equilibrium FILE`: an expert to imitate, with its exact Nash gap."""

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import typer

from nashgap.theory.errors import BadInput

from . import completing, options
from .options import Json, Output, Quiet, Tolerance
from .output import Result, noted, number, show, table, writable, write_json
from .progress import progress

if TYPE_CHECKING:
    from nashgap.numeric.equilibria import Equilibrium
    from nashgap.numeric.game import MarkovGame
    from nashgap.numeric.io import Loaded
    from nashgap.numeric.policy import ProductPolicy

NAME = "equilibrium"
_GOOD = Fraction(1, 10**9)
_MOST_STATES = 12


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    way: Annotated[
        str,
        typer.Option(
            metavar="WAY",
            help="auto, team, zero-sum or general-sum.",
            autocompletion=completing.one_of("auto", "team", "zero-sum", "general-sum"),
        ),
    ] = "auto",
    temperature: Annotated[
        str | None, typer.Option(metavar="T", help="The quantal response at this temperature.")
    ] = None,
    horizon: Annotated[
        str | None, typer.Option(metavar="H", help="The game ends after H steps.")
    ] = None,
    tolerance: Tolerance = None,
    output: Output = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find a stationary equilibrium of a game, and compute its Nash gap exactly.

    -o FILE.json writes the game with the profile as expert. Exit code 0 if its gap is at most 1e-9
    (or --temperature was given), else 3. With --horizon a policy for every step, by backward
    induction.

    Example: nashgap games stag-hunt -o stag.json && nashgap equilibrium stag.json
    """
    started = time.perf_counter()
    if output is not None:
        writable(output, file)
    with progress("searching an equilibrium", quiet=quiet):
        loaded = _load(file, tolerance)
        if horizon is None:
            result = _stationary(file, loaded, way, temperature, output)
        else:
            result = _finite(file, loaded, way, temperature, horizon, output)
    show(result, started=started, as_json=as_json, quiet=quiet)


def _load(file: str, tolerance: str | None) -> "Loaded":
    from nashgap.numeric.io import load

    return load(file, tolerance=options.tolerance(tolerance))


def _stationary(
    file: str, loaded: "Loaded", way: str, temperature: str | None, output: str | None
) -> Result:
    from nashgap.numeric.equilibria import equilibrium
    from nashgap.numeric.io import game_object

    tau = None if temperature is None else options.rational(temperature, "--temperature")
    found = equilibrium(loaded.game, way=way, temperature=tau)
    if found is None:
        reason = "the path of quantal responses was lost; try a higher temperature"
        notes = list(loaded.notes)
        lines = [f"undecided  {reason}", *noted(notes)]
        return Result("undecided", lines, {"notes": notes, "evidence": reason})
    written = game_object(loaded.game, found.policy, loaded.learner)
    if output is not None:
        write_json(output, written)
    lines = [*_lines(file, loaded, found), *([f"written to {output}"] if output else [])]
    good = found.gap <= _GOOD or tau is not None
    fields = {"notes": list(loaded.notes), **_fields(found, written)}
    return Result("found" if good else "undecided", lines, fields)


def _lines(file: str, loaded: "Loaded", found: "Equilibrium") -> list[str]:
    gap = "0, exactly" if found.gap == 0 else f"{float(found.gap):.3g}, exact in --json"
    return [
        f"{file}: a profile with Nash gap {gap}",
        *noted(loaded.notes),
        *table([("found by", found.method)]),
        *_tables(loaded.game, found.policy),
    ]


def _tables(game: "MarkovGame", policy: "ProductPolicy") -> list[str]:
    lines: list[str] = []
    for i, rows in enumerate(policy):
        head = ("", *game.actions[i])
        shown = [
            (game.states[s], *(number(p) for p in rows[s].tolist()))
            for s in range(min(game.num_states, _MOST_STATES))
        ]
        lines += ["", f"player {i}", *table([head, *shown])]
    hidden = game.num_states - _MOST_STATES
    return [*lines, *([f"  and {hidden} more states, in --json"] if hidden > 0 else [])]


def _fields(found: "Equilibrium", written: object) -> dict[str, object]:
    from nashgap.numeric.numbers import text

    return {
        "nash_gap": text(found.gap),
        "exact": found.exact,
        "method": found.method,
        "game": written,
        "evidence": "the Nash gap of the profile, computed exactly from the definition",
    }


def _finite(
    file: str,
    loaded: "Loaded",
    way: str,
    temperature: str | None,
    horizon: str,
    output: str | None,
) -> Result:
    from nashgap.numeric.equilibria import finite_horizon
    from nashgap.numeric.io import written_table
    from nashgap.numeric.numbers import text

    if way != "auto" or temperature is not None or output is not None:
        needed = (
            "--horizon alone: its profile is not stationary, and game files hold stationary ones"
        )
        raise BadInput("--horizon", "given with --way, --temperature or --output", needed)
    steps = options.count(horizon, "--horizon")
    found = finite_horizon(loaded.game, steps)
    values = [(f"player {i}", number(v)) for i, v in enumerate(found.values)]
    gap = "0, exactly" if found.gap == 0 else f"{float(found.gap):.3g}, exact in --json"
    lines = [
        f"{file}, {steps} steps: a plan with Nash gap {gap}",
        *noted(loaded.notes),
        *table([("found by", found.method)]),
        "",
        "values from the start",
        *table(values),
    ]
    fields = {
        "notes": list(loaded.notes),
        "nash_gap": text(found.gap),
        "exact": found.exact,
        "method": found.method,
        "values": [text(v) for v in found.values],
        "policies": [[written_table(t) for t in policy] for policy in found.policies],
        "evidence": "the gap of the plan, computed exactly from the definition",
    }
    return Result("found" if found.gap <= _GOOD else "undecided", lines, fields)
