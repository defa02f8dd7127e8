"""Single games too large for tables: sparse kernels, and answers with a certified error.

Every number comes as an `Enclosure`: a float and an interval that provably holds the true number.
"""

from .enclosure import Enclosure
from .game import SparseGame
from .gaps import SparseBestResponse, SparseNashGap, best_response, gaps, nash_gap
from .mdp import SparseMdp, induced_mdp
from .occupancy import SparseOccupancy, occupancy
from .policies import perturbed, pure, uniform
from .value import SparseValues, state_values, value

__all__ = [
    "Enclosure",
    "SparseBestResponse",
    "SparseGame",
    "SparseMdp",
    "SparseNashGap",
    "SparseOccupancy",
    "SparseValues",
    "best_response",
    "gaps",
    "induced_mdp",
    "nash_gap",
    "occupancy",
    "perturbed",
    "pure",
    "state_values",
    "uniform",
    "value",
]
