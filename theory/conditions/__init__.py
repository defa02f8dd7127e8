"""When a policy of a game with symbols is Nash, subgame-perfect or dominant, as inequalities."""

from .clause import Atom, Clause, Conditions, Sign
from .conditions import concepts, conditions
from .continuity import continuity
from .game import SYMBOLIC_FORMAT, SymbolicGame, describe, parse_symbolic
from .shown import atom_text, latex, plain, python

__all__ = [
    "SYMBOLIC_FORMAT",
    "Atom",
    "Clause",
    "Conditions",
    "Sign",
    "SymbolicGame",
    "atom_text",
    "concepts",
    "conditions",
    "continuity",
    "describe",
    "latex",
    "parse_symbolic",
    "plain",
    "python",
]
