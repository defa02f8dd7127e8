"""Named games with their exact numbers, and random games by class."""

from ._catalogue import catalogue
from ._named import Instance, NamedGame
from ._parameters import Parameter
from ._table import Row, build_game, choose, profile, stay
from .random import random_game
from .random import random_game as random

__all__ = [
    "Instance",
    "NamedGame",
    "Parameter",
    "Row",
    "build_game",
    "catalogue",
    "choose",
    "profile",
    "random",
    "random_game",
    "stay",
]
