"""The named games, found by walking this folder."""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

from nashgap.theory.discovery import added, by_name

from ._named import NamedGame


@cache
def catalogue() -> Mapping[str, NamedGame]:
    """Every named game by name, in alphabetical order.

    A module of this folder whose name has no leading underscore and that defines `GAME` is one.

    Example:
        >>> catalogue()["matching-pennies"].title
        'Matching pennies, repeated'
    """
    package = __name__.rpartition(".")[0]
    folder = importlib.import_module(package).__path__
    names = [m.name for m in pkgutil.iter_modules(folder) if not m.name.startswith("_")]
    modules = [importlib.import_module(f"{package}.{name}") for name in names]
    games: list[NamedGame] = [m.GAME for m in modules if hasattr(m, "GAME")]
    games += added(NamedGame)
    return by_name("game", sorted(games, key=lambda g: g.name), lambda g: g.name)
