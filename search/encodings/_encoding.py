"""What an encoding is: which class its rows speak of, and how a case becomes a problem."""

from collections.abc import Callable
from dataclasses import dataclass

from ..problem import Problem
from ._case import Case


@dataclass(frozen=True)
class Encoding:
    """One way to write the games of a class as guarded linear rows.

    Attributes:
        name: as certificates cite it.
        summary: one sentence: the class of games.
        needs: the assumptions without which its rows would not follow. Where a class assumes them
            all, every game of the class is a solution, so a rule-out holds.
        build: the problem of a case.
        exact: whether every solution is, conversely, a game of the class with deterministic kernel
            and pure policies, so that `nashgap.search.witness` can write it down.
    """

    name: str
    summary: str
    needs: frozenset[str]
    build: Callable[[Case], Problem]
    exact: bool

    def covers(self, assumptions: frozenset[str]) -> bool:
        """Whether the games of a class that assumes these are all solutions."""
        return self.needs <= assumptions
