r"""A problem in the making: what is given, the variables so far, and the rows so far."""

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from ..parts import Parts
from ..problem import Box, Relation, Row
from ..query import GameClass
from ..rewards.scene import ONE, ZERO, Joint, pure_row
from ..rewards.ties import Ties

Terms = dict[str, Fraction]


@dataclass
class Draft:
    """The rows of one question, added one by one.

    Attributes:
        said: the class. parts: with kernel and start in full. player: who exploits.
        boxes: every variable's range. rows: every row.
    """

    said: GameClass
    parts: Parts
    player: int
    boxes: dict[str, Box] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def joints(self) -> list[Joint]:
        """All joint actions; a joint action's number is its place here."""
        found: list[Joint] = [()]
        for count in self.said.actions:
            found = [(*joint, a) for joint in found for a in range(count)]
        return found

    @cached_property
    def ties(self) -> Ties:
        """Which rewards share a variable."""
        return Ties(self.said.actions, self.said.states, self.said.names)

    @cached_property
    def start(self) -> dict[int, Fraction]:
        """The start's support with its weights."""
        return {s: p for s, p in enumerate(self.parts.start or ()) if p}

    def parameter(self, name: str) -> Fraction | None:
        """The parameter of an assumption, or None if it is not asked."""
        return next((a.parameter for a in self.said.assumptions if a.name == name), None)

    def is_open(self, role: str, s: int, joint: Joint) -> bool:
        """Whether what is known lets a profile play a joint action at a state."""
        given = self.parts.expert if role == "expert" else self.parts.learner
        pure = [pure_row(a, count) for a, count in zip(joint, self.said.actions, strict=True)]
        return all(given.get((i, s), row) == row for i, row in enumerate(pure))

    def put(self, terms: Terms, name: str, c: Fraction) -> None:
        """Adds a term; a variable that is new gets the range of rewards or of values."""
        if name not in self.boxes:
            size = ONE if name.startswith("r ") else 1 / (1 - self.said.discount)
            self.boxes[name] = Box(-size, size)
        terms[name] = terms.get(name, ZERO) + c

    def add(
        self,
        name: str,
        terms: Terms,
        relation: Relation,
        bound: Fraction,
        *guard: tuple[str, int],
    ) -> None:
        """Adds a row that holds where the choices of its guard are taken so."""
        kept = tuple((x, c) for x, c in terms.items() if c)
        self.rows.append(Row(name, kept, relation, bound, guard))

    def never(self, name: str, *guard: tuple[str, int]) -> None:
        """Excludes the choices of a guard; without one, everything."""
        self.add(name, {}, "<=", -ONE, *guard)

    def reward(self, terms: Terms, player: int, s: int, joint: Joint, c: Fraction) -> None:
        """Adds a multiple of a reward."""
        name, sign = self.ties.of(player, s, joint)
        if sign:
            self.put(terms, name, sign * c)

    def ahead(self, terms: Terms, letter: str, s: int, joint: Joint, c: Fraction) -> None:
        """Adds a multiple of the next state's expected value, discounted."""
        for t, p in enumerate(self.parts.rows[s, joint]):
            if p and self.said.discount:
                self.put(terms, f"{letter} {t}", c * self.said.discount * p)

    def bellman(
        self, letter: str, player: int, s: int, joint: Joint, sign: Fraction = ONE
    ) -> Terms:
        """Sign * (value - reward - discounted next value)."""
        terms: Terms = {}
        self.put(terms, f"{letter} {s}", sign)
        self.reward(terms, player, s, joint, -sign)
        self.ahead(terms, letter, s, joint, -sign)
        return terms

    def no_better(
        self, name: str, one: str, other: str, *guard: tuple[str, int], by: Fraction = ZERO
    ) -> None:
        """From the start, one value is at most another, less an amount."""
        terms: Terms = {}
        for s, p in self.start.items():
            self.put(terms, f"{one} {s}", p)
            self.put(terms, f"{other} {s}", -p)
        self.add(name, terms, "<=", -by, *guard)


def turned(joint: Joint, player: int, action: int) -> Joint:
    """The joint action in which one player does something else."""
    return (*joint[:player], action, *joint[player + 1 :])
