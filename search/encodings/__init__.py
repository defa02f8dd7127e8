"""Encodings of game classes as problems: one file each, found by walking the folder."""

from ._case import Case, cases
from ._encoding import Encoding
from ._registry import encodings

__all__ = ["Case", "Encoding", "cases", "encodings"]
