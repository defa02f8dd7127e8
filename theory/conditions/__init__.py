"""When a policy of a game with symbols is Nash, subgame-perfect or dominant, as inequalities."""

from .clause import Atom, Clause, Conditions, Sign
from .conditions import concepts, conditions
from .continuity import continuity
from .game import SYMBOLIC_FORMAT, SymbolicGame, describe, parse_symbolic
from .largest import Largest, largest
from .shown import atom_text, plain, plain_largest, python
from .tex import latex, latex_largest

__all__ = [
    "SYMBOLIC_FORMAT",
    "Atom",
    "Clause",
    "Conditions",
    "Largest",
    "Sign",
    "SymbolicGame",
    "atom_text",
    "concepts",
    "conditions",
    "continuity",
    "describe",
    "largest",
    "latex",
    "latex_largest",
    "parse_symbolic",
    "plain",
    "plain_largest",
    "python",
]
