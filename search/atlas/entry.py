"""One entry of the atlas: a class of games and what the search says of its supremum."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from nashgap.numeric.numbers import text
from nashgap.numeric.root import Root

from ..checkers.common import IMPLY_NASH
from ..query import GameClass, Query
from ..question import Question, question_of, written
from ..recall import recalled
from ..verdict import Verdict

PARAMETERS = ("reset", "entry", "margin")


@dataclass(frozen=True)
class Entry:
    """A question with its answer.

    Attributes:
        query: the class.
        verdict: the answer as `nashgap.search.recall.written` writes it.
        seconds: how long it took to find.
    """

    query: Query
    verdict: Mapping[str, Any]
    seconds: float

    @property
    def name(self) -> str:
        """Match, assumptions, shape and discount, for example "rho/nash/n2S2A2/gamma=9/10"."""
        return name_of(self.query)

    @property
    def status(self) -> str:
        """`ruled_out` where the supremum is decided, `undecided` where it is bracketed."""
        return str(self.verdict["status"])

    @cached_property
    def supremum(self) -> Fraction | None:
        """The supremum, if it is decided and rational."""
        found = self.verdict.get("supremum")
        return Fraction(found) if isinstance(found, str) and self.status == "ruled_out" else None

    @cached_property
    def value(self) -> Fraction | Root | None:
        """The supremum, rational or isolated between a game and a certificate."""
        raw = self.verdict.get("algebraic")
        if self.supremum is not None or raw is None:
            return self.supremum
        low, high = Fraction(raw["low"]), Fraction(raw["high"])
        return Root(tuple(int(c) for c in raw["polynomial"]), low, high)

    @property
    def attained(self) -> bool | None:
        """Whether some game has the supremum as its gap."""
        return self.verdict.get("attained")

    @cached_property
    def lower(self) -> Fraction | None:
        """The gap of the best game known."""
        return self.supremum if self.supremum is not None else _number(self.verdict.get("lower"))

    @cached_property
    def upper(self) -> Fraction | None:
        """What no game of the class exceeds."""
        return self.supremum if self.supremum is not None else _number(self.verdict.get("upper"))

    def verified(self) -> Verdict:
        """The verdict, after its witness and its certificate were checked without any solver.

        Raises:
            BadInput: one of them is false.
        """
        return recalled(self.verdict, self.name)

    def json(self) -> dict[str, Any]:
        """The entry as it is kept."""
        return {"query": written(self.query), "verdict": self.verdict, "seconds": self.seconds}


def entry_of(raw: Mapping[str, Any]) -> Entry:
    """Reads what `Entry.json` made."""
    return Entry(
        question_of({"query": raw["query"], "sup": True}).query, raw["verdict"], raw["seconds"]
    )


def question(query: Query, seconds: float) -> Question:
    """The question of an entry."""
    return Question(query, True, seconds)


def name_of(query: Query) -> str:
    """The name of an entry.

    Example:
        >>> name_of(Query(assume="zero-sum,nash", states=3, actions=(2, 3)))
        'rho/nash,zero-sum/n2S3A2,3/gamma=9/10'
    """
    said = query.game_class
    return f"{class_of(query, assumptions(query))}/gamma={text(said.discount)}"


def class_of(query: Query, assumed: Sequence[str]) -> str:
    """Match, assumptions and shape."""
    match = query.match if query.eps is None else f"{query.match}={query.eps}"
    return f"{match}/{','.join(assumed) or 'any'}/{shape_of(query.game_class)}"


def assumptions(query: Query) -> list[str]:
    """The assumptions beside the matching, the expert's concept first."""
    return sorted(written(query)["assume"], key=lambda word: (word not in IMPLY_NASH, word))


def shape_of(said: GameClass) -> str:
    """Players, states and actions in short."""
    counts = sorted(set(said.actions))
    actions = str(counts[0]) if len(counts) == 1 else ",".join(map(str, said.actions))
    return f"n{said.players}S{said.states}A{actions}"


def _number(given: Any) -> Fraction | None:
    return Fraction(given) if isinstance(given, str) else None
