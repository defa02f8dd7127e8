"""Derivations found by linear programs over lemma instances, lifted to gamma and n."""

from .follow import follows
from .result import Derivations, Derived
from .run import derive

__all__ = ["Derivations", "Derived", "derive", "follows"]
