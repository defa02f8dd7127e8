"""Markov games, policies, and every quantity of the theory on a concrete game.

Types are handed on here and load when first used. Functions are called like the modules they live
in (`nashgap.numeric.value.value`); the package `nashgap` hands them on.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import games as games
    from . import pictures as pictures
    from .best_response import BestResponse as BestResponse
    from .delta import Shift as Shift
    from .dominance import Dominance as Dominance
    from .evaluate import Evaluation as Evaluation
    from .game import MarkovGame as MarkovGame
    from .policy import ProductPolicy as ProductPolicy
    from .reading import Reading as Reading

_HOME = {
    "BestResponse": "best_response",
    "Dominance": "dominance",
    "Evaluation": "evaluate",
    "MarkovGame": "game",
    "ProductPolicy": "policy",
    "Reading": "reading",
    "Shift": "delta",
}
_FOLDERS = frozenset({"games", "pictures"})


def __getattr__(name: str) -> object:
    if name in _FOLDERS:
        return import_module(f"{__name__}.{name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME, *_FOLDERS})
