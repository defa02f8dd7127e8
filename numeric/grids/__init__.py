"""Named games of any size on a grid: one integer table each, read exactly or as a sparse game."""

from .collisions import collisions
from .expert import expert
from .grid import Board
from .heuristics import chase
from .named import boards
from .soccer import soccer
from .table import GridGame
from .tag import tag

__all__ = ["Board", "GridGame", "boards", "chase", "collisions", "expert", "soccer", "tag"]
