r"""Whether a point of a relaxation has a kernel: weights for every node, or a direction that cuts.

Both are exact linear programs with a handful of variables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from .. import lp
from ..problem import Box, Row
from .nodes import CONSTANT, ONE, Node, Shape, Terms
from .program import Direction, row

Point = Mapping[str, Fraction]
_LARGEST = 10**12
_FAR = Fraction(10**6)


@dataclass(frozen=True)
class Place:
    """Where a node's point is.

    Attributes:
        weights: for each part, those that come closest to making the node's rows true.
        is_inside: whether they do.
        direction: one in which the node's row is violated, or None.
        excess: by how much.
    """

    weights: tuple[Mapping[int, Fraction], ...]
    is_inside: bool
    direction: Direction | None = None
    excess: Fraction = Fraction(0)


def located(node: Node, shape: Shape, point: Point) -> Place | None:
    """The closest weights, and a direction that separates if they are not enough.

    None if the linear program has no exact answer.
    """
    closest = sure(node, shape, point) or _weights(node, shape, point)
    if closest is None or closest.is_inside:
        return closest
    found = _direction(node, shape, point)
    return closest if found is None else Place(closest.weights, False, *found)


def form(terms: Terms, point: Point) -> Fraction:
    """A linear form's value at a point; variables it lacks are 0."""
    return sum(
        (c if x == CONSTANT else c * point.get(x, Fraction(0)) for x, c in terms.items()),
        Fraction(0),
    )


def _at(point: Point, name: str) -> Fraction:
    """A value at a point; one that no row names may be anything, say 0."""
    return point.get(name, Fraction(0))


def sure(node: Node, shape: Shape, point: Point) -> Place | None:
    """One successor that makes the node's rows true, if the row has one share; its own state first.

    So games are deterministic where they can be.
    """
    if len(node.parts) != 1 or node.to_start:
        return None
    own = int(node.name.split(" ")[1])
    for t in sorted(shape.support(node.parts[0].support), key=lambda t: (t != own, t)):
        worth = {kind: node.scale * _at(point, f"{kind} {t}") for kind in "WU"}
        u = None if node.u is None else form(node.u, point)
        if (
            (node.w is None or form(node.w, point) <= worth["W"])
            and (u is None or not node.at_most or u <= worth["U"])
            and (u is None or not node.at_least or u >= worth["U"])
        ):
            return Place(({t: ONE},), True)
    return None


def _weights(node: Node, shape: Shape, point: Point) -> Place | None:
    boxes: dict[str, Box] = {}
    rows: list[Row] = []
    sums: dict[str, dict[str, Fraction]] = {"W": {}, "U": {}}
    for j, part in enumerate(node.parts):
        names = {f"{j} {t}": t for t in shape.support(part.support)}
        boxes |= dict.fromkeys(names, Box(Fraction(0), ONE))
        rows.append(Row(f"sum {j}", tuple((x, ONE) for x in names), "==", ONE))
        for kind in "WU":
            sums[kind] |= {
                x: node.scale * part.share * _at(point, f"{kind} {t}") for x, t in names.items()
            }
    if node.w is not None:
        start = node.scale * node.to_start * _at(point, "W 0")
        least = {CONSTANT: form(node.w, point) - start, **_minus(sums["W"])}
        rows.append(row("w", least, {"miss": -ONE}))
    if node.u is not None:
        start = node.scale * node.to_start * _at(point, "U 0")
        side = {CONSTANT: form(node.u, point) - start, **_minus(sums["U"])}
        if node.at_most:
            rows.append(row("u+", side, {"miss": -ONE}))
        if node.at_least:
            rows.append(row("u-", _minus(side), {"miss": -ONE}))
    boxes["miss"] = Box(Fraction(0), _FAR)
    found = lp.maximise((("miss", -ONE),), rows, boxes)
    if not isinstance(found, lp.Optimum):
        return None
    weights = tuple(
        {t: found.point[f"{j} {t}"] for t in shape.support(part.support) if found.point[f"{j} {t}"]}
        for j, part in enumerate(node.parts)
    )
    return Place(weights, not found.value)


def _direction(node: Node, shape: Shape, point: Point) -> tuple[Direction, Fraction] | None:
    """A direction of a large excess, in integers as small as may be."""
    alpha_box = Box(Fraction(0), ONE if node.w is not None else Fraction(0))
    low = -ONE if node.u is not None and node.at_least else Fraction(0)
    high = ONE if node.u is not None and node.at_most else Fraction(0)
    boxes = {"a": alpha_box, "b": Box(low, high)}
    gain = {"a": Fraction(0), "b": Fraction(0)}
    if node.w is not None:
        gain["a"] += form(node.w, point)
    if node.u is not None:
        gain["b"] += form(node.u, point)
    gain["a"] -= node.scale * node.to_start * _at(point, "W 0")
    gain["b"] -= node.scale * node.to_start * _at(point, "U 0")
    objective = list(gain.items())
    rows: list[Row] = []
    for j, part in enumerate(node.parts):
        boxes[f"m {j}"] = Box(-_FAR, _FAR)
        objective.append((f"m {j}", -node.scale * part.share))
        rows += [
            row(f"{j} {t}", {"a": _at(point, f"W {t}"), "b": _at(point, f"U {t}"), f"m {j}": -ONE})
            for t in shape.support(part.support)
        ]
    found = lp.maximise(objective, rows, boxes)
    if not isinstance(found, lp.Optimum) or found.value <= 0:
        return None
    size = 1
    while size <= _LARGEST:
        direction = near(found.point["a"], found.point["b"], size)
        excess = _excess(node, shape, point, direction)
        if 2 * excess > found.value:
            return direction, excess
        size *= 4
    return None


def near(a: Fraction, b: Fraction, size: int) -> Direction:
    """A direction with denominators of at most this size."""
    largest = max(abs(a), abs(b))
    x, y = (a / largest).limit_denominator(size), (b / largest).limit_denominator(size)
    common = lcm(x.denominator, y.denominator)
    return int(x * common), int(y * common)


def _excess(node: Node, shape: Shape, point: Point, direction: Direction) -> Fraction:
    a, b = direction
    if not node.takes(a, b):
        return Fraction(-1)
    left = -node.scale * node.to_start * (a * _at(point, "W 0") + b * _at(point, "U 0"))
    left += a * form(node.w, point) if node.w is not None else 0
    left += b * form(node.u, point) if node.u is not None else 0
    for part in node.parts:
        states = shape.support(part.support)
        left -= (
            node.scale
            * part.share
            * max(a * _at(point, f"W {t}") + b * _at(point, f"U {t}") for t in states)
        )
    return left


def _minus(terms: Terms) -> dict[str, Fraction]:
    return {x: -c for x, c in terms.items()}
