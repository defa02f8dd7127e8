"""Where the states, arrows and labels of a game's picture go, so that they do not overlap.

States stand on an ellipse in the order that lets arrows cross least; each arrow then takes the
bend, and each label the place beside its arrow, that disturbs the least of what is already there.
All lengths are in centimetres. Nothing is random: the same game gives the same picture.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np

from .numbers import Array

Point = tuple[float, float]

_STEPS = np.linspace(0, 1, 33)
_TRIES = (16, 14, 18, 12, 20, 10, 22, 8, 24, 6, 26)
_BENDS = (0.0, 0.15, -0.15, 0.25, -0.25, 0.4, -0.4, 0.6, -0.6)
_HALF_WIDTH = 3.9
_LOOP = 0.85
_CROWDED = 16
"""Arrows beyond which fewer layouts are tried, for time."""


@dataclass(frozen=True)
class Size:
    """Width and height of a box."""

    width: float
    height: float


@dataclass(frozen=True)
class Arrow:
    """A Bezier curve from one state to another, in four points; its label's centre and size."""

    source: int
    target: int
    curve: tuple[Point, Point, Point, Point]
    label: Point
    size: Size

    def shifted(self, shift: float) -> tuple[Point, Point, Point, Point]:
        """The curve, moved sideways by so much."""
        (ax, ay), *_, (dx, dy) = self.curve
        norm = ((dx - ax) ** 2 + (dy - ay) ** 2) ** 0.5 or 1.0
        mx, my = shift * (ay - dy) / norm, shift * (dx - ax) / norm
        a, b, c, d = ((x + mx, y + my) for x, y in self.curve)
        return a, b, c, d


@dataclass(frozen=True)
class Picture:
    """The states' centres and radius, and the arrows in the order in which they were given.

    Attributes:
        centres: one a state.
        radius: of all states.
        arrows: in the order in which they were given.
        extent: lower left and upper right corner of what the arrows cover.
        penalty: how much overlaps, 0 for a clean picture.
    """

    centres: tuple[Point, ...]
    radius: float
    arrows: tuple[Arrow, ...]
    extent: tuple[Point, Point]
    penalty: float


def lay_out(
    states: int, radius: float, labels: Mapping[tuple[int, int], Size], *, inline: bool = False
) -> Picture:
    """Places everything.

    Args:
        states: how many.
        radius: of a state's circle.
        labels: (source, target) -> the size of the arrow's label, one for each arrow.
        inline: labels interrupt their arrows instead of standing beside them.

    Returns:
        The best of a few layouts, by the area of overlaps.

    Example:
        >>> picture = lay_out(2, 0.4, {(0, 1): Size(0.5, 0.3), (0, 0): Size(0.5, 0.3)})
        >>> len(picture.centres), [arrow.target for arrow in picture.arrows]
        (2, [1, 0])
    """
    order = _order(states, set(labels))
    best: Picture | None = None
    heights = (1.7, 2.3, 3.0) if len(labels) <= _CROWDED else (2.3,)
    turns = (0.5, 0.0, 0.25, 0.75) if states > 2 else (0.0,)
    for height, turn in product(heights, turns):
        centres = _ellipse(order, height, turn, radius)
        found = _Drawing(centres, radius, labels, inline=inline).picture()
        if best is None or found.penalty < best.penalty - 1e-9:
            best = found
        if best.penalty < 0.08:
            break
    assert best is not None  # the loop runs
    return best


def _order(states: int, arrows: set[tuple[int, int]]) -> tuple[int, ...]:
    """The cyclic order of the states with the shortest arrows round the circle."""
    start = tuple(range(states))
    pairs = {(min(e), max(e)) for e in arrows if e[0] != e[1]}

    def cost(order: Sequence[int]) -> float:
        place = {state: k for k, state in enumerate(order)}
        steps = [abs(place[a] - place[b]) for a, b in pairs]
        return sum(min(d, states - d) ** 2 for d in steps)

    if states <= 7:
        return min(((0, *rest) for rest in permutations(start[1:])), key=cost)
    order, improved = list(start), True
    while improved:
        improved = False
        for a, b in product(range(1, states), repeat=2):
            swapped = order.copy()
            swapped[a], swapped[b] = swapped[b], swapped[a]
            if cost(swapped) < cost(order):
                order, improved = swapped, True
    return tuple(order)


