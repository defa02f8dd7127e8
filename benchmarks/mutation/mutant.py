"""A changed claim, whether it is true, and what `conjecture` made of it."""

from dataclasses import dataclass

LIMIT = 60.0
"""Seconds in which a false mutant must be refuted."""


@dataclass(frozen=True)
class Mutant:
    """A changed claim.

    Attributes:
        label: of the bound it comes from.
        change: what was changed.
        claim: the claim.
        assumptions: what it assumes.
    """

    label: str
    change: str
    claim: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """Whether a mutant is true, None where that is open, and the argument."""

    holds: bool | None
    argument: str


@dataclass(frozen=True)
class Outcome:
    """What `conjecture` made of a mutant."""

    mutant: Mutant
    truth: Truth
    status: str
    seconds: float
    reason: str

    @property
    def verdict(self) -> str:
        """How the two go together."""
        match self.truth.holds, self.status:
            case False, "refuted":
                return "killed" if self.seconds <= LIMIT else "late"
            case False, "proved" | "ruled_out":
                return "WRONG"
            case True, "refuted":
                return "WRONG"
            case False, _:
                return "survived"
            case True, _:
                return "kept"
            case _:
                return "open"
