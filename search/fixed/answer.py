"""Answers queries in which parts of the game are given.

With kernel, start and pure policies in question the supremum is found twice: by enumeration with
one exact linear program each, whose dual solutions are a certificate, and by a solver over guarded
rows, which must agree. With less given, the falsifier looks for games that
have the parts, and the class without them bounds them from above.
"""

import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from ..candidate import Candidate
from ..certificate import Certificate
from ..falsifier import Frame, falsify
from ..finish import simple
from ..goal import Unsupported, constants, threshold_of
from ..parts import Parts
from ..problem import Threshold
from ..query import GameClass, Query
from ..rewards.rows import TooManyError
from ..rewards.scene import ZERO
from ..standing import Standing
from ..standing import known as known_bounds
from ..supremum import trivial_upper
from ..verdict import Found, RuledOut, Unknown, Verdict
from ..witness import Witness, witness
from ..worker import Stopped, stream
from .certificate import certificate
from .enumerate import COVERED, INEXACT, Enumerated, enumeration
from .opinion import second_opinion
from .wider import Wider

PATIENCE = 30.0
"""Seconds where no time is given."""
LEAST = Fraction(1, 1000)
"""How much worse deviations from a strict equilibrium are in the games that are built."""
ASIDE = 5.0
"""Seconds for the class without the parts, where an enumeration has answered."""
_VERIFIED = "verified without any solver"
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
    run = _Run(query, query.fix, seconds, progress, search)
    try:
        return run.verdict(sup)
    except KeyboardInterrupt:
        return run.unknown(f"interrupted: {run.standing}", interrupted=True)


