"""Games that might break a claim, from four sources; each is exact and rechecked when it does.

The named families; the search engine; an adversarial search for large gaps at small errors; random
games, from the closest of which a climb goes on.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from nashgap.numeric.games import Instance
from nashgap.numeric.plain import counted
from nashgap.search.certificate import Certificate
from nashgap.search.engine import search
from nashgap.search.falsifier import Frame, falsify
from nashgap.search.players import players_of
from nashgap.search.query import Query
from nashgap.search.verdict import Found, RuledOut, Unknown
from nashgap.search.witness import Witness
from nashgap.search.worker import Stopped, stream
from nashgap.theory.assumptions import parse_assumptions
from nashgap.theory.errors import BadInput

from .drawn import draw, moves, reading
from .families import built, points
from .setting import Setting
from .trial import Tally, judge, refutation

Progress = Callable[[str], None]
Broken = tuple[Witness, str]
"""A witness and where it comes from."""

DRAWS = 200
"""Random games that are tried; more where a time is given and left."""
_CLIMBS, _MOVES = 6, 400
_ENGINE_SECONDS = 6.0
_ADVERSARY_SECONDS = 3.0
_SHARES = (Fraction(1, 2), Fraction(1, 10))
"""Errors of the adversarial search, in units of 1 - gamma."""
_GAPS = frozenset({"NashGap", "NashGap_i"})
_FAMILIES_SHARE = 0.6
"""The part of the time given that the families may take."""


@dataclass
class Attack:
    """The search for a game that breaks a claim.

    Attributes:
        asked: the conjecture.
        seconds: about how long in all, or None for a fixed amount of search.
        seed: of the random games.
        progress: told what is being done.
        tally: the games that keep the claim.
        reasons: why the sources did not decide.
        started: when.
        moved: moves of climbs so far.
        drawn: random games so far.
        store: a file that keeps what the search engine finds, or None.
    """

    asked: Setting
    seconds: float | None
    seed: int
    progress: Progress
    tally: Tally = field(default_factory=Tally)
    reasons: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    moved: int = 0
    drawn: int = 0
    store: str | Path | None = None

    def by_families(self, most: int | None = None, *, first: int = 0) -> Broken | None:
        """The points of the named families, or those from one number up to another."""
        grid = points(self.asked)[first:most]
        for k, point in enumerate(grid):
            if self.left() < (1 - _FAMILIES_SHARE) * (self.seconds or 0):
                self.reasons.append(f"time for {k} of {len(grid)} points of the named families")
                return None
            if not k % 50:
                self.say(f"named families, {k} of {len(grid)} points done")
            here = built(point, self.asked)
            if here is None:
                continue
            kind = f"family {point.name}"
            verdict = judge(here.made, here.model, self.asked, kind, self.tally, here.known)
            if verdict.broken is not None:
                return verdict.broken, f"the family {point}"
        return None

    def by_engine(self) -> Witness | Certificate | None:
        """A game or a certificate of the search engine, whose learners match.

        The default number of states is where to rule out; more are tried for a game.
        """
        found: Certificate | None = None
        query = self._query()
        if query is None:
            return None
        larger = () if self.asked.states is not None else (query.states + 1, query.states + 2)
        for states in (query.states, *larger):
            self.say(f"the search engine, {states} states")
            budget = min(_ENGINE_SECONDS, max(self.left() / 4, 0.2))
            asked = replace(query, states=states)
            match search(asked, seconds=budget, progress=self.progress, store=self.store):
                case Found(witness):
                    made = Instance(witness.game, witness.expert, witness.learner)
                    broken = refutation(made, reading(made), self.asked)
                    if broken is not None:
                        return broken
                case RuledOut(certificate):
                    found = found or certificate
                case Unknown(reason, interrupted=interrupted):
                    if interrupted:
                        raise KeyboardInterrupt
                    self.reasons.append(f"the search engine, {states} states: {reason}")
                    break
        # The engine's games all match; only where that is assumed is the class covered.
        if found is not None and self.asked.matching is None:
            self.reasons.append("ruled out for learners that match rho exactly, no others")
            return None
        return found

    def _query(self) -> Query | None:
        try:
            return self.asked.query
        except BadInput as error:
            self.reasons.append(f"beyond the search engine: {error}")
            return None

    def by_adversary(self) -> Broken | None:
        """Games with ever larger gaps for learners with small errors, where none is assumed."""
        query = self._query()
        if query is None or self.asked.matching is not None or not self.asked.claim.names & _GAPS:
            return None
        said = query.game_class
        for share in _SHARES:
            error = share * (1 - said.discount)
            (small,) = parse_assumptions([f"match-bc={error}"])
            frame = Frame(replace(said, assumptions=(*self.asked.assumptions, small)))
            self.say(f"adversarial search with errors of at most {error}")
            budget = min(_ADVERSARY_SECONDS, max(self.left() / 4, 0.2))
            for item in stream(falsify, frame, players_of(query), seconds=budget):
                if isinstance(item, Stopped):
                    break
                made = Instance(item.game, item.expert, item.learner)
                verdict = judge(made, reading(made), self.asked, "adversarial", self.tally)
                if verdict.broken is not None:
                    return verdict.broken, "adversarial search"
        return None

    def by_chance(self, most: int | None = None) -> Broken | None:
        """Random games that were not drawn before, and climbs from those that come closest.

        Args:
            most: no more than so many games, and no climb.
        """
        best: list[tuple[Fraction, int]] = []
        last = None if most is None else self.drawn + most
        while not self.is_over() and (self.drawn < DRAWS or self.seconds is not None):
            if self.drawn == last:
                return None
            if not self.drawn % 20:
                self.say(f"random games, {self.drawn} drawn")
            seed = self.seed + self.drawn
            self.drawn += 1
            k = self.drawn
            made = draw(seed, self.asked)
            if made is None:
                if k > DRAWS and not self.tally.kept["random"]:
                    break
                continue
            verdict = judge(made, reading(made), self.asked, "random", self.tally)
            if verdict.broken is not None:
                return verdict.broken, f"random games, seed {seed}"
            if verdict.slack is not None:
                best = sorted([*best, (verdict.slack, seed)])[:_CLIMBS]
            if k % DRAWS == 0 or (self.seconds is not None and k % 50 == 0):
                broken = self._climb(best.pop(0)[1]) if best else None
                if broken is not None:
                    return broken
        for _, seed in best:
            broken = self._climb(seed)
            if broken is not None:
                return broken
        return None

    def _climb(self, seed: int) -> Broken | None:
        """Coordinate search from a random game: one move away, then what brings it closer."""
        made = draw(seed, self.asked)
        closest: Fraction | None = None
        improved = made is not None
        while improved and made is not None:
            improved = False
            self.say(f"climbing from the random game {seed}")
            for move in moves(made):
                if self.is_over() or (self.seconds is None and self.moved >= _MOVES):
                    return None
                self.moved += 1
                moved = move.on(made)
                verdict = judge(moved, reading(moved), self.asked, "climb", self.tally)
                if verdict.broken is not None:
                    return verdict.broken, f"a climb from the random game of seed {seed}"
                if verdict.slack is not None and (closest is None or verdict.slack < closest):
                    made, closest, improved = moved, verdict.slack, True
        return None

    @property
    def standing(self) -> str:
        """How many games keep the claim, and how close the sides came."""
        done = f"{counted(self.tally.total, 'game')} done, none breaks the claim"
        least = self.tally.least
        return done if least is None else f"{done}, closest sides {float(100 * least):.3g} % apart"

    def say(self, doing: str) -> None:
        """Tells what is being done, after how far it is."""
        self.progress(f"{self.standing}; {doing}")

    def left(self) -> float:
        """Seconds left; many where no time is given."""
        if self.seconds is None:
            return 1e9
        return self.seconds - (time.monotonic() - self.started)

    def is_over(self) -> bool:
        """Whether the time given is spent."""
        return self.left() <= 0
