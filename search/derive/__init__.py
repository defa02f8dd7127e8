"""Derivations found by linear programs over lemma instances, lifted to gamma and n."""

from .result import Derivations, Derived
from .run import derive, follows

__all__ = ["Derivations", "Derived", "derive", "follows"]
