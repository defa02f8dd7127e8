"""What a folder of one-thing-per-file modules holds, found by walking it."""

import importlib
import pkgutil
from collections.abc import Iterator


def found(package: str, attribute: str) -> Iterator[object]:
    """The `attribute` of each module of `package` that has no leading underscore, by file name.

    Example:
        >>> sum(1 for _ in found("nashgap.theory.quantities", "MEANING"))
        18
    """
    folder = importlib.import_module(package).__path__
    names = sorted(m.name for m in pkgutil.iter_modules(folder) if not m.name.startswith("_"))
    for name in names:
        yield getattr(importlib.import_module(f"{package}.{name}"), attribute)
