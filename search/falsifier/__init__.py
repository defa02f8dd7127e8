"""A numeric search for games beyond the encodings: it finds, and never rules out."""

from .climb import falsify
from .frame import Frame

__all__ = ["Frame", "falsify"]
