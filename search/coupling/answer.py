r"""Answers queries on matched states and on small errors.

From above: the bound of `bound`, that of `nashgap.search.pair.above`, or for two states and a
dominant expert that of `two_states`, certified, for any kernel and any policies. From below: games
that the falsifier finds, each rechecked. Where the two meet, the supremum is decided; a game that
comes close to a bound of `two_states` is tried as the bound itself.
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, partial
from math import prod

from ..candidate import Candidate
from ..certificate import Certificate
from ..falsifier import Frame, falsify
from ..falsifier.lifted import lifted
from ..falsifier.tune import tuned
from ..finish import simple
from ..goal import Unsupported, constants, threshold_of
from ..pair.above import Above, above
from ..players import players_of
from ..problem import Threshold
from ..query import GameClass, Query
from ..standing import Standing
from ..supremum import trivial_upper
from ..verdict import Found, RuledOut, Unknown, Verdict
from ..witness import Witness, witness
from ..worker import Stopped, stream
from . import two_states
from .bound import bounds, rule_out

PLAIN = 0.5
"""The share of the time in which learners are pure or mix evenly."""
PLAIN_OF_TWO = 0.1
"""The same where two states are to attain a supremum: errors are then needed."""
ERRING_OF_TWO = 0.4
"""The share till when the falsifier may look there; what is left is for the bound."""
FEW = 0.4
"""The share of the time in which games of fewer states may be looked for."""
PATIENCE = 60.0
"""Seconds for the falsifier where no time is given."""
EFFORT = 4_000
"""Restarts in a round times entries of a game, where states are matched and no time is given."""
ROUNDS = 2
"""First among plain learners, then with small errors as well."""
NEAR = Fraction(1, 100)
"""A game this close below a bound, as a share of it, may be what attains the supremum."""
PROVING = 8.0
"""Seconds to try to exclude more than such a game reaches."""


def covers(query: Query) -> bool:
    """Whether the query is of this kind: states matched or errors small, and not more than that."""
    names = query.game_class.names
    return bool(names & {"match-mu", "match-bc"}) and "match-rho" not in names


def answer(
    query: Query, sup: bool, seconds: float | None, progress: Callable[[str], None]
) -> Verdict:
    """The verdict on a query that `covers` accepts.

    Args:
        query: the question.
        sup: whether the supremum is asked.
        seconds: about how long, or None.
        progress: told what is done.

    Example:
        >>> from ..query import Query
        >>> query = Query(match="mu", assume="nash,full-support", states=1, gamma="3/4")
        >>> verdict = answer(query, True, None, print)
        0 of 2 rounds done, no game yet, proved bound 8; looking for games
        0 of 2 rounds done, best gap 8, proved bound 8; looking for more
        >>> verdict.supremum, verdict.attained
        (Fraction(8, 1), True)
    """
    run = _Run(query, seconds, progress)
    try:
        return run.top() if sup else run.reach()
    except KeyboardInterrupt:
        return run.interrupted()


@dataclass
class _Run:
    query: Query
    seconds: float | None
    progress: Callable[[str], None]
    best: Witness | None = None
    simple: Witness | None = None
    failed: dict[str, None] = field(default_factory=dict)
    done: int = 0
    proved: tuple[Fraction, Certificate] | None = None

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + (self.seconds or PATIENCE)

    def top(self) -> Verdict:
        with closing(self.games()) as found:
            for made in found:
                if self.offer(made, None) and self.meets():
                    break
                if (
                    self.best is not None
                    and self.offer(tuned(Frame(self.query.game_class), made), None)
                    and self.meets()
                ):
                    break
        self.polish()
        self.lowered()
        self.simplify()
        upper, proof = self.above
        if proof is not None and self.best is not None and self.lower == upper:
            return RuledOut(proof, self.best, upper, True)
        return self.unknown("no game that attains the upper bound was found in the time given")

    def meets(self) -> bool:
        """Whether no game beats the best one; the bound is brought down to it where that is so."""
        upper, lower = self.above[0], self.lower
        if lower is None or lower < upper * (1 - NEAR) or not two_states.covers(self.said):
            return lower == upper
        if lower < upper:
            asked = Threshold(lower, strict=True)
            left = min(PROVING, max(self.deadline - time.monotonic(), 1.0))
            self.say(f"ruling out a gap {asked}")
            proof = two_states.rule_out(self.said, asked, self.query.player, seconds=left)
            if proof is not None:
                self.proved = lower, proof
        return self.above[0] == lower

    def lowered(self) -> None:
        """Uses what time is left to bring the bound of two states down to the best game."""
        lower, left = self.lower, self.deadline - time.monotonic()
        if lower is None or left < 1 or not two_states.covers(self.said):
            return
        if lower < self.above[0]:
            self.bounded(left, lower)

    def bounded(self, seconds: float, goal: Fraction | None = None) -> None:
        """Brings the bound of two states down; an interrupt loses nothing of it."""

        def told(value: Fraction) -> None:
            self.say(f"proving that no gap exceeds {float(value):.6g}")

        try:
            found = two_states.bound(
                self.said, self.query.player, goal=goal, seconds=seconds, told=told
            )
            self.keep(found)
        except two_states.Interrupted as stop:
            self.keep(stop.found)
            raise

    def keep(self, found: tuple[Fraction, Certificate] | None) -> None:
        """Keeps a bound that is the least so far."""
        if found is not None and (self.proved is None or found[0] < self.proved[0]):
            self.proved = found

    def reach(self) -> Verdict:
        said, claim = self.query.game_class, self.query.claim
        asked, why = self.query.threshold, None
        if claim is not None:
            read = threshold_of(claim, said.players, said.discount, constants(said.names))
            asked, why = (None, read.reason) if isinstance(read, Unsupported) else (read, None)
        if asked is not None:
            proof = rule_out(said, asked, self.query.player)
            if proof is None and self.wide is not None:
                proof = self.wide.rule_out(asked)
            if proof is None and two_states.covers(said):
                left = (self.deadline - time.monotonic()) / 2
                self.say(f"ruling out a gap {asked}")
                proof = two_states.rule_out(said, asked, self.query.player, seconds=left)
            if proof is not None:
                return RuledOut(proof)
        with closing(self.games()) as found:
            for made in found:
                if self.offer(made, claim or asked):
                    return Found(self.small(self.best)) if self.best else self.unknown("")
        reason = "neither excluded nor reached by a game in the time given"
        return self.unknown(f"{why}; {reason}" if why else f"a gap {asked} was {reason}")

    def games(self) -> Generator[Candidate, None, None]:
        """What the falsifier finds: among pure policies and halves, then with small errors too."""
        yield from self.few()
        start, whole = time.monotonic(), Frame(self.query.game_class)
        two = two_states.covers(self.said) and "pure" not in self.said.names
        left = self.deadline - start
        middle = start + (PLAIN_OF_TWO if two else PLAIN) * left
        end = start + ERRING_OF_TWO * left if two else self.deadline
        for frame, until in ((whole, middle), (replace(whole, errs=True), end)):
            left = max(until - time.monotonic(), 0.001)
            self.say("looking for games")
            work = partial(falsify, restarts=self.restarts)
            for item in stream(work, frame, players_of(self.query), seconds=left):
                if isinstance(item, Stopped):
                    break
                yield item
            self.done += 1

    @property
    def restarts(self) -> int | None:
        """How often the falsifier sets out in a round; without end where a time is given."""
        said = self.said
        if self.seconds is not None or "match-mu" not in said.names:
            return None
        return max(1, EFFORT // (said.players * said.states**2 * prod(said.actions)))

    def few(self) -> Iterator[Candidate]:
        """Games that fewer states make, where states are matched."""
        if "match-mu" not in self.said.names:
            return
        left = max(FEW * (self.deadline - time.monotonic()), 0.001)
        for item in stream(lifted, self.said, players_of(self.query), seconds=left):
            if isinstance(item, Stopped):
                return
            yield item

    def offer(self, made: Candidate, shows: Threshold | str | None) -> bool:
        """Keeps a game that passes the recheck; whether it shows what is asked."""
        said = self.query.game_class
        plain = Threshold(Fraction(0))
        found = witness(
            made.game, made.expert, made.learner, made.player, shows or plain, said.assumptions
        )
        gap = found.numbers["gap_of_player"]
        if shows is None:
            found = witness(
                made.game,
                made.expert,
                made.learner,
                made.player,
                Threshold(gap),
                said.assumptions,
            )
        checked = found.verify()
        if checked.valid:
            if shows is None and self.lower is not None and gap <= self.lower:
                return False
            self.best = found
            self.say("looking for more")
            return True
        self.failed |= dict.fromkeys(checked.reasons)
        return False

    def small(self, found: Witness) -> Witness:
        """The witness, simpler in the shape that was asked."""
        return simple(found, self.seconds)

    @property
    def lower(self) -> Fraction | None:
        if self.best is None:
            return None
        return (
            self.best.nash_gap if self.query.player is None else self.best.numbers["gap_of_player"]
        )

    @property
    def said(self) -> GameClass:
        return self.query.game_class

    @property
    def above(self) -> tuple[Fraction, Certificate | None]:
        """The least known upper bound, with its proof."""
        if self.proved is None and two_states.covers(self.said):
            self.bounded((self.deadline - time.monotonic()) / 2)
        return self.proved or self.quick

    @cached_property
    def quick(self) -> tuple[Fraction, Certificate | None]:
        """The bound that takes no search."""
        trivial = trivial_upper(self.said.discount)
        rows = bounds(self.said, self.query.player) or ()
        value = max((b.value for b in rows), default=trivial)
        if self.wide is not None and self.wide.value < value:
            value = self.wide.value
            return value, self.wide.rule_out(Threshold(value, strict=True))
        return value, rule_out(self.said, Threshold(value, strict=True), self.query.player)

    @cached_property
    def wide(self) -> Above | None:
        """What no policy may gain, whatever the expert is."""
        return above(self.said, self.query.player)

    def say(self, doing: str) -> None:
        self.progress(f"{self.standing}; {doing}")

    @property
    def standing(self) -> Standing:
        """How far it is; the bound is proved beside the rounds of looking for games."""
        return Standing(self.done, ROUNDS, self.lower, (self.proved or self.quick)[0], "rounds")

    def unknown(self, reason: str) -> Unknown:
        self.simplify()
        upper, proof = self.above
        return Unknown(reason, self.lower, upper, self.best, proof)

    def polish(self) -> None:
        """A simpler game may have a larger gap, and leave more to be tuned."""
        self.simplify()
        if self.best is not None and not self.meets():
            kept = self.best
            made = Candidate(kept.game, kept.expert, kept.learner, kept.player)
            self.offer(tuned(Frame(self.said), made), None)

    def simplify(self) -> None:
        """Makes the best game simple, once."""
        if self.best is not None and self.best is not self.simple:
            self.best = self.simple = self.small(self.best)

    def interrupted(self) -> Unknown:
        """What is known; nothing more is worked out."""
        upper, proof = self.proved or self.quick
        reason = f"interrupted: {self.standing}"
        return Unknown(reason, self.lower, upper, self.best, proof, interrupted=True)
