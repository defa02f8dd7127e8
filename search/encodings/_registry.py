"""The encodings that exist."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ._encoding import Encoding


@cache
def encodings() -> Mapping[str, Encoding]:
    """Every encoding by name; each module here without a leading underscore defines `ENCODING`.

    Example:
        >>> sorted(encodings())
        ['any-kernel', 'deterministic']
    """
    package = __name__.rpartition(".")[0]
    folder = importlib.import_module(package).__path__
    names = [m.name for m in pkgutil.iter_modules(folder) if not m.name.startswith("_")]
    found = [importlib.import_module(f"{package}.{name}").ENCODING for name in names]
    return MappingProxyType({e.name: e for e in sorted(found, key=lambda e: e.name)})
