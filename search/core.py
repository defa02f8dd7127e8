r"""Which of the assumptions rule a gap out: minimal sets of them, each solved anew.

Everything that a rule-out may rest on is an assumption that can be dropped: what the user names,
the matching, and that rewards lie in \([-1,1]\). Matching is dropped by allowing any error
(`match-bc=2`, which every learner meets). Rewards without bounds are games times a factor: then a
positive gap is excluded exactly where no game at all has one (a margin, which shrinks with the
factor, is dropped with the bounds).

A set is a core if the class of its assumptions alone is ruled out, by a certificate of its own that
its checker accepts, and for each member the class without it either has a game, or is undecided;
which of the two is said. Dropping from a smaller set leaves a larger class, so a game found once
serves every subset.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from nashgap.numeric.numbers import text

from .goal import Unsupported, threshold_of
from .problem import Threshold
from .query import Query
from .trace import REWARDS, fault_of, rests_on_rewards, trace, weakened
from .verdict import Found, RuledOut, Unknown, Verdict

if TYPE_CHECKING:
    from .certificate import Certificate
    from .witness import Witness

PATIENCE = 60.0
"""Seconds for all cores together, where no time is given."""
EACH = 6.0
"""Seconds for one set of assumptions at most."""
MOST = 6
"""Cores that are looked for."""
ANYTHING = Fraction(2)
"""The largest behavioural-cloning error there is."""

Search = Callable[..., Verdict]


@dataclass(frozen=True)
class Dropped:
    """What becomes of a core without one of its assumptions.

    Attributes:
        assumption: which. status: "found", or "undecided" where that is not known.
        reason: in words. witness: the game, if one was found.
    """

    assumption: str
    status: str
    reason: str
    witness: "Witness | None" = None

    def json(self) -> dict[str, Any]:
        """As it stands in the command's `--json`."""
        return {
            "assumption": self.assumption,
            "status": self.status,
            "reason": self.reason,
            "witness": None if self.witness is None else self.witness.json(),
        }


@dataclass(frozen=True)
class Core:
    """A set of assumptions that rules the gap out, and what each of them is needed for.

    Attributes:
        assumptions: the set; `REWARDS` stands for the bounds on rewards.
        certificate: the proof for the class of these assumptions alone.
        without: for each of them, the class without it.
        rests_on: which of the assumptions rows of the proof come from, and what fails without.
    """

    assumptions: tuple[str, ...]
    certificate: "Certificate"
    without: tuple[Dropped, ...]
    rests_on: Mapping[str, str]

    @property
    def is_minimal(self) -> bool:
        """Whether a game shows of every assumption that it is needed."""
        return all(dropped.status == "found" for dropped in self.without)

    def json(self) -> dict[str, Any]:
        """As it stands in the command's `--json`."""
        return {
            "assumptions": list(self.assumptions),
            "minimal": self.is_minimal,
            "without": [dropped.json() for dropped in self.without],
            "rests_on": dict(self.rests_on),
            "certificate": self.certificate.json(),
        }


def cores(
    query: Query,
    verdict: RuledOut,
    search: Search,
    *,
    seconds: float | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Core, ...]:
    """The cores of a rule-out, as many as are found in the time given; the first has no mate.

    Args:
        query: what was asked.
        verdict: the answer.
        search: answers a query.
        seconds: about how long, or None.
        progress: told what is done.

    Example:
        >>> from .engine import search
        >>> asked = Query(assume="nash,zero-sum", gamma="1/2", gap_at_least=5)
        >>> [core.assumptions for core in cores(asked, search(asked), search)]
        [('rewards in [-1, 1]',)]
    """
    if verdict.supremum is not None:
        query = replace(query, gap_at_least=verdict.supremum, strict=True, claim=None)
    elif query.threshold is None and query.claim is None:  # no game at all: none of gap 0 or more
        query = replace(query, gap_at_least=0)
    run = _Run(query, search, time.monotonic() + (seconds or PATIENCE), progress)
    whole = (*(a.text for a in query.game_class.assumptions), REWARDS)
    run.known[frozenset(whole)] = verdict
    return tuple(run.all(whole))


