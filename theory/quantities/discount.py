r"""\(\gamma\in[0,1)\), the discount."""

from ..meaning import Meaning

MEANING = Meaning(
    "gamma",
    r"\gamma",
    "the discount, at least 0 and less than 1",
    r"\gamma",
    lambda model, _: model.discount,
)