@dataclass
class _Run:
    query: Query
    parts: Parts
    seconds: float | None
    progress: Callable[[str], None]
    search: Search
    best: Witness | None = None
    upper: Fraction | None = None
    proof: Certificate | None = None
    stands: Standing | None = None
    stopped: str = ""

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + (self.seconds or PATIENCE)

    @property
    def players(self) -> tuple[int, ...]:
        """Whose gap counts; players differ by what is given."""
        if self.query.player is not None:
            return (self.query.player,)
        return tuple(range(self.query.players))

    @property
    def left(self) -> float:
        return max(self.deadline - time.monotonic(), 0.1)

    def say(self, doing: str) -> None:
        self.progress(f"{self.standing}; {doing}")

    @property
    def standing(self) -> str:
        """How far the enumeration was, the best game, and what nothing exceeds."""
        if self.upper is None and self.stands is not None:
            return str(replace(self.stands, best=self.lower))
        return known_bounds(self.lower, self.most)

    @property
    def most(self) -> Fraction:
        """What is known that no gap exceeds."""
        if self.upper is not None:
            return self.upper
        return trivial_upper(self.query.game_class.discount)

    def verdict(self, sup: bool) -> Verdict:
        said = self.query.game_class
        asked, known = None if sup else self.asked(), None
        if self.parts.knows_dynamics(said.states, said.actions):
            known = self.decided(asked)
            if isinstance(known, (Found, RuledOut)) or (known is not None and known.conflict):
                return known
        seconds = self.left / 2 if known is None else min(self.left / 2, ASIDE)
        without = self.wider(sup, seconds)
        if without is not None and (without.status == "ruled_out" or known is None):
            return without
        if known is not None and (asked is None or self.threshold(asked) is not None):
            return known
        with closing(self.games()) as found:
            for made in found:
                met = self.offer(made, asked)
                if asked is not None and met and self.best is not None:
                    return Found(self.small(self.best))
                if asked is None and (closed := self.closed()) is not None:
                    return closed
        if known is not None:
            return known
        if asked is None and self.proof is not None:
            why = "the upper bound is that of the class without the given parts"
            return self.unknown(f"{why}{self.stopped}")
        return self.unknown(
            f"no game with the given parts decides it in the time given{self.stopped}"
        )

    def wider(self, sup: bool, seconds: float) -> Verdict | None:
        """What the class without the parts says of this one: it bounds it from above."""
        self.say("asking about the class without the given parts")
        wide = Wider(self.query, self.parts)
        without = self.search(wide.question, sup=sup, seconds=seconds)
        match without:
            case RuledOut() if not sup:
                return RuledOut(without.certificate, evidence=f"{wide.evidence}, {_VERIFIED}")
            case RuledOut():
                self.upper, self.proof = without.supremum, without.certificate
            case Unknown() if without.interrupted:
                return self.unknown("interrupted", interrupted=True)
            case Unknown() if without.certificate is not None:
                self.upper, self.proof = without.upper, without.certificate
        return self.closed() if sup else None

    def closed(self) -> RuledOut | None:
        """The supremum, where a game with the parts reaches the wider class's."""
        if self.proof is None or self.best is None or self.lower != self.upper:
            return None
        evidence = f"{Wider(self.query, self.parts).evidence}, and a game that has them"
        return RuledOut(self.proof, self.small(self.best), self.upper, True, evidence)

    def decided(self, asked: Threshold | str | None) -> Found | RuledOut | Unknown | None:
        """By enumeration of the pure policies, if that is within reach; confirmed by a solver."""
        said = self.query.game_class
        self.say("enumerating pure policies")
        found = self.enumerated(LEAST, asked, needed=False)
        if isinstance(found, str):
            self.stopped = f"; enumeration: {found}"
            return None
        if isinstance(found, Found):
            return found
        pure = "pure" in said.names or self.parts.policies_known(said.states, said.players)
        if not pure or not said.names <= COVERED:
            return None
        upper = self.enumerated(ZERO, asked, needed=True) if said.names & INEXACT else found
        if isinstance(upper, str):
            self.stopped = f"; enumeration: {upper}"
            return None
        if isinstance(upper, Found):
            return upper
        if upper is None:
            return self.unknown("no pure expert and learner are of the class, by enumeration")
        # The solver knows pure opponents only.
        if upper.cuts:
            also, agrees = f", {upper.cuts} mixed opponents cut in", True
        else:
            also, agrees = second_opinion(
                said, self.parts, self.players, upper.value, left=lambda: self.left, say=self.say
            )
        ways = (
            f"by enumeration of {upper.pairs} pairs of pure policies with {upper.programs} exact "
            f"linear programs{also}"
        )
        if not agrees:
            return replace(self.unknown(f"enumeration and solver disagree: {ways}"), conflict=True)
        return self.certified(upper, asked, ways)

    def certified(
        self, found: Enumerated, asked: Threshold | str | None, ways: str
    ) -> RuledOut | Unknown:
        """The verdict on an enumeration: what it excludes has a certificate."""
        is_sup, asked = asked is None, self.threshold(asked)
        is_out = asked is not None and not asked.met_by(found.value)
        excludes = asked if asked is not None and is_out else Threshold(found.value, strict=True)
        said = self.query.game_class
        proof = certificate(said, self.parts, excludes, self.query.player, found)
        checked = proof.verify()
        if not checked.valid:
            reason = f"its certificate was refused by the checker: {checked.reasons[0]}"
            return self.unknown(f"the gap is at most {found.value}, {ways}; {reason}")
        self.upper, self.proof = found.value, proof
        evidence = f"a certificate, {_VERIFIED}; found {ways}"
        if is_out:
            return RuledOut(proof, evidence=evidence)
        if is_sup and self.best is not None and self.lower == found.value:
            return RuledOut(proof, self.small(self.best), found.value, True, evidence)
        head = "the supremum for the given parts is" if self.lower == found.value else "at most"
        return self.unknown(f"{head} {found.value}, {ways}")

    def threshold(self, asked: Threshold | str | None) -> Threshold | None:
        """A claim's threshold, if it has one."""
        if not isinstance(asked, str):
            return asked
        said = self.query.game_class
        found = threshold_of(asked, said.players, said.discount, constants(said.names))
        return None if isinstance(found, Unsupported) else found

    def enumerated(
        self, least: Fraction, asked: Threshold | str | None, *, needed: bool
    ) -> Enumerated | Found | str | None:
        """The best pair of pure policies; None if there is none, a word if it is out of reach."""
        said, found = self.query.game_class, None
        work = partial(_enumerated, least=least, needed=needed)
        for item in stream(work, said, self.parts, self.players, seconds=self.left):
            match item:
                case Stopped(reason):
                    return reason
                case Standing():
                    is_bound = needed or not said.names & INEXACT
                    most = item.bound if is_bound else trivial_upper(said.discount)
                    self.stands = replace(item, best=self.lower, bound=most)
                    self.progress(f"{self.stands}; enumerating pure policies")
                case Candidate():
                    if self.offer(item, asked) and asked is not None and self.best is not None:
                        return Found(self.small(self.best))
                case Enumerated():
                    found = item
        return found

    def games(self) -> Generator[Candidate, None, None]:
        frame = Frame(self.query.game_class, self.parts)
        for item in stream(falsify, frame, self.players, seconds=self.left):
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
            self.say("looking for more")
        return False

    def small(self, found: Witness) -> Witness:
        """The witness, simpler in what is not given."""
        return simple(found, self.seconds, self.parts.are_in)

    @property
    def lower(self) -> Fraction | None:
        return None if self.best is None else self.best.numbers["gap_of_player"]

    def unknown(self, reason: str, *, interrupted: bool = False) -> Unknown:
        if not interrupted and self.best is not None:
            self.best = self.small(self.best)  # its gap may be larger
        return Unknown(reason, self.lower, self.most, self.best, self.proof, interrupted)


def _enumerated(
    said: GameClass, parts: Parts, players: tuple[int, ...], *, least: Fraction, needed: bool
) -> Generator[Standing | Candidate | Enumerated | Stopped, None, None]:
    mixed = needed and "dominant" in said.names
    try:
        yield from enumeration(said, parts, players, least=least, needed=needed, mixed=mixed)
    except TooManyError:
        yield Stopped("there are too many pure policies")
