"""How many demonstrations a target gap would need: the formulas of the error bound, inverted.

A projection, not a guarantee: it supposes that further demonstrations look like these, with the
same shares of states and actions and no state discovered.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nashgap.theory.catalogue import bounds

from ..numbers import text
from .guarantees import Guarantee, Setting, gap_at_most

_GRID = 10**9
_MOST = 10**12
_CLOSE = 1.01


@dataclass(frozen=True)
class Plan:
    """What one bound needs for a target gap.

    Attributes:
        label: of the bound.
        error: the largest error of every player for which it gives the target, rounded down to
            nine decimals; None where no error does.
        trajectories: about how many demonstrations like these bring the error bound there, to 1 %;
            None where no number up to 10^12 does.
        reason: what stands in the way, or "".
    """

    label: str
    error: Fraction | None
    trajectories: int | None
    reason: str

    def json(self) -> dict[str, Any]:
        """As a JSON object."""
        error = None if self.error is None else text(self.error)
        return {
            "label": self.label,
            "eps_bc": error,
            "trajectories": self.trajectories,
            "reason": self.reason,
        }


def plan(
    guarantee: Guarantee,
    target: Fraction,
    setting: Setting,
    errors: Callable[[float], tuple[Fraction, ...]],
    trajectories: int,
) -> Plan:
    """Finds the error that a bound needs, and about how many trajectories bring it about.

    Args:
        guarantee: of a bound that can be read from demonstrations.
        target: the gap to reach.
        setting: what the bound is read in.
        errors: the bounds on the errors for that many times as many demonstrations.
        trajectories: how many there are.
    """
    bound = bounds()[guarantee.label]

    def reaches(worst: tuple[Fraction, ...]) -> bool:
        gap = gap_at_most(bound, worst, setting)
        return gap is not None and gap <= target

    error = _largest(lambda e: reaches((e,) * setting.players))
    if error is None:
        return Plan(bound.label, None, None, "not even a perfect clone, by this bound")
    count = _smallest(lambda n: reaches(errors(n / trajectories)), trajectories)
    if count is None:
        reason = "more trajectories of this length and kind do not bring the error down to that"
        return Plan(bound.label, error, None, reason)
    return Plan(bound.label, error, count, "")


def _largest(reaches: Callable[[Fraction], bool]) -> Fraction | None:
    low, high = -1, 2 * _GRID
    if reaches(Fraction(2)):
        return Fraction(2)
    while high - low > 1:
        middle = (low + high) // 2
        if reaches(Fraction(middle, _GRID)):
            low = middle
        else:
            high = middle
    return None if low < 0 else Fraction(low, _GRID)


def _smallest(reaches: Callable[[float], bool], start: int) -> int | None:
    """The least number at which it holds, to 1 %, where it holds for all larger ones."""
    high = float(start)
    if reaches(high):
        low = high
        while low > 1 and reaches(low):
            low, high = low / 2, low
        if low <= 1:
            return max(1, math.ceil(high))
    else:
        while not reaches(high):
            high *= 4
            if high > _MOST:
                return None
        low = high / 4
    while high / low > _CLOSE:
        middle = math.sqrt(low * high)
        if reaches(middle):
            high = middle
        else:
            low = middle
    return math.ceil(high)
