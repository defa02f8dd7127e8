r"""The temperature \(\tau>0\) of an entropy-regularised reading; other games have none."""

from ..meaning import Meaning
from ..model import Model, Number


def temperature(model: Model) -> Number:
    """The temperature at which a model is read.

    Raises:
        OutsideDomain: it has none.
    """
    found: Number | None = getattr(model, "temperature", None)
    if found is None:
        from ..claim import OutsideDomain

        raise OutsideDomain("no temperature is given")
    return found


MEANING = Meaning(
    "tau",
    r"\tau",
    "the temperature at which the game is read, where one is given",
    r"\tau",
    lambda model, _: temperature(model),
)
