r"""One start state that every row gives at least \(b\).

\(\nu=\delta_{s_0}\) and \(P(s_0\mid s,a)\ge b\) for every state and joint action.
"""

from fractions import Fraction

from ..model import Answer, Model, Number, brief
from ._kinds import Family
from ._reasons import rows


def _start(model: Model) -> int | None:
    support = [state for state, p in enumerate(model.start()) if p > 0]
    return support[0] if len(support) == 1 else None


def _least(model: Model, start: int) -> tuple[Number, int, tuple[int, ...]]:
    return min(
        (model.successors(state, joint).get(start, Fraction(0)), state, joint)
        for state, joint in rows(model)
    )


def _check(model: Model, bound: Fraction) -> Answer:
    start = _start(model)
    if start is None:
        return Answer(False, "the start has several states")
    least, state, joint = _least(model, start)
    reason = (
        f"state {state}, joint action {joint}, returns to the start with probability {brief(least)}"
    )
    return Answer(least >= bound, reason)


def _largest(model: Model) -> Number | None:
    start = _start(model)
    return None if start is None else _least(model, start)[0]


ASSUMPTION = Family(
    "reset",
    "b",
    Fraction(0),
    Fraction(1),
    "the start is one state, and from every state every joint action leads there with probability "
    "at least b",
    r"\nu=\delta_{s_0},\quad P(s_0\mid s,a)\ge b\ \text{for all } s,a",
    _check,
    _largest,
    "largest",
)
