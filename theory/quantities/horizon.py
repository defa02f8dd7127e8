r"""The effective horizon.

\(N=1/(1-\gamma)\); a game of N undiscounted steps is read with \(\gamma=1-1/N\).
"""

from ..meaning import Meaning

MEANING = Meaning(
    "horizon",
    r"N",
    "the effective horizon 1/(1-gamma); the number of steps of a game that has an end",
    r"\frac{1}{1-\gamma}",
    lambda model, _: 1 / (1 - model.discount),
)
