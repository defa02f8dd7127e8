r"""\(\log\max_i|A_i|\); on exact games rounded up to a multiple of \(10^{-12}\)."""

from fractions import Fraction
from math import log

from ..enclosure import log_above
from ..meaning import Meaning
from ..model import Model, Number

GRAIN = 10**12


def log_of_actions(model: Model) -> Number:
    """The logarithm, or the next multiple of the grain above it."""
    most = max(model.num_actions)
    if not model.is_exact or most == 1:
        return log(most) if not model.is_exact else Fraction(0)
    return log_above(most, GRAIN)


MEANING = Meaning(
    "log_actions",
    r"\log|A|",
    "the logarithm of the largest number of actions of a player, rounded up on exact games",
    r"\log\max_i|A_i|",
    lambda model, _: log_of_actions(model),
)
