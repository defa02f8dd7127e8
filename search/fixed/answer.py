"""Answers queries in which parts of the game are given.

With kernel, start and pure policies in question the supremum is found twice: by enumeration with
one exact linear program each, and by a solver over guarded rows. There is no certificate of it:
a bound that rests on their agreement says so. With less given, the falsifier looks for games that
have the parts, and the class without them bounds them from above.
"""

import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from .. import supremum
from ..backends import Backend, first_available
from ..candidate import Candidate
from ..falsifier import Frame, falsify
from ..parts import Parts
from ..problem import Threshold
from ..query import GameClass, Query
from ..rewards.rows import TooManyError
from ..supremum import Step, trivial_upper
from ..verdict import Found, RuledOut, Unknown, Verdict
from ..witness import Witness, witness
from ..worker import Stopped, stream
from .encoding import COVERED, build
from .enumerate import INEXACT, Enumerated, enumerate_pure

PATIENCE = 30.0
Search = Callable[..., Verdict]


def answer(
    query: Query,
    sup: bool,
    seconds: float | None,
    progress: Callable[[str], None],
    search: Search,
) -> Verdict:
    """The verdict on a query with given parts.

    Args:
        query: the question; its `fix` is not None.
        sup: whether the supremum is asked.
        seconds: about how long, or None.
        progress: told what is done.
        search: answers the query without the parts, for an upper bound.
    """
    assert query.fix is not None
    run = _Run(query, query.fix, time.monotonic() + (seconds or PATIENCE), progress, search)
    try:
        return run.verdict(sup)
    except KeyboardInterrupt:
        return run.unknown("interrupted", interrupted=True)


@dataclass
class _Run:
    query: Query
    parts: Parts
    deadline: float
    progress: Callable[[str], None]
    search: Search
    best: Witness | None = None

    @property
    def players(self) -> tuple[int, ...]:
        """Whose gap counts; players differ by what is given."""
        if self.query.player is not None:
            return (self.query.player,)
        return tuple(range(self.query.players))

    @property
    def left(self) -> float:
        return max(self.deadline - time.monotonic(), 0.1)

    def verdict(self, sup: bool) -> Verdict:
        said = self.query.game_class
        asked = None if sup else self.asked()
        if self.parts.knows_dynamics(said.states, said.actions):
            decided = self.decided(asked)
            if decided is not None:
                return decided
        with closing(self.games()) as found:
            for made in found:
                if self.offer(made, asked) and asked is not None:
                    assert self.best is not None
                    return Found(self.best)
        without = replace(self.query, fix=None)
        verdict = self.search(without, sup=sup, seconds=max(self.left, 5.0))
        match verdict:
            case RuledOut(certificate, _, None):
                return RuledOut(
                    certificate,
                    evidence="a certificate for the class without the given parts, verified "
                    "without any solver",
                )
            case RuledOut(certificate, _, value) if value == self.lower:
                return RuledOut(
                    certificate,
                    self.best,
                    value,
                    True,
                    evidence="a certificate for the class without the given parts, and a game that "
                    "has them",
                )
            case RuledOut(certificate, _, value):
                reason = "the upper bound is that of the class without the given parts"
                return Unknown(reason, self.lower, value, self.best, certificate)
            case _:
                return self.unknown("no game with the given parts decides it in the time given")

    def decided(self, asked: Threshold | str | None) -> Verdict | None:
        """By enumeration of the pure policies, if that is within reach; confirmed by a solver."""
        said = self.query.game_class
        self.progress("enumerating pure policies")
        found: Enumerated | None = None
        for item in stream(_enumerated, said, self.parts, self.players, seconds=self.left):
            if isinstance(item, Stopped) or item == "too many":
                return None
            found = item
        if found is None:
            return self.unknown("no pure expert and learner are of the class, by enumeration")
        met = self.offer(found.made, asked)
        if asked is not None and met and self.best is not None:
            return Found(self.best)
        pure = "pure" in said.names or self.parts.policies_known(said.states, said.players)
        if not pure or said.names & INEXACT or self.best is None:
            return None
        also, agrees = self.solved(found.value)
        ways = (
            f"by enumeration of {found.pairs} pairs of pure policies with {found.programs} exact "
            f"linear programs{also}; there is no certificate of it"
        )
        if not agrees:
            return replace(self.unknown(f"enumeration and solver disagree: {ways}"), conflict=True)
        return Unknown(
            f"the supremum for the given parts is {found.value}, {ways}",
            found.value,
            found.value,
            self.best,
        )

    def solved(self, value: Fraction) -> tuple[str, bool]:
        """What a solver says of the same question, in words, and whether it agrees."""
        said = self.query.game_class
        backend = first_available()
        if backend is None or not said.names <= COVERED or not self.parts.is_pure:
            return "", True
        self.progress(f"asking {backend.name} for more than {value}")
        above = Threshold(value, strict=True)
        parts = [(i, partial(build, said, self.parts, i)) for i in self.players]
        for item in stream(supremum.climb, parts, backend, above, seconds=self.left):
            if isinstance(item, Step):
                return f", but {backend.name} finds {item.optimum.value}", False
            return "", True
        return f" and by {_named(backend)}, which finds no more", True

    def games(self) -> Generator[Candidate, None, None]:
        frame = Frame(self.query.game_class, self.parts)
        for item in stream(falsify, frame, self.players, seconds=self.left / 2):
            if isinstance(item, Stopped):
                return
            yield item

    def asked(self) -> Threshold | str:
        """The threshold, or the claim."""
        if self.query.claim is None:
            return self.query.threshold or Threshold(Fraction(0))
        return self.query.claim

    def offer(self, made: Candidate, asked: Threshold | str | None) -> bool:
        """Keeps a game that passes the recheck; whether it shows what is asked."""
        names = self.query.game_class.assumptions
        game = (made.game, made.expert, made.learner, made.player)
        if asked is not None:
            shown = witness(*game, asked, names)
            if shown.verify().valid:
                self.best = shown
                return True
        gap = witness(*game, Threshold(Fraction(0)), names).numbers["gap_of_player"]
        found = witness(*game, Threshold(gap), names)
        if found.verify().valid and (self.lower is None or gap >= self.lower):
            self.best = found
            self.progress(f"best gap so far {gap}")
        return False

    @property
    def lower(self) -> Fraction | None:
        return None if self.best is None else self.best.numbers["gap_of_player"]

    def unknown(self, reason: str, *, interrupted: bool = False) -> Unknown:
        upper = trivial_upper(self.query.game_class.discount)
        return Unknown(reason, self.lower, upper, self.best, None, interrupted)


def _enumerated(
    said: GameClass, parts: Parts, players: tuple[int, ...]
) -> Generator[Enumerated | str, None, None]:
    try:
        found = enumerate_pure(said, parts, players)
    except TooManyError:
        yield "too many"
        return
    if found is not None:
        yield found


def _named(backend: Backend) -> str:
    return f"{backend.name} {backend.version()}"
