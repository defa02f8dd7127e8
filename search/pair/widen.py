"""Expert's rows that lead to as many states as a point allows.

The values of a solution often leave open where the expert goes next. So that it visits all of the
states that it is meant to, each of its rows becomes the average of the distributions that make the
node's rows true and give one state the most.
"""

from dataclasses import replace
from fractions import Fraction

from .. import lp
from ..problem import Box, Row
from .bound import Solution
from .hull import form
from .nodes import ONE, ZERO, Node
from .program import Program


def widened(program: Program, solution: Solution) -> Solution:
    """The same values and rewards, the expert's rows as wide as can be."""
    weights = dict(solution.weights)
    for node in program.live(solution.picks):
        kind, s, *_ = node.name.split(" ")
        if kind in ("expert", "follow") and int(s) < program.shape.visited and node.parts:
            wide = _wide(program, node, solution)
            if wide:
                weights[node.name] = (wide,)
    return replace(solution, weights=weights)


def _wide(program: Program, node: Node, solution: Solution) -> dict[int, Fraction]:
    """The average of the extremes; nothing where there is none, or more than one share."""
    if len(node.parts) != 1:
        return {}
    states = program.shape.support(node.parts[0].support)
    rows = tuple(_rows(node, states, solution))
    boxes = {f"{t}": Box(ZERO, ONE) for t in states}
    ends = [lp.maximise(((f"{t}", ONE),), rows, boxes) for t in states]
    points = [end.point for end in ends if isinstance(end, lp.Optimum)]
    if len(points) < len(states):
        return {}
    mean = {t: sum((p.get(f"{t}", ZERO) for p in points), ZERO) for t in states}
    return {t: total / len(points) for t, total in mean.items() if total}


def _rows(node: Node, states: tuple[int, ...], solution: Solution) -> list[Row]:
    """What the node asks of its weights at the point."""
    point, share = solution.point, node.scale * node.parts[0].share
    found = [Row("sum", tuple((f"{t}", ONE) for t in states), "==", ONE)]
    for kind, terms, signs in (
        ("W", node.w, [1]),
        ("U", node.u, [1] * node.at_most + [-1] * node.at_least),
    ):
        if terms is None:
            continue
        least = form(terms, point) - node.scale * node.to_start * point[f"{kind} 0"]
        for sign in signs:
            mean = tuple((f"{t}", -sign * share * point.get(f"{kind} {t}", ZERO)) for t in states)
            found.append(Row(f"{kind} {sign}", mean, "<=", -sign * least))
    return found
