"""What became of a conjecture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nashgap.search.certificate import Certificate
from nashgap.search.witness import Witness
from nashgap.theory.shown import Shown

from .display import conjecture_html, conjecture_text
from .proof import Proof
from .setting import Setting

Status = Literal["proved", "refuted", "ruled_out", "supported", "undecided"]


@dataclass(frozen=True)
class Dropped:
    """What happens to a proved claim without one of its assumptions.

    Attributes:
        assumption: the one left out.
        status: proved, refuted, or unknown.
        reason: in a few words.
        witness: a game that breaks the claim without it, if one was found.
    """

    assumption: str
    status: Literal["proved", "refuted", "unknown"]
    reason: str
    witness: Witness | None = None

    def json(self) -> dict[str, Any]:
        """As in the command's `--json`."""
        found: dict[str, Any] = {"status": self.status, "reason": self.reason}
        return found if self.witness is None else found | {"witness": self.witness.json()}


@dataclass(frozen=True)
class Conjecture(Shown):
    """A conjecture with its outcome.

    Attributes:
        asked: the claim, its assumptions, and the games it speaks of.
        status: proved, refuted, ruled_out, supported or undecided.
        evidence: what vouches for that, in a sentence.
        witness: if refuted, the game that breaks the claim.
        proof: if proved, the chains.
        certificate: if ruled out, the certificate.
        covered: the games of which the status is said.
        tried: the number of games of the class that keep the claim, by kind.
        reasons: why the ways that did not decide did not.
        notes: how the outcome is to be read.
        dropped: if proved, what happens without each assumption.
        interrupted: whether the user stopped it.
    """

    asked: Setting
    status: Status
    evidence: str
    witness: Witness | None = None
    proof: Proof | None = None
    certificate: Certificate | None = None
    covered: Mapping[str, Any] | None = None
    tried: Mapping[str, int] | None = None
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    interrupted: bool = False

    @property
    def claim(self) -> str:
        """The claim."""
        return self.asked.claim.text

    @property
    def derivation(self) -> Mapping[str, Any] | None:
        """The proof as a `nashgap/derivation/1` object, the first where it has several parts."""
        return None if self.proof is None else self.proof.parts[0].derivation

    @property
    def derivations(self) -> tuple[Mapping[str, Any], ...]:
        """All parts of the proof."""
        return () if self.proof is None else tuple(p.derivation for p in self.proof.parts)

    def json(self) -> dict[str, Any]:
        """As the command prints it, without times and versions."""
        found: dict[str, Any] = {
            "status": self.status,
            "claim": self.claim,
            "class": dict(self.covered or self.asked.json()),
            "evidence": self.evidence,
            "witness": None if self.witness is None else self.witness.json(),
            "certificate": None if self.certificate is None else self.certificate.json(),
            "derivation": None if self.derivation is None else dict(self.derivation),
        }
        if len(self.derivations) > 1:
            found["derivations"] = [dict(d) for d in self.derivations]
        if self.proof is not None:
            found["uses"] = [list(part.uses) for part in self.proof.parts]
            found["implications"] = list(self.proof.implications)
            found["dropped"] = {d.assumption: d.json() for d in self.dropped}
        if self.tried is not None:
            found["tried"] = dict(self.tried)
        return found | {"reasons": list(self.reasons), "notes": list(self.notes)}

    def _repr_latex_(self) -> str:
        return f"${self.asked.claim.latex()}$"

    def _repr_html_(self) -> str:
        return conjecture_html(self)

    def __str__(self) -> str:
        return conjecture_text(self)

    def __repr__(self) -> str:
        return f"<Conjecture {self.status}: {self.claim}>"
