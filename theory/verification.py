"""The outcome of re-checking a file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verification:
    """Whether a file says the truth, with the reasons.

    Attributes:
        valid: whether everything that the file states was recomputed and holds.
        reasons: what was found, one sentence each.
    """

    valid: bool
    reasons: tuple[str, ...]
