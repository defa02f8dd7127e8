"""`nashgap convert IN OUT`: games of other programs, and what is lost on the way."""

import time
from typing import Annotated

import typer

from . import options
from .options import Json, Quiet, Tolerance
from .output import Result, noted, show, table, writable
from .progress import progress

NAME = "convert"


def command(
    source: Annotated[str, typer.Argument(metavar="IN", show_default=False)],
    target: Annotated[str, typer.Argument(metavar="OUT", show_default=False)],
    discount: Annotated[
        str,
        typer.Option(
            "--gamma",
            "--discount",
            metavar="X",
            help="The discount of one-shot games, repeated for ever if not 0.",
        ),
    ] = "0",
    tolerance: Tolerance = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Convert a game, and say what is lost.

    Formats by ending: .json (nashgap), .nfg (Gambit), .csv (sgamesolver), .npz (NumPy arrays;
    QuantEcon's R, Q, beta too); IN may be spiel:NAME for a matrix game of OpenSpiel. PettingZoo
    environments are read in Python: nashgap.numeric.formats.pettingzoo. Decimals are read
    exactly as written; --tolerance makes an exact game of a .json whose rows were rounded.

    Example: nashgap games prisoners-dilemma -o pd.json && nashgap convert pd.json pd.nfg
    """
    from nashgap.numeric.formats.files import read_game, write_game
    from nashgap.numeric.numbers import text

    started = time.perf_counter()
    gamma = options.discount(discount, "--gamma")
    writable(target, source)
    slack = options.tolerance(tolerance)
    with progress("converting", quiet=quiet):
        found = read_game(source, gamma, tolerance=slack)
        lost = (*found.lost, *write_game(target, found))
    rows = [
        *(("lost", part) for part in lost),
        *(("added", part) for part in found.added),
        *([] if found.affine.is_identity else [("rewards", found.affine.text)]),
    ]
    lines = [
        f"{source}: {found.game.summary}",
        *noted(found.notes),
        *table(rows),
        f"written to {target}",
    ]
    fields = {
        "notes": list(found.notes),
        "lost": list(lost),
        "added": list(found.added),
        "scale": text(found.affine.scale),
        "shifts": [text(c) for c in found.affine.shifts],
    }
    show(Result("done", lines, fields), started=started, as_json=as_json, quiet=quiet)
