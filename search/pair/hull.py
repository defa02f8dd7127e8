r"""Whether a point of a relaxation has a kernel: weights for every node, or a direction that cuts.

Both are exact linear programs with a handful of variables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .. import lp
from ..problem import Box, Row
from .nodes import CONSTANT, ONE, Node, Shape, Terms
from .program import Direction, row

Point = Mapping[str, Fraction]
_LARGEST = 10**6


@dataclass(frozen=True)
class Inside:
    """Weights for each part of the node."""

    weights: tuple[Mapping[int, Fraction], ...]


@dataclass(frozen=True)
class Outside:
    """A direction in which the node's row is violated, and by how much."""

    direction: Direction
    excess: Fraction


def located(node: Node, shape: Shape, point: Point) -> Inside | Outside | None:
    """Weights that make the node's rows true at the point, or a direction; None if LP failed."""
    inside = _weights(node, shape, point)
    if inside is not None:
        return inside
    return _direction(node, shape, point)


def form(terms: Terms, point: Point) -> Fraction:
    """A linear form's value at a point; variables it lacks are 0."""
    return sum(
        (c if x == CONSTANT else c * point.get(x, Fraction(0)) for x, c in terms.items()),
        Fraction(0),
    )


def _weights(node: Node, shape: Shape, point: Point) -> Inside | None:
    boxes: dict[str, Box] = {}
    rows: list[Row] = []
    sums: dict[str, dict[str, Fraction]] = {"W": {}, "U": {}}
    for j, part in enumerate(node.parts):
        names = {f"{j} {t}": t for t in shape.support(part.support)}
        boxes |= dict.fromkeys(names, Box(Fraction(0), ONE))
        rows.append(Row(f"sum {j}", tuple((x, ONE) for x in names), "==", ONE))
        for kind in "WU":
            sums[kind] |= {x: part.share * point[f"{kind} {t}"] for x, t in names.items()}
    if node.w is not None:
        start = node.to_start * point["W 0"]
        least = {CONSTANT: form(node.w, point) - start, **_minus(sums["W"])}
        rows.append(row("w", least))
    if node.u is not None:
        side = {CONSTANT: form(node.u, point) - node.to_start * point["U 0"], **_minus(sums["U"])}
        if node.at_most:
            rows.append(row("u+", side))
        if node.at_least:
            rows.append(row("u-", _minus(side)))
    # fewer states in the support first: a deterministic row where there is one
    cost = tuple((x, Fraction(-i)) for i, x in enumerate(boxes))
    found = lp.maximise(cost or (("none", ONE),), rows, boxes or {"none": Box(ONE, ONE)})
    if not isinstance(found, lp.Optimum):
        return None
    return Inside(
        tuple(
            {
                t: found.point[f"{j} {t}"]
                for t in shape.support(part.support)
                if found.point[f"{j} {t}"]
            }
            for j, part in enumerate(node.parts)
        )
    )


def _direction(node: Node, shape: Shape, point: Point) -> Outside | None:
    """The direction of the largest excess among small ones, with small integers."""
    alpha_box = Box(Fraction(0), ONE if node.w is not None else Fraction(0))
    low = -ONE if node.u is not None and node.at_least else Fraction(0)
    high = ONE if node.u is not None and node.at_most else Fraction(0)
    large = Fraction(10**9)
    boxes = {"a": alpha_box, "b": Box(low, high)}
    gain = {"a": Fraction(0), "b": Fraction(0)}
    if node.w is not None:
        gain["a"] += form(node.w, point)
    if node.u is not None:
        gain["b"] += form(node.u, point)
    gain["a"] -= node.to_start * point["W 0"]
    gain["b"] -= node.to_start * point["U 0"]
    objective = list(gain.items())
    rows: list[Row] = []
    for j, part in enumerate(node.parts):
        boxes[f"m {j}"] = Box(-large, large)
        objective.append((f"m {j}", -part.share))
        rows += [
            row(f"{j} {t}", {"a": point[f"W {t}"], "b": point[f"U {t}"], f"m {j}": -ONE})
            for t in shape.support(part.support)
        ]
    found = lp.maximise(objective, rows, boxes)
    if not isinstance(found, lp.Optimum) or found.value <= 0:
        return None
    size = 1
    while size <= _LARGEST:
        for direction in _near(found.point["a"], found.point["b"], size):
            excess = _excess(node, shape, point, direction)
            if excess > 0:
                return Outside(direction, excess)
        size *= 4
    return None


def _near(a: Fraction, b: Fraction, size: int) -> list[Direction]:
    largest = max(abs(a), abs(b))
    x, y = (a / largest).limit_denominator(size), (b / largest).limit_denominator(size)
    common = x.denominator * y.denominator
    p, q = int(x * common), int(y * common)
    from math import gcd

    shared = gcd(p, q) or 1
    return [(p // shared, q // shared)]


def _excess(node: Node, shape: Shape, point: Point, direction: Direction) -> Fraction:
    a, b = direction
    if not node.takes(a, b):
        return Fraction(-1)
    left = -node.to_start * (a * point["W 0"] + b * point["U 0"])
    left += a * form(node.w, point) if node.w is not None else 0
    left += b * form(node.u, point) if node.u is not None else 0
    for part in node.parts:
        states = shape.support(part.support)
        left -= part.share * max(a * point[f"W {t}"] + b * point[f"U {t}"] for t in states)
    return left


def _minus(terms: Terms) -> dict[str, Fraction]:
    return {x: -c for x, c in terms.items()}
