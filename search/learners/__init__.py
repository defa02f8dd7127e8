"""The most and the least exploitable learner within an error of the expert."""

from .along import consistent, extremes_along
from .curve import Curve, Piece, largest_gap_curve
from .equilibria import Nearest, nearest_equilibrium
from .exactly import Stopped
from .extremes import largest_gap, smallest_gap
from .hardness import Reduced, equilibrium_as_learner
from .result import Extreme
from .surd import Surd

__all__ = [
    "Curve",
    "Extreme",
    "Nearest",
    "Piece",
    "Reduced",
    "Stopped",
    "Surd",
    "consistent",
    "equilibrium_as_learner",
    "extremes_along",
    "largest_gap",
    "largest_gap_curve",
    "nearest_equilibrium",
    "smallest_gap",
]
