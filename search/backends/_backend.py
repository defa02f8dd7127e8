"""What a solver backend is and answers. Its answers are claims, taken on trust by nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..problem import Problem, Threshold


@dataclass(frozen=True)
class Model:
    """A solution: the option of every choice and the exact value of every variable."""

    picks: Mapping[str, int]
    point: Mapping[str, Fraction]


@dataclass(frozen=True)
class Unsatisfiable:
    """The solver says that there is no solution."""


@dataclass(frozen=True)
class NoAnswer:
    """The solver gave up, and why."""

    reason: str


Answer = Model | Unsatisfiable | NoAnswer


@dataclass(frozen=True)
class Backend:
    """A solver.

    Attributes:
        name: how it is called.
        missing: why it cannot be used here, or None if it can.
        version: the solver's version, "" if it is missing.
        decide: whether the problem has a solution that meets the threshold.
    """

    name: str
    missing: Callable[[], str | None]
    version: Callable[[], str]
    decide: Callable[[Problem, Threshold | None], Answer]
