r"""Policies that are close on the expert's states.

\(\epsilon_{BC,i}=\mathbb E_{s\sim\mu_{\pi^E}}\|(\pi_i-\pi_i^E)(\cdot\mid s)\|_1\le e\) for each
player \(i\).
"""

from fractions import Fraction

from ..model import Answer, Model, Number, brief
from ._kinds import Family


def _largest(model: Model) -> Number:
    return max(model.policy_error(player) for player in range(model.players))


def _check(model: Model, bound: Fraction) -> Answer:
    error = _largest(model)
    return Answer(error <= bound, f"eps_BC = {brief(error)}")


ASSUMPTION = Family(
    "match-bc",
    "e",
    Fraction(0),
    Fraction(2),
    "no player's behavioural-cloning error exceeds e",
    r"\mathbb E_{s\sim\mu_{\pi^E}}\|(\pi_i-\pi_i^E)(\cdot\mid s)\|_1\le e\ \text{for all } i",
    _check,
    _largest,
    "smallest",
)
