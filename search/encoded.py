"""Answers a query by encodings: a prover that excludes and a solver that finds.

A threshold is first given to the prover, over an encoding that covers the class: a tree for every
case is a certificate, and the checker verifies it. Otherwise a solver looks for a solution of an
exact encoding, from which a full game is written and rechecked from the definitions. For a
supremum the solver climbs, then the prover excludes more. Where prover and solver contradict each
other, the answer is `Unknown` and says so.
"""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial

from nashgap.theory.errors import BadInput

from . import supremum
from .backends import Backend, backends, first_available
from .candidate import candidate
from .certificate import Certificate, certificate
from .encodings import Case, Encoding, cases, encodings
from .goal import Unsupported, threshold_of
from .problem import Threshold
from .query import Query
from .standing import Standing
from .supremum import Proved, Reached, Step, Stuck
from .verdict import Found, RuledOut, Unknown, Verdict
from .witness import Witness, witness
from .worker import Stopped, stream


def answer(
    query: Query, sup: bool, deadline: float | None, progress: Callable[[str], None]
) -> Verdict:
    """The verdict on a query of deterministic or matched games.

    Args:
        query: the question.
        sup: whether the supremum is asked.
        deadline: when to stop, on the monotonic clock, or None.
        progress: told what is done.
    """
    run = _Run(query, deadline, progress)
    try:
        return run.top() if sup else run.reach()
    except KeyboardInterrupt:
        run.settle()
        return run.unknown(f"interrupted: {run.standing}", interrupted=True)


