r"""The expert visits a given number of states: \(|\{s:\mu_{\pi^E}(s)>0\}|=k\)."""

from fractions import Fraction

from ..model import Answer, Model
from ._kinds import Family


def _check(model: Model, count: Fraction) -> Answer:
    found = len(model.visited("expert"))
    return Answer(found == count, f"the expert visits {found} of {model.num_states} states")


ASSUMPTION = Family(
    "visited",
    "k",
    Fraction(0),
    None,
    "the expert visits exactly k states",
    r"|\{s:\mu_{\pi^E}(s)>0\}|=k",
    _check,
    lambda model: Fraction(len(model.visited("expert"))),
    "only",
)
