"""The last words on a verdict: a simpler witness; where nothing was decided, the falsifier's games.

The falsifier only finds. A query that the encodings leave open gets from it a larger lower bound,
a game that reaches what is asked, or a game that breaks the claim; each one is rechecked.
"""

import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import prod
from typing import assert_never

from .candidate import Candidate
from .certificate import Certificate
from .falsifier import Frame, falsify
from .limit import Limit, limit_of, reaching
from .minimise import SECOND, WORK, minimise
from .players import players_of
from .problem import Threshold
from .query import Query
from .verdict import Found, RuledOut, Unknown, Verdict
from .witness import Witness, witness
from .worker import Stopped, stream

EFFORT = 1_600
"""Restarts of the falsifier times entries of a game, where no time is given."""
ONLY_A_GAME = 4
"""So many times as many where nothing is missing but the game that attains a certified bound."""
LONGEST = 60.0
"""Seconds after which it is left all the same: for shapes in which a single restart takes long."""
SHARE = 0.25
"""Making a witness simple is worth this share of the time that a query is given, at most."""
LEAST = 0.2
LIMIT = (
    "a certificate, verified without any solver, and a game of the class from which a segment of "
    "such games leads to one on its boundary, where the gap is the supremum"
)


def finished(
    query: Query,
    verdict: Verdict,
    seconds: float | None,
    deadline: float | None,
    progress: Callable[[str], None],
) -> Verdict:
    """The verdict with a simple witness, or what the falsifier adds to an open one.

    Args:
        query: the question.
        verdict: the answer so far.
        seconds: what the whole query was given, or None.
        deadline: when to stop, on the monotonic clock, or None.
        progress: told what is done.
    """
    left = None if deadline is None else deadline - time.monotonic()
    try:
        match verdict:
            case Found(found):
                return replace(verdict, witness=simple(found, seconds))
            case RuledOut(limit=Limit() as limit):
                inside = simple(limit.inside, seconds, partial(_shows, limit))
                return replace(verdict, witness=inside, limit=replace(limit, inside=inside))
            case RuledOut(_, found):
                small = None if found is None else simple(found, seconds)
                return replace(verdict, witness=small)
            case Unknown():
                quiet = verdict.interrupted or verdict.conflict or verdict.root is not None
                return verdict if quiet else _more(query, verdict, seconds, left, progress)
            case _:
                assert_never(verdict)
    except KeyboardInterrupt:
        return replace(verdict, interrupted=True) if isinstance(verdict, Unknown) else verdict


def _shows(limit: Limit, inside: Witness) -> bool:
    """Whether another game inside shows the same limit: it has the kernel of the end, say."""
    return not replace(limit, inside=inside).faults()


def _restarts(query: Query, verdict: Unknown) -> int:
    """How often the falsifier sets out where no time is given: less often for larger games."""
    said = query.game_class
    entries = said.players * said.states**2 * prod(said.actions)
    asks_for_the_supremum = query.threshold is None and query.claim is None
    lacks_a_game = asks_for_the_supremum and verdict.certificate is not None
    return max(1, (ONLY_A_GAME if lacks_a_game else 1) * EFFORT // entries)


def simple(
    found: Witness, seconds: float | None, keeps: Callable[[Witness], bool] = lambda _: True
) -> Witness:
    """The witness, simpler in its shape; how much work that may be depends on no clock.

    Args:
        found: the witness.
        seconds: what the whole query was given, or None.
        keeps: what else must stay true of it.
    """
    work = WORK if seconds is None else min(WORK, int(SHARE * seconds * SECOND))
    return minimise(found, work=work, keep_shape=True, keeps=keeps)


def _more(
    query: Query,
    verdict: Unknown,
    seconds: float | None,
    left: float | None,
    progress: Callable[[str], None],
) -> Verdict:
    """What better games change."""
    if (left is not None and left < LEAST) or (
        verdict.lower is not None and verdict.lower == verdict.upper
    ):
        return verdict
    progress("looking for better games by local search")
    frame, players = Frame(query.game_class), players_of(query)
    asked: Threshold | str | None = query.threshold or query.claim
    best = verdict
    restarts = _restarts(query, verdict) if left is None else None
    with closing(_games(frame, players, restarts, left)) as items:
        for item in items:
            found = _checked(query, item, asked or Threshold(Fraction(0)))
            if found is None and "strict-nash" in query.game_class.names:
                found = _beyond(query, item)
            if found is None:
                continue
            if asked is not None:
                return Found(simple(found, seconds))
            gap = found.numbers["gap_of_player"]
            if best.lower is None or gap > best.lower:
                exact = _checked(query, item, Threshold(gap))
                best = replace(best, lower=gap, witness=exact)
                progress(f"best gap so far {gap}")
            if best.lower is not None and best.lower == best.upper and best.certificate:
                return RuledOut(best.certificate, best.witness, best.lower, True)
            if "strict-nash" in query.game_class.names and best.certificate and best.witness:
                limit = limit_of(best.witness)
                if limit is not None and limit.value == best.upper:
                    return approached(best.certificate, limit)
    return best


def _beyond(query: Query, item: Candidate) -> Witness | None:
    """A game near a boundary that the class does not reach, if it meets the threshold asked."""
    inside = _checked(query, item, Threshold(Fraction(0)))
    limit = None if inside is None else limit_of(inside)
    return None if limit is None or not query.threshold else reaching(limit, query.threshold)


def approached(proof: Certificate, limit: Limit) -> RuledOut:
    """The supremum that games approach; not attained if the certificate excludes it, too."""
    attained = None if proof.raw["excludes"]["strict"] else False
    return RuledOut(proof, limit.inside, limit.value, attained, LIMIT, limit)


def _games(
    frame: Frame, players: tuple[int, ...], restarts: int | None, seconds: float | None
) -> Generator[Candidate, None, None]:
    work = partial(falsify, restarts=restarts)
    for item in stream(work, frame, players, seconds=LONGEST if seconds is None else seconds):
        if isinstance(item, Stopped):
            return
        yield item


def _checked(query: Query, made: Candidate, shows: Threshold | str) -> Witness | None:
    """The witness that a candidate makes, if the exact recheck accepts it."""
    found = witness(
        made.game, made.expert, made.learner, made.player, shows, query.game_class.assumptions
    )
    return found if found.verify().valid else None
