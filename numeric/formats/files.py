"""Games of other programs by the names of their files: `.nfg`, `.csv`, `.npz`, and our `.json`.

`spiel:NAME` is a matrix game that OpenSpiel knows by that name; it can only be read.
"""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from nashgap.theory.errors import BadInput, NashgapError

from ..game import MarkovGame
from ..io import load, save
from . import nfg, npz, sgame
from .imported import Affine, Imported
from .open_spiel import from_open_spiel

SPIEL = "spiel:"
_WRITERS: dict[str, Callable[[str, MarkovGame, Affine], tuple[str, ...]]] = {
    ".nfg": nfg.write,
    ".csv": sgame.write,
    ".npz": npz.write,
}
_KNOWN = "FILE.json (nashgap), .nfg (Gambit), .csv (sgamesolver), .npz (arrays)"


def read_game(source: str, discount: object = 0, *, tolerance: object = None) -> Imported:
    """Reads a game in any of the formats.

    Args:
        source: a file, or "spiel:" and the name of a matrix game.
        discount: for formats of one-shot games.
        tolerance: rows of a `.json` may miss 1 by this much, and are then renormalised. Rows of a
            `.npz` are floats and always renormalised; a row of a `.csv` that sums to less than 1
            ends the game.

    Raises:
        BadInput: an unknown ending or name, or a wrong entry; the message names the place.
    """
    if source.startswith(SPIEL):
        return from_open_spiel(_spiel(source.removeprefix(SPIEL)), discount)
    suffix = Path(source).suffix.lower()
    match suffix:
        case ".nfg":
            return nfg.read(source, discount)
        case ".csv":
            return sgame.read(source)
        case ".npz":
            return npz.read(source)
        case ".json":
            loaded = load(source, tolerance=tolerance)
            same = Affine(Fraction(1), (Fraction(0),) * loaded.game.players)
            return Imported(loaded.game, same, notes=loaded.notes, policies=loaded.policies)
        case _:
            raise BadInput(source, "an unknown ending", f"{_KNOWN}, or spiel:NAME")


def write_game(target: str, found: Imported) -> tuple[str, ...]:
    """Writes a game that was read in the format that the file's ending names; returns what is lost.

    Payoffs are written in the units of the original; our own format has rewards in [-1, 1].

    Raises:
        BadInput: an unknown ending, or a game that the format cannot hold.
    """
    suffix, game, affine = Path(target).suffix.lower(), found.game, found.affine
    if suffix == ".json":
        save(target, game, **found.policies)
        scaled = f"the units of the payoffs: {affine.text}"
        return () if affine.is_identity else (scaled,)
    if suffix not in _WRITERS:
        raise BadInput(target, "an unknown ending", _KNOWN)
    policies = (f"the {role}'s policy" for role in found.policies)
    return (*policies, *_WRITERS[suffix](target, game, affine))


def _spiel(name: str) -> object:
    try:
        import pyspiel
    except ImportError:
        raise NashgapError(
            f"{SPIEL}{name} needs OpenSpiel, which is not installed; pip install 'nashgap[games]'"
        ) from None
    if name not in pyspiel.registered_names():
        raise BadInput(SPIEL + name, "OpenSpiel has no such game", "such as spiel:matrix_rps")
    return pyspiel.load_game(name)
