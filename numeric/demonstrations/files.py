"""Files of demonstrations: JSON lines, CSV or npz, told apart by their suffix."""

from pathlib import Path

from nashgap.theory.errors import BadInput

from . import comma, lines, npz
from .outline import Space
from .trajectories import Demonstrations

_KINDS = {".jsonl": lines, ".ndjson": lines, ".csv": comma, ".npz": npz}
_LARGEST = 500_000_000
_NEEDED = "a file ending in .jsonl, .csv or .npz"


def load_demonstrations(path: str | Path, space: Space) -> Demonstrations:
    """Reads a file of demonstrations of a game.

    Args:
        path: JSON lines (`lines`), CSV (`comma`) or npz (`npz`).
        space: the game, or an `Outline` of it.

    Raises:
        BadInput: no such file, another suffix, or any wrong entry; the message names its line,
            row or trajectory.
    """
    kind = _KINDS.get(Path(path).suffix.lower())
    if kind is None:
        raise BadInput(str(path), "the kind of file is not known", _NEEDED)
    try:
        if Path(path).stat().st_size > _LARGEST:
            raise BadInput(str(path), "a file of over 500 MB", "a smaller file")
        found: Demonstrations = kind.read(Path(path), space)
        return found
    except OSError as error:
        raise BadInput(str(path), f"cannot be read ({error.strerror})", "a readable file") from None
    except UnicodeDecodeError:
        raise BadInput(str(path), "not UTF-8 text", _NEEDED) from None


def save_demonstrations(path: str | Path, demonstrations: Demonstrations) -> None:
    """Writes a file that `load_demonstrations` reads back to equal demonstrations.

    Raises:
        BadInput: another suffix, or the file cannot be written.
    """
    kind = _KINDS.get(Path(path).suffix.lower())
    if kind is None:
        raise BadInput(str(path), "the kind of file is not known", _NEEDED)
    try:
        kind.write(Path(path), demonstrations)
    except OSError as error:
        given = f"cannot be written ({error.strerror})"
        raise BadInput(str(path), given, "a file in a folder that exists") from None
