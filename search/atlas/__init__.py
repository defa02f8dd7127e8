"""The atlas: suprema of the Nash gap by matching, expert, class, shape and discount.

Every entry is the answer of `nashgap.search` to one question, with its witness and certificate;
every formula was fitted to some of them and tested on others. `nashgap atlas` shows it.
"""

from .entry import Entry
from .family import Family, families
from .file import Atlas, atlas

__all__ = ["Atlas", "Entry", "Family", "atlas", "families"]
