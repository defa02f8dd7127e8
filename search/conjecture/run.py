r"""Proves a conjecture, or refutes it, or rules its failure out, or says what was tried.

1. The catalogue: the claim as a non-negative combination of bounds that apply.
2. The named families of games, one of which might break it.
3. Derive: the claim as a non-negative combination of one-step inequalities, facts and lemmas.
4. More games that might break it: the search engine's, those of an adversarial search for large
   gaps at small errors, and random ones from which a climb goes on. Each is exact and rechecked
   from the definitions; one that breaks the claim is made simpler.
5. The search engine's certificate, where the class is one that it decides.
6. Else what was tried.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nashgap.numeric.games import Instance
from nashgap.numeric.plain import counted
from nashgap.search.certificate import Certificate
from nashgap.search.minimise import SECOND, minimise
from nashgap.search.store import Store
from nashgap.search.witness import Witness
from nashgap.theory.errors import BadInput

from .attack import Attack, Broken, Progress
from .drawn import reading
from .proof import Proof, by_steps, prove
from .result import Conjecture, Dropped
from .setting import Setting, setting
from .trial import refutation

_FEWEST, _CHECKED = 30, 60
"""Games that support a claim, and points of the families on which a proved one is tried, too."""
_DROP_SECONDS = 10.0
_SIMPLER, _SHARE = 4 * SECOND, 0.25
"""What is looked at to make a game simple, and the most of it, as a share of the time given."""


def conjecture(
    claim: str,
    assume: str | Sequence[str] = "nash",
    *,
    players: int | None = None,
    states: int | None = None,
    actions: int | Sequence[int] | None = None,
    gamma: object = None,
    seconds: float | None = None,
    seed: int = 0,
    drop: bool = True,
    simple: bool = True,
    progress: Progress | None = None,
    store: str | Path | None = None,
) -> Conjecture:
    r"""What becomes of an inequality about imitation in Markov games.

    Args:
        claim: in the claim language, for example "NashGap <= eps_BC/(1-gamma)**2".
        assume: what is assumed, as "dominant" or "nash,match-rho".
        players: n; restricts the claim where it is given, as do the next three.
        states: S.
        actions: one count for every player, or one each.
        gamma: the discount, exact, in [0, 1).
        seconds: stop after about this long; by default after a fixed amount of search.
        seed: of the random games.
        drop: whether a proved claim is tried again without each of its assumptions.
        simple: whether a game that refutes is made simpler.
        progress: told in a few words what is being done.
        store: a file that keeps what the search engine finds; see `nashgap.search.stored`.

    Raises:
        BadInput: a claim, an assumption, a shape, a time or a store that cannot be read.

    Example:
        >>> found = conjecture("NashGap <= n*eps_BC/(1-gamma)**2", "dominant")
        >>> found.status, [(d.assumption, d.status) for d in found.dropped]
        ('proved', [('dominant', 'refuted')])
        >>> found = conjecture("NashGap <= eps_BC/(1-gamma)**2", "dominant", gamma="1/2")
        >>> found.status, found.witness.nash_gap > found.witness.bound
        ('refuted', True)
    """
    if seconds is not None and not seconds > 0:
        raise BadInput("seconds", f"given {seconds}", "a positive number")
    asked = setting(claim, assume, players=players, states=states, actions=actions, gamma=gamma)
    if store is not None:
        Store(store).close()  # a file that is no store is refused before the work
    run = _Run(asked, seconds, seed, progress or (lambda _: None), store=store, simple=simple)
    try:
        return run.all(drop=drop)
    except KeyboardInterrupt:
        return run.open("interrupted", interrupted=True)


@dataclass
class _Run(Attack):
    """One conjecture, from the proof to the outcome."""

    simple: bool = True

    def all(self, *, drop: bool) -> Conjecture:
        self.progress("looking for a proof from the catalogue")
        proof = prove(self.asked.claim, self.asked.assumptions, self.asked.fixed)
        if isinstance(proof, str):
            self.reasons.append(f"no proof from the catalogue: {proof}")
            broken = self.by_families()
            if broken is not None:
                return self.refuted(*broken)
            self.progress("looking for a proof from one-step inequalities")
            proof = prove(self.asked.claim, self.asked.assumptions, self.asked.fixed, by=by_steps)
        if isinstance(proof, Proof):
            broken = self.by_families(most=_CHECKED)
            if broken is None:
                return self.proved(proof, drop=drop)
            self.reasons.append("a derivation was accepted, which the game contradicts")
            return self.refuted(*broken)
        self.reasons.append(f"nor by derive: {proof}")
        outcome = self.by_engine()
        if isinstance(outcome, Witness):
            return self.refuted(outcome, "the search engine")
        if not (isinstance(outcome, Certificate) and self.asked.is_one_shape):
            broken = self.by_adversary() or self.by_chance()
            if broken is not None:
                return self.refuted(*broken)
        return self.ruled_out(outcome) if isinstance(outcome, Certificate) else self.open()

    # -- the outcomes

    def proved(self, proof: Proof, *, drop: bool) -> Conjecture:
        uses = ", ".join(dict.fromkeys(name for part in proof.parts for name in part.uses))
        dropped: list[Dropped] = []
        stopped = False
        try:
            for assumption in self.asked.assumptions if drop else ():
                dropped.append(self.drop(assumption.text))
        except KeyboardInterrupt:
            stopped = True
        return Conjecture(
            self.asked,
            "proved",
            "a derivation for all games of the class, checked by two independent arithmetics and "
            f"once more from its file; it adds up {uses or 'elementary facts'}",
            proof=proof,
            notes=proof.notes,
            dropped=tuple(dropped),
            interrupted=stopped,
        )

    def drop(self, name: str) -> Dropped:
        """The claim without one assumption: a proof, else a game, else how many were tried."""
        self.say(f"the same claim without {name}")
        (assumption,) = (a for a in self.asked.assumptions if a.text == name)
        left = self.asked.without(assumption)
        proof = prove(left.claim, left.assumptions, left.fixed)
        if isinstance(proof, Proof):
            return Dropped(name, "proved", "the proof does not need it")
        budget = _DROP_SECONDS if self.seconds is None else max(self.left(), 0.1)
        inner = _Run(left, budget, self.seed, self.progress, simple=self.simple)
        broken = (
            inner.by_families(most=_CHECKED)
            or inner.by_chance(most=_FEWEST)
            or inner.by_families(first=_CHECKED)
            or inner.beyond_families()
        )
        if broken is not None:
            found = inner.refuted(*broken)
            return Dropped(name, "refuted", found.evidence, found.witness)
        tried = inner.tally.total
        return Dropped(name, "unknown", f"no proof, and {tried} games without it keep the claim")

    def beyond_families(self) -> Broken | None:
        """A game from the other sources, a certificate or not."""
        outcome = self.by_engine()
        if isinstance(outcome, Witness):
            return outcome, "the search engine"
        return self.by_adversary() or self.by_chance()

    def refuted(self, witness: Witness, by: str) -> Conjecture:
        self.say("making the game simpler")
        work = _SIMPLER
        if self.seconds is not None:
            work = min(work, int(_SHARE * self.seconds * SECOND))
        smaller, stopped = witness, False
        try:
            smaller = self.simpler(witness, work) if self.simple else witness
        except KeyboardInterrupt:
            stopped = True
        return Conjecture(
            self.asked,
            "refuted",
            f"an exact game, from {by}{', made simpler' if smaller is not witness else ''}; "
            "assumptions, sides and every number recomputed from the definitions",
            witness=smaller,
            reasons=tuple(self.reasons),
            notes=tuple(_caution(self.asked)),
            interrupted=stopped,
        )

    def simpler(self, witness: Witness, work: int) -> Witness:
        """A smaller game that breaks the claim as well, in the shape that is given."""
        kept = self.asked.states is not None or self.asked.actions is not None
        small = minimise(witness, work=work, keep_shape=kept)
        made = Instance(small.game, small.expert, small.learner)
        return refutation(made, reading(made), self.asked) or witness

    def ruled_out(self, certificate: Certificate) -> Conjecture:
        return Conjecture(
            self.asked,
            "ruled_out",
            f"no game of this finite class has {certificate.statement}, which the claim comes to "
            "there, by a certificate that was verified without any solver",
            certificate=certificate,
            covered=certificate.raw["class"],
            tried=self.tally.json(),
            reasons=tuple(self.reasons),
        )

    def open(self, stopped: str | None = None, *, interrupted: bool = False) -> Conjecture:
        """Supported by what was tried, or undecided."""
        total, passed = self.tally.total, time.monotonic() - self.started
        kinds = counted(len(self.tally.kept), "kind") if total else "any kind"
        games = counted(total, "exact game")
        tried = f"{games} of the class, of {kinds}, keep the claim; {passed:.0f} s"
        outside = sum(self.tally.outside.values())
        if outside:
            tried += f"; {outside} more are outside its domain or undetermined"
            self.reasons += [f"{k} games: {why}" for why, k in self.tally.outside.most_common(3)]
        enough = total >= _FEWEST and stopped is None
        if total < _FEWEST:
            self.reasons.append(f"fewer than {_FEWEST} games of the class could be tried")
        return Conjecture(
            self.asked,
            "supported" if enough else "undecided",
            tried if stopped is None else f"{stopped}; {tried}",
            tried=self.tally.json(),
            reasons=tuple(self.reasons),
            notes=tuple(_caution(self.asked)),
            interrupted=interrupted,
        )


def _caution(asked: Setting) -> list[str]:
    """What a reader of the outcome should know about the quantities that the claim names."""
    found = []
    if "delta" in asked.claim.names:
        found.append(
            "delta is that of the given learner; the modulus delta(eps) of a theorem is at least "
            "as large, so that a game which breaks this claim may keep the theorem"
        )
    if "C" in asked.claim.names:
        found.append("games with C infinite are outside the domain of the claim")
    return found
