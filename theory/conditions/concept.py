"""What a concept is: when a player's policy has it, as clauses on the symbols."""

from collections.abc import Callable
from dataclasses import dataclass

from .clause import Clause
from .side import Side


@dataclass(frozen=True)
class Sides:
    """For one player: clauses that are necessary, and clauses that suffice.

    Attributes:
        note: why they differ; "" where they are the same condition.
    """

    necessary: tuple[Clause, ...]
    sufficient: tuple[Clause, ...]
    note: str = ""

    @staticmethod
    def exactly(clauses: tuple[Clause, ...]) -> "Sides":
        """Necessary and sufficient."""
        return Sides(clauses, clauses)


@dataclass(frozen=True)
class Concept:
    """A property of a policy in a game.

    Attributes:
        name: as in claims where there is one.
        statement: in words, for every player i.
        argument: why the clauses say just that.
        sides: a player's clauses.
    """

    name: str
    statement: str
    argument: str
    sides: Callable[[Side], Sides]
