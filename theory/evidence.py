"""How much is known about a statement; a chain is worth its weakest step."""

from collections.abc import Iterable
from enum import IntEnum


class Evidence(IntEnum):
    """refuted < undecided < supported < ruled_out < proved.

    Example:
        >>> Evidence.weakest([Evidence.PROVED, Evidence.SUPPORTED]).word
        'supported'
    """

    REFUTED = 0
    UNDECIDED = 1
    SUPPORTED = 2
    RULED_OUT = 3
    PROVED = 4

    @property
    def word(self) -> str:
        """The status word."""
        return self.name.lower()

    def __str__(self) -> str:
        return self.word

    @staticmethod
    def weakest(several: Iterable["Evidence"]) -> "Evidence":
        """The least of them; nothing at all proves nothing."""
        return min(several, default=Evidence.UNDECIDED)
