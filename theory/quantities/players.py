r"""\(n\ge1\), the number of players."""

from fractions import Fraction

from ..meaning import Meaning

MEANING = Meaning(
    "n",
    r"n",
    "the number of players, at least 1",
    r"n",
    lambda model, _: Fraction(model.players) if model.is_exact else float(model.players),
)
