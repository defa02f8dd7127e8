"""Answers a query by the pair of decision processes: a game, a certificate, a bracket."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from nashgap.numeric.root import Root

from ..certificate import Certificate
from ..checkers import any_expert, pair
from ..finish import approached
from ..goal import Unsupported, threshold_of
from ..limit import Limit as Segment
from ..limit import attaining, nearer, reaching
from ..problem import Threshold
from ..prover import Tree
from ..query import Query
from ..standing import Standing
from ..supremum import trivial_upper
from ..verdict import Found, RuledOut, Unknown, Verdict
from ..witness import Witness
from ..worker import Stopped, stream
from . import solve
from .bound import Solution
from .cases import Case, cases
from .proof import certificate_of
from .rules import Rules, rules_of
from .shown import shown
from .solve import Better, Closed, Limit, Open

CLOSE = Fraction(1, 10**6)
"""How much of an irrational supremum a game may miss to be counted as close."""
SMALL = Fraction(1, 1000)
"""A margin that leaves the best kernels what they are."""
CLOSER = Fraction(1, 10**9)
"""The share of the way to its end at which a game stays that stands for a segment of games."""
EVIDENCE = (
    "a certificate, verified without any solver; that its rows hold for every game of the class "
    "rests on an argument by hand, written out in {}"
)


def rules_for(query: Query) -> Rules | None:
    """The rules by which this package answers better than the general encodings, or None."""
    rules, names = rules_of(query.game_class), query.game_class.names
    if isinstance(rules, str):
        return None
    if query.match != "rho" and (rules.is_nash or query.claim is not None):
        return None
    return rules if not rules.is_plain or "symmetric" in names else None


def answer(
    query: Query,
    rules: Rules,
    sup: bool,
    seconds: float | None,
    progress: Callable[[str], None],
) -> Verdict:
    """The supremum of a class, or a game that reaches a gap, or a certificate that none does.

    Args:
        query: the class and the gap or claim.
        rules: those of the class.
        sup: ask for the supremum.
        seconds: stop after about this long, or None.
        progress: told what is being done.
    """
    run = _Run(query, rules, seconds, progress)
    try:
        if sup:
            return run.supremum()
        if query.threshold is not None:
            return run.reach(query.threshold, query.threshold)
        claim = str(query.claim)
        asked = threshold_of(claim, query.players, query.game_class.discount)
        if isinstance(asked, Unsupported):
            return Unknown(asked.reason)
        return run.reach(asked, claim)
    except KeyboardInterrupt:
        return run.interrupted()


@dataclass
class _Run:
    query: Query
    rules: Rules
    seconds: float | None
    progress: Callable[[str], None]
    best: Witness | None = None
    near: Segment | None = None
    trees: dict[int, Tree] = field(default_factory=dict)
    asked: dict[int, Threshold] = field(default_factory=dict)
    failed: str | None = None
    proof: Certificate | None = None
    limit: Limit | None = None
    goal: Threshold | None = None

    def __post_init__(self) -> None:
        self.cases = cases(self.query.game_class, self.rules, self.query.player)
        self.deadline = None if self.seconds is None else time.monotonic() + self.seconds

    @property
    def excluded(self) -> Threshold:
        """What all trees exclude together."""
        return max(self.asked.values(), key=lambda asked: (asked.value, asked.strict))

    def supremum(self) -> Verdict:
        stopped = self.follow(stream(solve.climb, self.cases, seconds=self.left()), None)
        if len(self.trees) < len(self.cases):
            return self.unknown(stopped or "not every case was closed")
        fault = self.prove(self.excluded)
        if fault is not None:
            return self.unknown(fault)
        assert self.proof is not None
        top = self.excluded.value
        if self.is_short(top) and (leads := self.leading()):
            self.find(stream(solve.rough, leads, seconds=self.left()), leads)
        if self.near is not None and self.near.value == top and (end := attaining(self.near)):
            self.keep(end, None)
        if self.best is not None and self.gap(self.best) == top:
            return RuledOut(self.proof, self.best, top, True, self.evidence)
        if self.near is not None and self.near.value == top:
            return approached(self.proof, self.near)
        reason = "the supremum lies between a game and a certificate"
        if self.limit is not None and self.limit.is_closed:
            self.come_closer()
            if self.best is not None and self.gap(self.best) > (1 - CLOSE) * top:
                return self.irrational(self.limit.root, self.best)
        if self.limit is not None and not self.limit.is_closed:
            reason += f"; {_word(self.limit)}"
        if self.failed is not None:
            reason = f"a solution is no game of the class: {self.failed}"
        return self.unknown(reason)

    def is_short(self, top: Fraction) -> bool:
        """Whether nothing that was found comes to the value or to a root just below it."""
        found = [] if self.best is None else [self.gap(self.best)]
        found += [] if self.near is None else [self.near.value]
        return max(found, default=Fraction(-1)) < (1 - CLOSE) * top

    def leading(self) -> tuple[Case, ...]:
        """Cases in which the expert's actions have a small margin, where the expert is strict.

        The best game of the class with its boundary may have no strict ones beside it.
        """
        if "strict-nash" not in self.query.game_class.names or self.rules.margin is not None:
            return ()
        rival = "zero-sum" in self.query.game_class.names
        rules = replace(self.rules, margin=SMALL, rival=rival)
        return cases(self.query.game_class, rules, self.query.player)

    def find(self, events: Iterator[object], among: tuple[Case, ...]) -> None:
        """Keeps the games that come in, and nothing that is said of other ones."""
        for event in events:
            if isinstance(event, Better):
                self.offer(among[event.case], event.solution, None)
                self.progress(str(self.standing))

    def reach(self, asked: Threshold, shows: Threshold | str) -> Verdict:
        self.goal = asked
        stopped = self.follow(stream(solve.reach, self.cases, asked, seconds=self.left()), shows)
        if self.best is not None and asked.met_by(self.gap(self.best)):
            return Found(self.best)
        if len(self.trees) == len(self.cases):
            fault = self.prove(asked)
            if fault is None:
                assert self.proof is not None
                return RuledOut(self.proof, evidence=self.evidence)
            stopped = fault
        if self.failed is not None:
            stopped = f"a solution is no game of the class: {self.failed}"
        return self.unknown(stopped or "not every case was closed")

    def follow(self, events: Iterator[object], shows: Threshold | str | None) -> str | None:
        """Keeps what comes in; the reason why it stopped early, if it did."""
        stopped = None
        self.progress(str(self.standing))
        for event in events:
            match event:
                case Better(number, solution):
                    self.offer(self.cases[number], solution, shows)
                case Closed(number, tree, excluded):
                    self.trees[number] = tree
                    self.asked[number] = excluded
                case Limit():
                    self.limit = event
                case Open(_, reason) | Stopped(reason):
                    stopped = reason
            self.progress(str(self.standing))
        return stopped

    @property
    def standing(self) -> Standing:
        """How far it is; what trees exclude bounds the gap once every case has one."""
        best = None if self.best is None else self.gap(self.best)
        is_whole = len(self.trees) == len(self.cases)
        bound = self.excluded.value if is_whole else trivial_upper(self.query.game_class.discount)
        return Standing(len(self.trees), len(self.cases), best, bound)

    def interrupted(self) -> Unknown:
        """What is known when Ctrl-C comes; trees for all cases are a certificate."""
        if len(self.trees) == len(self.cases):
            self.prove(self.excluded)
        return self.unknown(f"interrupted: {self.standing}", interrupted=True)

    def offer(self, case: Case, solution: Solution, shows: Threshold | str | None) -> None:
        """Writes a solution as a game, and keeps it or those near it that pass the recheck."""
        match shown(self.query.game_class, case, solution):
            case Witness() as found:
                self.keep(found, shows)
            case Segment() as near:
                if self.near is None or near.value >= self.near.value:
                    self.near = near
                reached = None if self.goal is None else reaching(near, self.goal)
                self.keep(reached or near.inside, shows)
            case reason:
                self.failed = reason

    def keep(self, found: Witness, shows: Threshold | str | None) -> None:
        """Keeps a game that is at least as good as the best so far."""
        if self.best is None or self.gap(found) >= self.gap(self.best):
            self.best = replace(found, shows=shows) if shows is not None else found

    def come_closer(self) -> None:
        """A game as close to the limit of games as an irrational supremum asks."""
        if self.near is not None and (self.best is None or self.near.value > self.gap(self.best)):
            self.keep(nearer(self.near, CLOSER).inside, None)

    @property
    def evidence(self) -> str:
        """What a rule-out rests on."""
        return EVIDENCE.format((pair if self.rules.is_nash else any_expert).__name__)

    def prove(self, excluded: Threshold) -> str | None:
        """Puts the trees together; why the checker refuses them, if it does."""
        every = [(self.cases[number], tree) for number, tree in sorted(self.trees.items())]
        proof = certificate_of(self.query.game_class, self.query.player, excluded, every)
        checked = proof.verify()
        if not checked.valid:
            return f"the certificate was refused by its checker: {checked.reasons[0]}"
        self.proof = proof
        return None

    def gap(self, found: Witness) -> Fraction:
        return found.nash_gap if self.query.player is None else found.numbers["gap_of_player"]

    def left(self) -> float | None:
        return None if self.deadline is None else max(self.deadline - time.monotonic(), 0.001)

    def irrational(self, root: Root, best: Witness) -> Verdict:
        """Games come as close to the root as one likes; a certificate ends just above it."""
        width = (root.high - self.gap(best)) / root.high
        reason = (
            f"the supremum is irrational: {root}; games come as close to it as one likes, and it "
            f"is certified to within a share of {float(width):.1e} of it"
        )
        return replace(self.unknown(reason), root=root)

    def unknown(self, reason: str, *, interrupted: bool = False) -> Unknown:
        upper = trivial_upper(self.query.game_class.discount)
        if self.proof is not None:
            upper = Fraction(self.proof.raw["excludes"]["gap"])
        lower = None if self.best is None else self.gap(self.best)
        return Unknown(reason, lower, upper, self.best, self.proof, interrupted)


def _word(found: Limit) -> str:
    if found.root.is_rational:
        shown = f"a game has the gap {found.root.low}"
    else:
        shown = f"games come as close as one likes to {found.root}, which is irrational"
    match found.is_exceeded:
        case False:
            return f"{shown}, and z3 alone says that none exceeds it"
        case True:
            return f"{shown}, but z3 says that some exceed it"
        case _:
            return f"{shown}; whether any exceeds it is not known"
