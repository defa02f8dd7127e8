"""Named games of any size on a grid: one integer table each, read exactly or as a sparse game."""

from .collisions import collisions
from .expert import expert
from .grid import Board
from .heuristics import chase
from .soccer import soccer
from .table import GridGame
from .tag import tag

__all__ = ["Board", "GridGame", "chase", "collisions", "expert", "soccer", "tag"]
