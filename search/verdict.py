"""The three answers of a search: a closed union of frozen values."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from nashgap.numeric.numbers import text
from nashgap.theory.shown import Shown

from .display import verdict_html, verdict_text

if TYPE_CHECKING:
    from nashgap.numeric.root import Root

    from .certificate import Certificate
    from .core import Core
    from .limit import Limit
    from .witness import Witness


@dataclass(frozen=True)
class Found(Shown):
    """A game of the asked kind, rechecked exactly from the definitions.

    Attributes:
        witness: the game with expert, learner and deviation.
        evidence: what vouches for it.
    """

    witness: "Witness"
    evidence: str = (
        "every assumption, the gap and every number recomputed exactly from the definitions"
    )
    status: ClassVar[str] = "found"

    def json(self) -> dict[str, Any]:
        """The fields of the command's `--json`."""
        return {"status": self.status, "evidence": self.evidence, "witness": self.witness.json()}

    def __str__(self) -> str:
        return verdict_text(self)

    def _repr_html_(self) -> str:
        return verdict_html(self)


@dataclass(frozen=True)
class RuledOut(Shown):
    """No game of the class reaches it.

    Attributes:
        certificate: the proof; it was verified without any solver.
        witness: with a supremum that is attained, a game that attains it.
        supremum: the least upper bound of the gap over the class, if that was asked and there is a
            game in it.
        attained: whether some game has the supremum as its gap, or None if that is not known.
        evidence: what vouches for it.
        limit: with a supremum that no game here attains, games that come as close as one likes;
            `witness` is one of them.
        cores: minimal sets of assumptions that rule it out, if they were asked for.
    """

    certificate: "Certificate"
    witness: "Witness | None" = None
    supremum: Fraction | None = None
    attained: bool | None = None
    evidence: str = "a certificate, verified without any solver"
    limit: "Limit | None" = None
    cores: "tuple[Core, ...]" = ()
    status: ClassVar[str] = "ruled_out"

    def json(self) -> dict[str, Any]:
        """The fields of the command's `--json`."""
        found: dict[str, Any] = {
            "status": self.status,
            "evidence": self.evidence,
            "certificate": self.certificate.json(),
            "witness": None if self.witness is None else self.witness.json(),
        }
        if self.supremum is not None:
            found |= {"supremum": text(self.supremum), "attained": self.attained}
        if self.limit is not None:
            found["limit"] = self.limit.end.json()
        if self.cores:
            found["core"] = self.cores[0].json()
            found["other_cores"] = [list(core.assumptions) for core in self.cores[1:]]
        return found

    def __str__(self) -> str:
        return verdict_text(self)

    def _repr_html_(self) -> str:
        return verdict_html(self)


@dataclass(frozen=True)
class Unknown(Shown):
    """Neither found nor ruled out.

    Attributes:
        reason: why.
        lower: the largest gap of a game that was found and rechecked, or None.
        upper: a bound that no game of the class exceeds, or None.
        witness: the game that has `lower`.
        certificate: the proof of `upper` where there is one; otherwise rewards in [-1, 1] give it.
        interrupted: whether the user stopped the search.
        conflict: whether two ways of deciding contradict each other; nothing overrules that.
        root: the irrational number between `lower` and `upper` that games of the form of `witness`
            come as close to as one likes, where there is one and `upper` is at its side.
    """

    reason: str
    lower: Fraction | None = None
    upper: Fraction | None = None
    witness: "Witness | None" = None
    certificate: "Certificate | None" = None
    interrupted: bool = False
    conflict: bool = False
    root: "Root | None" = None
    status: ClassVar[str] = "undecided"

    def json(self) -> dict[str, Any]:
        """The fields of the command's `--json`."""
        shown: dict[str, Any] = {} if self.root is None else {"algebraic": self.root.json()}
        if self.conflict:
            shown["conflict"] = True
        return {
            **shown,
            "status": self.status,
            "evidence": self.reason,
            "reason": self.reason,
            "lower": None if self.lower is None else text(self.lower),
            "upper": None if self.upper is None else text(self.upper),
            "witness": None if self.witness is None else self.witness.json(),
            "certificate": None if self.certificate is None else self.certificate.json(),
        }

    def __str__(self) -> str:
        return verdict_text(self)

    def _repr_html_(self) -> str:
        return verdict_html(self)


Verdict = Found | RuledOut | Unknown