def _ellipse(order: tuple[int, ...], height: float, turn: float, radius: float) -> Array:
    count = len(order)
    centres = np.zeros((count, 2))
    if count == 1:
        return centres
    half = min(2.6, 1.3 + 0.35 * count, _HALF_WIDTH - radius - 0.3)
    for k, state in enumerate(order):
        angle = np.pi - 2 * np.pi * (k + turn) / count
        tall = height * (0 if count == 2 else max(1.0, count / 6))
        centres[state] = half * np.cos(angle), tall * np.sin(angle)
    return centres


class _Drawing:
    """One layout under construction: what is placed so far, and what a further piece would cost."""

    def __init__(
        self, centres: Array, radius: float, labels: Mapping[tuple[int, int], Size], *, inline: bool
    ) -> None:
        self.centres = centres
        self.radius = radius
        self.labels = labels
        self.inline = inline
        self.curves: dict[tuple[int, int], Array] = {}
        self.points: dict[tuple[int, int], Array] = {}
        self.places: dict[tuple[int, int], Array] = {}

    def picture(self) -> Picture:
        ends = sorted(self.labels, key=lambda e: (e[0] == e[1], self._distance(e)))
        for end in ends:
            self._place(end, min(self._candidates(end), key=lambda c: self._curve_cost(end, c)))
        penalty = 0.0
        for _ in range(2):
            penalty = 0.0
            for end in sorted(ends, key=lambda e: -self.labels[e].width):
                self.places.pop(end, None)
                spots = self._label_places(end, self.points[end])
                costs = self._label_costs(end, spots)
                self.places[end] = spots[costs.argmin()]
                penalty += float(costs.min())
        arrows = [
            Arrow(*end, _points(self.curves[end]), _point(self.places[end]), size)
            for end, size in self.labels.items()
        ]
        centres = tuple(_point(centre) for centre in self.centres)
        covered = np.concatenate([*self.points.values(), self.centres])
        extent = _point(covered.min(axis=0)), _point(covered.max(axis=0))
        return Picture(centres, self.radius, tuple(arrows), extent, penalty)

    def _place(self, end: tuple[int, int], curve: Array) -> None:
        self.curves[end], self.points[end] = curve, _along(curve)

    def _distance(self, end: tuple[int, int]) -> float:
        return float(np.linalg.norm(self.centres[end[0]] - self.centres[end[1]]))

    def _candidates(self, end: tuple[int, int]) -> list[Array]:
        source, target = end
        p, q = self.centres[source], self.centres[target]
        if source == target:
            return [self._loop(p, angle) for angle in np.arange(0, 2 * np.pi, np.pi / 6)]
        both = (target, source) in self.labels
        bends = [b for b in _BENDS if b > 0] if both else _BENDS
        return [self._bend(p, q, bend) for bend in bends]

    def _loop(self, centre: Array, angle: float) -> Array:
        spread, r = 0.42, self.radius
        first = np.array([np.cos(angle - spread), np.sin(angle - spread)])
        last = np.array([np.cos(angle + spread), np.sin(angle + spread)])
        ends = [r * first, (r + _LOOP) * first, (r + _LOOP) * last, r * last]
        return centre + np.array(ends)

    def _bend(self, p: Array, q: Array, bend: float) -> Array:
        across = np.array([q[1] - p[1], p[0] - q[0]])
        c1 = p + (q - p) / 3 + bend * across
        c2 = q - (q - p) / 3 + bend * across
        out, back = c1 - p, c2 - q
        first = p + self.radius * out / np.linalg.norm(out)
        last = q + self.radius * back / np.linalg.norm(back)
        return np.array([first, c1, c2, last])

    def _curve_cost(self, end: tuple[int, int], curve: Array) -> float:
        """How much an arrow would disturb states, arrows and its own label."""
        points = _along(curve)
        others = [s for s in range(len(self.centres)) if s not in end]
        near = np.linalg.norm(points[:, None] - self.centres[others][None], axis=2)
        cost = 10 * float(np.clip(self.radius + 0.2 - near, 0, None).sum())
        if self.points:
            placed = np.stack(list(self.points.values()))[:, ::2]
            away = placed[:, None] - points[::2][None, :, None]
            gaps = np.sqrt((away * away).sum(axis=-1))
            weights = [0.24 if set(end) & set(other) else 0.48 for other in self.points]
            close = np.clip(0.25 - gaps, 0, None).sum(axis=(1, 2))
            cost += float(close @ np.array(weights))
        cost += 5 * float(np.clip(np.abs(points[:, 0]) - _HALF_WIDTH, 0, None).sum())
        spots = self._label_places(end, points)
        cost += float((self._state_costs(end, spots) + self._curve_costs(end, spots)).min())
        if end[0] == end[1]:
            outward = curve[1] + curve[2] - 2 * self.centres[end[0]]
            return cost - 0.05 * float(outward @ self.centres[end[0]])
        length = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
        return cost + 0.5 * float(length - self._distance(end) + 2 * self.radius)

    def _label_places(self, end: tuple[int, int], points: Array) -> Array:
        """Where an arrow's label may go: on it, or on either side, from the middle outwards."""
        size, inline = self.labels[end], self._is_inline(end)
        at = np.array(_TRIES)
        step = points[at + 1] - points[at - 1]
        normal = np.stack([-step[:, 1], step[:, 0]], axis=1)
        normal = normal / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-12)
        if inline:
            return np.asarray(points[at])
        reach = np.abs(normal) @ np.array([size.width, size.height]) / 2 + 0.1
        beside = reach[:, None] * normal
        spots = np.stack([points[at] + beside, points[at] - beside], axis=1)
        return spots.reshape(-1, 2)

    def _label_costs(self, end: tuple[int, int], spots: Array) -> Array:
        half = _half(self.labels[end])
        cost = self._state_costs(end, spots) + self._curve_costs(end, spots)
        for other, spot in self.places.items():
            room = _half(self.labels[other]) + half + 0.04
            over = np.clip(room - np.abs(spots - spot), 0, None)
            cost = cost + 6 * over.prod(axis=1) + 0.3 * over.all(axis=1)
        return cost

    def _state_costs(self, end: tuple[int, int], spots: Array) -> Array:
        """Labels over states, labels out of the column, labels far from the middle."""
        half = _half(self.labels[end])
        beyond = np.clip(np.abs(self.centres[None] - spots[:, None]) - half, 0, None)
        near = np.linalg.norm(beyond, axis=2)
        cost = 6 * np.clip(self.radius + 0.06 - near, 0, None).sum(axis=1)
        outside = np.clip(np.abs(spots[:, 0]) + half[0] - _HALF_WIDTH - 0.2, 0, None)
        return np.asarray(cost + 5 * outside + 0.002 * np.arange(len(spots)))

    def _curve_costs(self, end: tuple[int, int], spots: Array) -> Array:
        """Labels over arrows; an inline label may lie on its own."""
        if not self.points:
            return np.zeros(len(spots))
        half = _half(self.labels[end]) + 0.03
        away = np.abs(np.stack(list(self.points.values()))[None] - spots[:, None, None])
        across, up = away[..., 0], away[..., 1]
        over = ((across < half[0]) & (up < half[1])).sum(axis=2)
        near = ((across < half[0] + 0.18) & (up < half[1] + 0.18)).sum(axis=2)
        others = np.array([other != end for other in self.points])
        hit = others | (not self._is_inline(end))
        return np.asarray(0.12 * over @ hit + 0.05 * near @ others)

    def _is_inline(self, end: tuple[int, int]) -> bool:
        """Loops are too small to be interrupted."""
        return self.inline and end[0] != end[1]


def _half(size: Size) -> Array:
    return np.array([size.width, size.height]) / 2


def _along(curve: Array) -> Array:
    t = _STEPS[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    points: Array = weights @ curve
    return points


def _points(curve: Array) -> tuple[Point, Point, Point, Point]:
    a, b, c, d = (_point(point) for point in curve)
    return a, b, c, d


def _point(given: Array) -> Point:
    return float(given[0]), float(given[1])
