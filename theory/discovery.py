"""What there is of each kind: one-thing-per-file modules of a folder, and what a user adds.

A user adds lemmas, bounds, quantities, assumptions, games and solver backends by a file of their
own (`nashgap.extensions`), or by an installed package with entry points of the group `nashgap`,
each a module, an object or a list of objects.
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType, ModuleType
from typing import TypeVar

from .errors import BadInput

T = TypeVar("T")
GROUP = "nashgap"
_ADDED: list[object] = []


def found(package: str, attribute: str) -> Iterator[object]:
    """The `attribute` of each module of `package` that has no leading underscore, by file name.

    Example:
        >>> sum(1 for _ in found("nashgap.theory.quantities", "MEANING"))
        22
    """
    folder = importlib.import_module(package).__path__
    names = sorted(m.name for m in pkgutil.iter_modules(folder) if not m.name.startswith("_"))
    for name in names:
        yield getattr(importlib.import_module(f"{package}.{name}"), attribute)


def added(kind: type[T]) -> tuple[T, ...]:
    """What a user or an installed package adds of a kind."""
    return tuple(thing for thing in (*_installed(), *_ADDED) if isinstance(thing, kind))


def add(things: Iterable[object]) -> None:
    """Adds things of one's own; what was looked up before is looked up again."""
    _ADDED.extend(things)
    _forget()


def remove(things: Iterable[object]) -> None:
    """Takes added things away again."""
    for thing in things:
        _ADDED[:] = [other for other in _ADDED if other is not thing]
    _forget()


def by_name(what: str, things: Iterable[T], name: Callable[[T], str]) -> Mapping[str, T]:
    """Things by their names.

    Raises:
        BadInput: two have the same name.

    Example:
        >>> by_name("letter", ["a", "b", "a"], str.upper)
        Traceback (most recent call last):
        nashgap.theory.errors.BadInput: letter 'A': there are two; needed: a name of its own
    """
    named: dict[str, T] = {}
    for thing in things:
        if name(thing) in named:
            raise BadInput(f"{what} {name(thing)[:60]!r}", "there are two", "a name of its own")
        named[name(thing)] = thing
    return MappingProxyType(named)


@cache
def _installed() -> tuple[object, ...]:
    from importlib.metadata import entry_points

    things: list[object] = []
    for point in entry_points(group=GROUP):
        loaded = point.load()
        if isinstance(loaded, ModuleType):
            things += vars(loaded).values()
        else:
            things += loaded if isinstance(loaded, (list, tuple)) else [loaded]
    return tuple(things)


def _forget() -> None:
    """Clears every cache of the package, since any may rest on what there was."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "nashgap" and module is not None:
            for value in list(vars(module).values()):
                clear = getattr(value, "cache_clear", None)
                if clear is not None and value is not _installed:
                    clear()