def explained(
    query: Query,
    verdict: Verdict,
    search: Search,
    *,
    seconds: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Verdict:
    """The verdict, with its cores if it is a rule-out; arguments as of `cores`."""
    if not isinstance(verdict, RuledOut):
        return verdict
    tell = progress or (lambda _: None)
    return replace(verdict, cores=cores(query, verdict, search, seconds=seconds, progress=tell))


@dataclass
class _Run:
    query: Query
    search: Search
    deadline: float
    progress: Callable[[str], None]
    known: dict[frozenset[str], Verdict] = field(default_factory=dict)

    def all(self, whole: Sequence[str]) -> list[Core]:
        """Cores that differ: each further one does without some member of each before it."""
        found: list[Core] = []
        tried, todo = set[frozenset[str]](), [frozenset[str]()]
        while todo and len(found) < MOST and not (found and self.is_late):
            gone = todo.pop(0)
            if gone in tried:
                continue
            tried.add(gone)
            rest = [a for a in whole if a not in gone]
            core = next((c for c in found if not gone & set(c.assumptions)), None)
            if core is None and isinstance(self.ask(rest), RuledOut):
                core = self.shrunk(rest)
                found.append(core)
            if core is not None:
                todo += [gone | {a} for a in core.assumptions]
        return found

    @property
    def is_late(self) -> bool:
        return time.monotonic() > self.deadline

    def shrunk(self, names: Sequence[str]) -> Core:
        """Drops one after the other what is not needed: last what rule-outs rest on most."""
        kept = list(names)
        for name in sorted(names, key=_depth):
            rest = [a for a in kept if a != name]
            if isinstance(self.ask(rest), RuledOut):
                kept = rest
        without = tuple(self.dropped(kept, name) for name in kept)
        proof = self.resolved(kept).certificate
        return Core(tuple(kept), proof, without, trace(proof))

    def resolved(self, names: Sequence[str]) -> RuledOut:
        """The rule-out of a core, solved from nothing once more; else the proof that is there."""
        verdict, known = self.solved(names), self.ask(names)
        assert isinstance(known, RuledOut)
        return verdict if isinstance(verdict, RuledOut) else known

    def dropped(self, kept: Sequence[str], name: str) -> Dropped:
        """The verdict on the class without one assumption, in words."""
        rest = [a for a in kept if a != name]
        match self.ask(rest):
            case Found(witness):
                gap = text(witness.numbers["gap_of_player"])
                more = "" if REWARDS in rest else "; its rewards times a factor reach any gap"
                return Dropped(name, "found", f"a game has the gap {gap}{more}", witness)
            case Unknown(reason):
                return Dropped(name, "undecided", reason)
            case _:
                return Dropped(name, "undecided", "ruled out in a set, undecided in another")

    def ask(self, names: Sequence[str]) -> Verdict:
        """The verdict on the class of some assumptions; from a known one where that suffices."""
        asked = frozenset(names)
        if asked not in self.known:
            self.known[asked] = self.carried(asked) or self.solved(names)
        return self.known[asked]

    def carried(self, asked: frozenset[str]) -> Verdict | None:
        """A known game of a smaller class, or a proof that its checker takes for the larger."""
        for other, verdict in self.known.items():
            same_goal = (REWARDS in asked) == (REWARDS in other)
            if isinstance(verdict, Found) and asked <= other and same_goal:
                return verdict
            if isinstance(verdict, RuledOut) and asked <= other:
                proof = weakened(verdict.certificate, [a for a in _named(verdict) if a in asked])
                unbounded = REWARDS in other and REWARDS not in asked
                if fault_of(proof) is None and not (unbounded and rests_on_rewards(proof)):
                    return RuledOut(proof)
        return None

    def solved(self, names: Sequence[str]) -> Verdict:
        """The verdict on the class of some assumptions, by a search of its own."""
        self.progress(f"core: assuming {', '.join(names) or 'nothing'}")
        bounded, names = REWARDS in names, [a for a in names if a != REWARDS]
        left = self.deadline - time.monotonic()
        if left <= 0:
            return Unknown("the time given is used up")
        match = next((a for a in names if a.startswith("match-")), "")
        query = replace(
            self.query,
            match="bc" if match.startswith("match-bc") or not match else match[6:],
            eps=match.partition("=")[2] or None if match else ANYTHING,
            assume=[a for a in names if a != match],
        )
        seconds = min(EACH, left)
        return self.search(query, seconds=seconds) if bounded else self.unbounded(query, seconds)

    def unbounded(self, query: Query, seconds: float) -> Verdict:
        """The verdict where rewards may be as large as one likes."""
        asked = query.threshold
        if query.claim is not None:
            read = threshold_of(query.claim, query.players, query.game_class.discount)
            asked = None if isinstance(read, Unsupported) or query.match != "rho" else read
        if asked is None or asked.value < 0 or query.fix is not None:
            return Unknown("whether bounds on rewards are needed was not asked")
        some = replace(query, claim=None, gap_at_least=Fraction(0), strict=asked != _NOTHING)
        own = f"match-{query.match}"
        names = [a.text for a in query.game_class.assumptions if a.name != own]
        free = [a for a in names if not a.startswith("margin")]
        none = self.search(replace(some, assume=free), seconds=seconds)
        if isinstance(none, RuledOut) or free == names:
            return none
        found = self.search(replace(some, assume=names), seconds=seconds)
        # A game keeps its margin when its rewards grow; that there is none may rest on bounds.
        return found if isinstance(found, Found) else Unknown("a margin and rewards without bounds")


_NOTHING = Threshold(Fraction(0))


def _named(verdict: RuledOut) -> list[str]:
    return [str(a) for a in verdict.certificate.raw["class"]["assumptions"]]


def _depth(name: str) -> int:
    """Bounds and matching are dropped last, expert concepts before them."""
    if name == REWARDS:
        return 3
    if name.startswith("match-"):
        return 2
    concepts = {"nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal"}
    return int(name in concepts)
