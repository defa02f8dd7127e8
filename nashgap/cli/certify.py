"""`nashgap certify FILE --demonstrations DATA`: what demonstrations guarantee of their clone."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from . import completing, options
from .options import Json, Quiet, Tolerance
from .output import Result, noted, show
from .progress import progress

if TYPE_CHECKING:
    from nashgap.numeric.demonstrations import Certification

NAME = "certify"


def command(
    file: Annotated[str, typer.Argument(metavar="FILE.json", show_default=False)],
    demonstrations: Annotated[
        str,
        typer.Option("--demonstrations", metavar="DATA", help="Trajectories: .jsonl, .csv, .npz."),
    ],
    confidence: Annotated[
        str, typer.Option(metavar="P", help="With which the error bound holds.")
    ] = "0.95",
    target_gap: Annotated[
        str | None, typer.Option(metavar="C", help="The Nash gap that is wanted.")
    ] = None,
    assume: Annotated[
        str,
        typer.Option(
            metavar="A,B",
            help="What you vouch for in the expert, as dominant.",
            autocompletion=completing.listed(completing.assumptions),
        ),
    ] = "",
    seconds: Annotated[
        str,
        typer.Option(
            metavar="T", help="For each player's dominance question, about: steps are counted."
        ),
    ] = "1",
    tolerance: Tolerance = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Clone the expert from demonstrations; its error with confidence, and what follows.

    FILE is a game file; one without transition and rewards will do where these are unknown. With
    --target-gap the exit code is 0 if the clone's exact gap is at most C, 1 if it is larger, and 3
    if the game is unknown or in floats: what holds with confidence 95 % is supported, not proved.

    Example: nashgap certify game.json --demonstrations demonstrations.jsonl --assume dominant
    """
    started = time.perf_counter()
    with progress("certifying", quiet=quiet):
        found, notes = _certify(
            file, demonstrations, confidence, target_gap, assume, seconds, tolerance
        )
    claim = None if found.target is None else f"NashGap <= {found.target.gap}"
    result = Result(
        found.status,
        [f"{file}, {demonstrations}", *noted(notes), "", found.text],
        {**found.json(), "notes": notes, "claim": claim, "evidence": _evidence(found)},
    )
    show(result, started=started, as_json=as_json, quiet=quiet)


def _certify(
    file: str,
    data: str,
    confidence: str,
    target: str | None,
    assume: str,
    seconds: str,
    tolerance: str | None,
) -> "tuple[Certification, list[str]]":
    from nashgap.numeric.demonstrations import certify, load_demonstrations
    from nashgap.numeric.demonstrations.outline import is_outline, parse_outline
    from nashgap.numeric.io import parse_game, read_json

    work = options.work(seconds)
    level = options.rational(confidence, "--confidence")
    wanted = None if target is None else options.rational(target, "--target-gap")
    raw = read_json(file)
    slack = options.tolerance(tolerance)
    loaded = None if is_outline(raw) else parse_game(raw, tolerance=slack)
    game = parse_outline(raw) if loaded is None else loaded.game
    found = certify(
        game,
        load_demonstrations(data, game),
        None if loaded is None else loaded.expert,
        confidence=level,
        target_gap=wanted,
        assume=assume,
        work=work,
    )
    return found, [] if loaded is None else list(loaded.notes)


def _evidence(found: "Certification") -> str:
    if found.known is None:
        return "the demonstrations, with the stated confidence"
    return (
        "the clone's gap computed exactly from the definitions"
        if found.known.exact
        else "the clone's gap in floats"
    ) + "; its error from the demonstrations, with the stated confidence"
