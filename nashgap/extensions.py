"""Things of one's own: lemmas, bounds, quantities, assumptions, games and solver backends.

A Python file defines them at its top level, as the files of the package do: a `Derivation` is a
lemma, a `Bound` a bound of the catalogue, a `Meaning` a quantity of the claim language, an
`Assumption` an assumption, a `NamedGame` a family of games, a `Backend` a solver. `--load FILE.py`
adds them for one run of any command, `load_file` in Python. Nothing is believed for being added: a
lemma is checked wherever it is used, a game is evaluated from the definitions.
"""

import sys
import traceback
from pathlib import Path
from typing import Any

from nashgap.theory import discovery
from nashgap.theory.errors import BadInput, NashgapError


def load_file(path: str | Path) -> tuple[object, ...]:
    """Runs a Python file and adds what it defines; gives what was added.

    Raises:
        BadInput: there is no such file, it does not run, it defines nothing that can be added, or
            something of a name that is taken.
    """
    made = defined(path)
    mine = tuple(thing for thing in made.values() if isinstance(thing, _kinds()))
    if not mine:
        names = ", ".join(kind.__name__ for kind in _kinds())
        raise BadInput(str(path), "nothing to add", f"a top-level object of the kinds {names}")
    discovery.add(mine)
    try:
        _look_up()
    except BadInput:
        discovery.remove(mine)
        raise
    return mine


def defined(path: str | Path) -> dict[str, Any]:
    """The public top-level names of a Python file, as running it leaves them.

    Raises:
        BadInput: there is no such file, or it does not run.
    """
    where = Path(path)
    try:
        source = where.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(str(path), f"cannot be read: {reason}", "a Python file") from None
    made: dict[str, Any] = {"__name__": where.stem, "__file__": str(where)}
    folder = str(where.parent.resolve())
    sys.path.insert(0, folder)
    try:
        exec(compile(source, str(where), "exec"), made)  # noqa: S102  (the user's own file)
    except NashgapError as error:
        raise BadInput(f"{path}{_line(error, where)}", str(error), "a file that runs") from None
    except (Exception, SystemExit) as error:
        said = f"{type(error).__name__}: {error}"[:200]
        raise BadInput(f"{path}{_line(error, where)}", said, "a file that runs") from None
    finally:
        sys.path.remove(folder)
    return {name: value for name, value in made.items() if not name.startswith("_")}


def _line(error: BaseException, where: Path) -> str:
    """Where in the file it happened."""
    if isinstance(error, SyntaxError) and error.lineno is not None:
        return f", line {error.lineno}"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(where)]
    return f", line {lines[-1]}" if lines else ""


def _kinds() -> tuple[type, ...]:
    from nashgap.numeric.games import NamedGame
    from nashgap.search.backends import Backend
    from nashgap.theory.assumptions import Assumption, Family
    from nashgap.theory.bound import Bound
    from nashgap.theory.chain import Derivation
    from nashgap.theory.meaning import Meaning

    return Derivation, Bound, Meaning, Assumption, Family, NamedGame, Backend


def _look_up() -> None:
    """Every registry, so that a name which is taken is refused at once."""
    from nashgap.numeric.games import catalogue
    from nashgap.search.backends import backends
    from nashgap.theory.assumptions import known
    from nashgap.theory.catalogue import bounds
    from nashgap.theory.library import library
    from nashgap.theory.quantities import meanings

    for registry in (meanings, known, library, bounds, catalogue, backends):
        registry()