@dataclass
class _Run:
    """One search: the query, the time left, and what was found so far."""

    query: Query
    deadline: float | None
    progress: Callable[[str], None]
    best: Witness | None = None
    steps: list[Step] = field(default_factory=list)
    upper: Fraction | None = None
    upper_proof: Certificate | None = None
    failed: dict[str, None] = field(default_factory=dict)
    conflict: bool = False
    done: int = 0

    # -- the two questions

    def reach(self) -> Verdict:
        asked, shows = self.query.threshold, None
        if asked is None:
            claim = str(self.query.claim)
            found = threshold_of(claim, self.query.players, self.cases[0][1].discount)
            if isinstance(found, Unsupported):
                return Unknown(found.reason)
            asked, shows = found, claim
        reached: list[str] = []
        stopped = None
        for encoding in self.covering:
            outcome = self.exclude(encoding, asked)
            if isinstance(outcome, Certificate):
                return RuledOut(outcome)
            if isinstance(outcome, Reached):
                reached.append(encoding.name)
                if encoding.exact:
                    break
            else:
                stopped = outcome
        with closing(self.climb(self.builders, asked)) as steps:
            for item in steps:
                if not isinstance(item, Step):
                    stopped = item.reason
                elif self.offer(item, shows or asked):
                    return Found(self.proven)
        return self.unknown(self.why_no_game(asked, reached, stopped), shows_gap=False)

    def top(self) -> Verdict:
        value, stopped = None, None
        with closing(self.climb(self.builders, None)) as steps:
            for item in steps:
                if not isinstance(item, Step):
                    stopped = item.reason
                    continue
                value = item.optimum.value
                self.steps.append(item)
                # A proof that there is no more makes it needless that the solver finds so, too.
                outcome = self.exclude(self.covering[0], Threshold(value, strict=True))
                if isinstance(outcome, Certificate):
                    return self.closed(value, outcome)
        self.settle()
        if value is None:
            return self.unknown(stopped or "no solution of any encoding was found")
        for encoding in self.covering:
            outcome = self.exclude(encoding, Threshold(value, strict=True))
            if isinstance(outcome, Certificate):
                return self.closed(value, outcome)
            if isinstance(outcome, Reached) and self.complete(encoding) and not stopped:
                solver, self.conflict = self.backend.name, True
                return self.unknown(
                    f"{solver} and the prover disagree: {solver} finds nothing above {value}, the "
                    f"prover says {outcome.optimum.value} is reached"
                )
            stopped = outcome if isinstance(outcome, str) else stopped
        if stopped is None:
            self.bound_above()
            stopped = f"no game above {value} was found, and none was excluded"
        return self.unknown(stopped)

    def closed(self, value: Fraction, proof: Certificate) -> Verdict:
        """The supremum is excluded from above; it is one if a game attains it."""
        self.upper, self.upper_proof = value, proof
        self.settle()
        best = self.best
        if best is not None and self.gap(best) == value:
            return RuledOut(proof, best, value, True)
        if value and self.cases[0][1].is_strict:  # perhaps it is not attained
            outcome = self.exclude(self.covering[0], Threshold(value))
            self.upper_proof = outcome if isinstance(outcome, Certificate) else proof
        return self.unknown(self.why_not_these() or f"no game that attains {value} was found")

    def settle(self) -> None:
        """Makes a game of the best solution that is one; the steps are then used up."""
        while self.steps:
            step = self.steps.pop()
            if self.offer(step, Threshold(step.optimum.value)):
                self.steps.clear()

    def bound_above(self) -> None:
        """The supremum of the last covering encoding: an upper bound, if the prover confirms it."""
        encoding = self.covering[-1]
        with closing(self.climb([encoding], None)) as steps:
            for item in steps:
                if isinstance(item, Step):
                    value = item.optimum.value
                    outcome = self.exclude(encoding, Threshold(value, strict=True))
                    if isinstance(outcome, Certificate):
                        self.upper, self.upper_proof = value, outcome
                        return

    # -- what the class consists of

    @property
    def cases(self) -> tuple[tuple[tuple[int, ...], Case], ...]:
        said = self.query.game_class
        return cases(
            said.actions,
            said.states,
            said.discount,
            is_nash=said.is_nash,
            is_strict="strict-nash" in said.names,
            full_support="full-support" in said.names,
            visited=said.visited,
            player=self.query.player,
        )

    @property
    def covering(self) -> list[Encoding]:
        """The encodings whose rule-outs hold for the class, the most detailed first."""
        names = self.query.game_class.names
        return sorted(
            (e for e in encodings().values() if e.covers(names)), key=lambda e: -len(e.needs)
        )

    @property
    def builders(self) -> list[Encoding]:
        """The encodings whose solutions are games; whether of the class, the recheck says."""
        return [e for e in encodings().values() if e.exact]

    def complete(self, encoding: Encoding) -> bool:
        """Whether a solver looks at all that the prover's rows of this encoding allow."""
        return encoding.exact and self.query.game_class.visited is None

    @property
    def backend(self) -> Backend:
        found = first_available()
        if found is None:
            reasons = "; ".join(f"{b.name}: {b.missing()}" for b in backends().values())
            raise BadInput("solvers", f"none is available ({reasons})", "one of them")
        return found

    def parts(self, encoding: Encoding, *, is_path: bool = False) -> list[supremum.Part]:
        chosen = [replace(case, is_path=is_path) for _, case in self.cases]
        return [(k, partial(encoding.build, case)) for k, case in enumerate(chosen)]

    # -- work in processes

    def exclude(self, encoding: Encoding, asked: Threshold) -> Certificate | Reached | str:
        """A certificate that no case meets the threshold, or where one does, or why neither."""
        trees = []
        self.done = 0
        self.say(f"ruling out a gap {asked}")
        every = self.cases
        for item in stream(supremum.exclude, self.parts(encoding), asked, seconds=self.left()):
            match item:
                case Proved(part, tree):
                    players, case = every[part]
                    trees.append((players, case.visited, tree))
                    self.done = len(trees)
                    self.say(f"ruling out a gap {asked}")
                case Reached():
                    return item
                case Stuck(_, reason) | Stopped(reason):
                    return reason
        said = self.query.game_class
        proof = certificate(said, asked, encoding.name, trees, self.query.player)
        checked = proof.verify()
        if checked.valid:
            return proof
        return f"the prover's certificate was refused by the checker: {checked.reasons[0]}"

    def climb(
        self, chosen: Sequence[Encoding], above: Threshold | None
    ) -> Generator[Step | Stuck | Stopped, None, None]:
        self.say("looking for a game")
        self.backend.version()  # imports the solver here, so that not every worker has to
        for encoding in chosen:
            parts = self.parts(encoding, is_path=self.query.game_class.visited is not None)
            for item in stream(supremum.climb, parts, self.backend, above, seconds=self.left()):
                if isinstance(item, Step):
                    above = Threshold(item.optimum.value, strict=True)
                    self.say(f"found {item.optimum.value}, looking for more")
                yield item

    def say(self, doing: str) -> None:
        self.progress(f"{self.standing}; {doing}")

    @property
    def standing(self) -> Standing:
        """How far it is; a solution that is not yet rechecked counts as the best gap."""
        found = [step.optimum.value for step in self.steps[-1:]]
        found += [] if self.best is None else [self.gap(self.best)]
        return Standing(self.done, len(self.cases), max(found, default=None), self.most)

    @property
    def most(self) -> Fraction:
        """What is known that no gap exceeds."""
        if self.upper is not None:
            return self.upper
        return supremum.trivial_upper(self.query.game_class.discount)

    def left(self) -> float | None:
        return None if self.deadline is None else max(self.deadline - time.monotonic(), 0.001)

    # -- games

    def offer(self, step: Step, shows: Threshold | str) -> bool:
        """Writes a solution as games and keeps one that passes the exact recheck."""
        players, case = self.cases[step.part]
        said = self.query.game_class
        for player in players:
            made = candidate(said, case, player, step.picks, step.optimum.point)
            found = witness(made.game, made.expert, made.learner, player, shows, said.assumptions)
            checked = found.verify()
            if checked.valid:
                if self.best is None or self.gap(found) >= self.gap(self.best):
                    self.best = found
                return True
            self.failed |= dict.fromkeys(checked.reasons)
        return False

    def gap(self, found: Witness) -> Fraction:
        return found.nash_gap if self.query.player is None else found.numbers["gap_of_player"]

    @property
    def proven(self) -> Witness:
        assert self.best is not None
        return self.best

    # -- what to say when nothing is decided

    def why_no_game(self, asked: Threshold, reached: list[str], stopped: str | None) -> str:
        if stopped is not None:
            return stopped
        if self.failed:
            return self.why_not_these() or ""
        exact = {e.name for e in self.builders if self.complete(e)}
        if exact & set(reached):
            self.conflict = True
            return (
                f"{self.backend.name} and the prover disagree: the prover says that a gap {asked} "
                f"is reached, {self.backend.name} that it is not"
            )
        return f"a gap {asked} was neither excluded nor reached by a deterministic game"

    def why_not_these(self) -> str | None:
        """Why the games that were built are none of the class."""
        if not self.failed:
            return None
        return (
            f"no encoding builds games of this class; one that came up: {next(iter(self.failed))}"
        )

    def unknown(self, reason: str, *, interrupted: bool = False, shows_gap: bool = True) -> Unknown:
        upper = self.most if shows_gap else self.upper
        lower = None if self.best is None else self.gap(self.best)
        return Unknown(
            reason, lower, upper, self.best, self.upper_proof, interrupted, self.conflict
        )
