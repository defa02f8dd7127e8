"""Conjectures: proved from the catalogue, refuted by an exact game, ruled out, or supported."""

from .result import Conjecture, Dropped
from .run import conjecture

__all__ = ["Conjecture", "Dropped", "conjecture"]
