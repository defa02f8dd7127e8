"""The solver backends that exist, and the one to use."""

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from functools import cache

from nashgap.theory.discovery import added, by_name

from ._backend import Backend

PREFERRED = ("z3", "yices", "cvc5")


@cache
def backends() -> Mapping[str, Backend]:
    """Every backend by name; each module here without a leading underscore defines `BACKEND`.

    Example:
        >>> sorted(backends())
        ['cvc5', 'yices', 'z3']
    """
    package = __name__.rpartition(".")[0]
    folder = importlib.import_module(package).__path__
    names = [m.name for m in pkgutil.iter_modules(folder) if not m.name.startswith("_")]
    found = [importlib.import_module(f"{package}.{name}").BACKEND for name in names]
    found += added(Backend)
    return by_name("backend", sorted(found, key=lambda b: b.name), lambda b: b.name)


def available(names: Sequence[str] | None = None) -> tuple[Backend, ...]:
    """The named backends whose solvers are installed; by default a user's own, then ours."""
    if names is None:
        names = (*(backend.name for backend in added(Backend)), *PREFERRED)
    return tuple(b for b in map(backends().__getitem__, names) if b.missing() is None)


def first_available(names: Sequence[str] | None = None) -> Backend | None:
    """The first of the named backends whose solver is installed; by default as `available`."""
    return next(iter(available(names)), None)
