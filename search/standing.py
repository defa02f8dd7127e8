"""How far a search is, in one line: what is done, the best gap, and the bound that is proved."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Standing:
    """Where a search stands.

    Attributes:
        done: how many cases are finished. total: of how many at the most, or None.
        best: the largest gap of a rechecked game, or None.
        bound: what is proved that no game exceeds, or None where nothing is asked of it.
        what: the name of a case.

    Example:
        >>> str(Standing(2, 3, Fraction(81, 5), Fraction(20)))
        '2 of 3 cases done, best gap 16.2, proved bound 20'
        >>> str(Standing(0, 4, None, None, "cubes"))
        '0 of 4 cubes done, no game yet'
        >>> str(Standing(12, None, Fraction(1, 3), None, "games"))
        '12 games done, best gap 0.333333'
    """

    done: int
    total: int | None
    best: Fraction | None
    bound: Fraction | None = None
    what: str = "cases"

    def __str__(self) -> str:
        count = f"{self.done}" if self.total is None else f"{self.done} of {self.total}"
        return f"{count} {self.what} done, {known(self.best, self.bound)}"


def time_left(done: int, total: int, passed: float) -> str:
    """About how long the rest takes if it goes on as it went; nothing before anything is done.

    Example:
        >>> time_left(20, 80, 100.0), time_left(0, 80, 9.0)
        ('; about 300 s left', '')
    """
    return f"; about {passed / done * (total - done):.0f} s left" if 0 < done < total else ""


def known(best: Fraction | None, bound: Fraction | None) -> str:
    """The best gap and the proved bound."""
    shown = "no game yet" if best is None else f"best gap {_short(best)}"
    return shown if bound is None else f"{shown}, proved bound {_short(bound)}"


def _short(x: Fraction) -> str:
    return f"{float(x):.6g}"
