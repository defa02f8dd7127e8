"""A digest of what decides an answer: the files of the search, of the assumptions and claims.

Part of every task's key, so that the answer of an older encoder, prover or checker is never taken
for one of the present ones. Folders that only ask for answers are left out, and so is what
evaluates games: every witness is evaluated again when it is recalled.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nashgap.theory import assumptions

ONLY_ASK = frozenset({"atlas", "conjecture", "derive"})
"""Folders of the search that nothing else in it imports."""


@cache
def source() -> str:
    """SHA-256 of all of them with their names, in hexadecimal; computed once a process."""
    return digest(sources())


def sources() -> Iterator[tuple[str, Path]]:
    """Every file with the name that it goes by."""
    here = Path(__file__).parent
    for folder in (here, Path(assumptions.__file__).parent):
        for path in sorted(folder.rglob("*.py")):
            inside = path.relative_to(folder)
            if folder != here or inside.parts[0] not in ONLY_ASK:
                yield f"{folder.name}/{inside.as_posix()}", path
    theory = Path(assumptions.__file__).parents[1]
    for path in sorted(theory.glob("claim*.py")):
        yield f"theory/{path.name}", path


def digest(files: Iterator[tuple[str, Path]]) -> str:
    """SHA-256 over names and contents.

    Example:
        >>> digest(iter(())) == hashlib.sha256().hexdigest()
        True
    """
    found = hashlib.sha256()
    for name, path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        found.update(f"{name} {content}\n".encode())
    return found.hexdigest()
