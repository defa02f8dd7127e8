"""Games of pygambit, through its own exact text form."""

from importlib import import_module
from io import StringIO
from typing import Any

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from . import nfg
from .imported import Affine, Exported, Imported
from .normal_form import to_markov


def from_gambit(game: Any, discount: object = 0) -> Imported:
    """A pygambit game as a game of one state, in exact numbers.

    Args:
        game: a `pygambit.Game`; one in extensive form is taken in its reduced strategic form.
        discount: 0 plays it once.

    Raises:
        BadInput: it is no pygambit game.
    """
    if not callable(getattr(game, "to_nfg", None)):
        raise BadInput("game", f"given a {type(game).__name__}", "a pygambit.Game")
    form, lost = nfg.parse(game.to_nfg(), "pygambit")
    # pygambit names outcomes by itself, so that their names tell nothing.
    told = [what for what in lost if not what.startswith("the outcomes' names")]
    if getattr(game, "is_tree", False):
        told.append("the tree: only the reduced strategic form is kept")
    return to_markov(form, discount, told)


def to_gambit(game: MarkovGame, affine: Affine | None = None, title: str = "") -> Exported:
    """A game of one state as a `pygambit.Game`, in exact numbers.

    Raises:
        BadInput: pygambit is not installed; several states, or floats.
    """
    try:
        pygambit: Any = import_module("pygambit")
    except ImportError:
        raise BadInput("pygambit", "not installed", "pip install pygambit") from None
    found = nfg.to_text(game, affine, title)
    return Exported(pygambit.read_nfg(StringIO(found.content)), found.lost)
