r"""Visited states lead to unvisited ones with little probability.

\(P(\{\mu_{\pi^E}=0\}\mid s,a)\le b\) for every joint action, wherever \(\mu_{\pi^E}(s)>0\).
"""

from fractions import Fraction

from ..model import Answer, Model, Number, brief
from ._kinds import Family


def _greatest(model: Model) -> tuple[Number, int, tuple[int, ...]]:
    visited = model.visited("expert")
    return max(
        (_outside(model, state, joint, visited), state, joint)
        for state in sorted(visited)
        for joint in model.joint_actions()
    )


def _outside(model: Model, state: int, joint: tuple[int, ...], visited: frozenset[int]) -> Number:
    total: Number = Fraction(0)
    for successor, p in model.successors(state, joint).items():
        if successor not in visited:
            total = total + p
    return total


def _check(model: Model, bound: Fraction) -> Answer:
    greatest, state, joint = _greatest(model)
    reason = f"joint action {joint} at state {state} leaves with probability {brief(greatest)}"
    return Answer(greatest <= bound, reason)


ASSUMPTION = Family(
    "entry",
    "b",
    Fraction(0),
    Fraction(1),
    "from every visited state every joint action leads to unvisited states with probability at "
    "most b",
    r"\textstyle\sum_{t:\mu_{\pi^E}(t)=0}P(t\mid s,a)\le b\ \text{for all } a,\ \mu_{\pi^E}(s)>0",
    _check,
    lambda model: _greatest(model)[0],
    "smallest",
)
