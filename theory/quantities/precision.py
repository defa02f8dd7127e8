r"""The inverse \(\tau^{-1}\) of the temperature of an entropy-regularised reading."""

from ..meaning import Meaning
from .tau import temperature

MEANING = Meaning(
    "precision",
    r"\tau^{-1}",
    "the inverse of the temperature at which the game is read, where one is given",
    r"1/\tau",
    lambda model, _: 1 / temperature(model),
)
