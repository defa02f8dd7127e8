r"""What the kernel takes on trust.

Definitions, elementary facts, consequences of assumptions, inferences.

Each is named, stated and proved in a few lines of words; every report lists the ones that it rests
on, and each is tested on seeded exact games.
"""

from ._kinds import Consequence, Definition, Fact, Ground, parsed
from ._registry import (
    consequences,
    definitions,
    fact_named,
    facts,
    grounds,
    largest,
    ordered,
    visitation,
)

__all__ = [
    "Consequence",
    "Definition",
    "Fact",
    "Ground",
    "consequences",
    "definitions",
    "fact_named",
    "facts",
    "grounds",
    "largest",
    "ordered",
    "parsed",
    "visitation",
]
