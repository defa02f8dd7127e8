"""The kinds of reasons that a step may give: one file each, found by walking the folder.

A reason knows how to check its step, how to say itself in words and in LaTeX, and how it is written
in a derivation file.
"""

from ._certificate import Term
from ._registry import Reason, kinds, read_reason
from .algebra import Algebra
from .assumption import Assume
from .attained import Attained
from .combination import Combination
from .comparator import Comparator
from .constant_cost import ConstantCost
from .definition import Unfold
from .divided import Divided
from .increasing import Increasing
from .induction import Induction, Invariant
from .kernel_part import KernelPart
from .largest import Largest
from .least import Least
from .lemma import ByLemma
from .local import Local, LocalTerm
from .mean import Mean
from .resolvent import Resolvent
from .sum_over_others import SumOverOthers
from .tangent import Tangent
from .triangle import Triangle
from .two_recursions import TwoRecursions
from .visitation import Visitation

__all__ = [
    "Algebra",
    "Assume",
    "Attained",
    "ByLemma",
    "Combination",
    "Comparator",
    "ConstantCost",
    "Divided",
    "Increasing",
    "Induction",
    "Invariant",
    "KernelPart",
    "Largest",
    "Least",
    "Local",
    "LocalTerm",
    "Mean",
    "Reason",
    "Resolvent",
    "SumOverOthers",
    "Tangent",
    "Term",
    "Triangle",
    "TwoRecursions",
    "Unfold",
    "Visitation",
    "kinds",
    "read_reason",
]
