r"""The form between a question and its solvers: linear rows under finite choices.

A problem asks for the largest value of a linear objective over real variables in boxes and finite
choices, each of which takes exactly one of its options. A row \(\sum_x c_x x\le b\) (or \(=b\))
holds when all choices of its guard are taken that way. Everything is exact; nothing here solves
anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from nashgap.theory.errors import BadInput

Relation = Literal["<=", "=="]
Picks = Mapping[str, int]
"""Choices by name and the option taken."""


@dataclass(frozen=True)
class Row:
    r"""One guarded linear row \(\sum_xc_xx\le b\) or \(=b\).

    Attributes:
        name: unique in its problem; a certificate cites the row by it.
        terms: pairs (variable, coefficient), no variable twice.
        relation: "<=" or "==".
        bound: \(b\).
        guard: pairs (choice, option) that must all be taken for the row to hold.
        strict: whether it holds with "<"; who looks for solutions may allow equality.
    """

    name: str
    terms: tuple[tuple[str, Fraction], ...]
    relation: Relation
    bound: Fraction
    guard: tuple[tuple[str, int], ...] = ()
    strict: bool = False

    def holds_under(self, picks: Picks) -> bool:
        """Whether the guard is met."""
        return all(picks.get(choice) == option for choice, option in self.guard)


@dataclass(frozen=True)
class Choice:
    """A finite variable: where something at a state leads to.

    Attributes:
        name: unique in its problem, for example "move 0".
        state: the state at which the choice is made.
        options: the states it may take, at least one.
        follow: whether the path of the deviator runs through it; the prover splits on it first.
    """

    name: str
    state: int
    options: tuple[int, ...]
    follow: bool = False


@dataclass(frozen=True)
class Box:
    r"""The range of a variable; its two sides are the rows "low NAME" and "high NAME"."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Problem:
    """Maximise `objective` over the boxes, under the rows of the choices taken.

    Attributes:
        boxes: every variable's range.
        choices: every choice.
        rows: every guarded row.
        objective: pairs (variable, coefficient).
        roles: one word a state. Exchanging two states of the same role maps the problem to itself,
            unless one of them is `start`.
        start: the state where the deviator's path begins.

    Raises:
        BadInput: a row, a choice or the objective names something that is not there.
    """

    boxes: Mapping[str, Box]
    choices: tuple[Choice, ...]
    rows: tuple[Row, ...]
    objective: tuple[tuple[str, Fraction], ...]
    roles: tuple[str, ...]
    start: int = 0
    _by_name: Mapping[str, Choice] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {choice.name: choice for choice in self.choices})
        for name in (x for row in self.rows for x, _ in row.terms):
            if name not in self.boxes:
                raise BadInput("problem", f"a row names {name!r}", "a variable with a box")
        for choice, option in (pair for row in self.rows for pair in row.guard):
            if choice not in self._by_name or option not in self._by_name[choice].options:
                raise BadInput("problem", f"a guard names {choice!r} = {option}", "an option")

    def choice(self, name: str) -> Choice | None:
        """The choice of that name, or None."""
        return self._by_name.get(name)

    @cached_property
    def followed(self) -> Mapping[int, Choice]:
        """By state, the choice that continues the deviator's path."""
        return {choice.state: choice for choice in self.choices if choice.follow}

    def active(self, picks: Picks) -> Iterator[Row]:
        """The rows whose guards are met, in time proportional to what the picks touch."""
        yield from self._guarded.get(None, ())
        for pick in picks.items():
            for row in self._guarded.get(pick, ()):
                if row.holds_under(picks):
                    yield row

    @cached_property
    def _guarded(self) -> dict[tuple[str, int] | None, list[Row]]:
        found: dict[tuple[str, int] | None, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.guard[0] if row.guard else None, []).append(row)
        return found


@dataclass(frozen=True)
class Threshold:
    r"""What is asked of the objective: \(\ge c\), or with `strict` \(>c\).

    Example:
        >>> str(Threshold(Fraction(18), strict=True))
        '> 18'
    """

    value: Fraction
    strict: bool = False

    def met_by(self, number: Fraction) -> bool:
        """Whether a number meets it."""
        return number > self.value if self.strict else number >= self.value

    def __str__(self) -> str:
        return f"{'>' if self.strict else '>='} {self.value}"
