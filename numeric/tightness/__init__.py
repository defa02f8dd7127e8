"""How close games come to a bound, and how close its assumptions are to failing there."""

from .cases import Case, named_cases, random_cases
from .measure import Tight, Tightness, tightness
from .nearness import Nearness, nearness

__all__ = [
    "Case",
    "Nearness",
    "Tight",
    "Tightness",
    "named_cases",
    "nearness",
    "random_cases",
    "tightness",
]
