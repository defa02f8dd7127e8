"""Opponents that refute weak dominance: floats look for them, exact arithmetic confirms them.

The deviations' advantages are negative where the policy is strictly best, so they guide a search
where the gain itself is flat at 0. Coordinate ascent moves one opponent's row at one state at a
time towards one of its actions.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .dominance_side import Refutation, Side
from .numbers import Array

Rows = list[list[float]]

_STEPS = (1.0, 0.5, 0.1)
_SEEN = 1e-9


def search(side: Side, work: int, seed: int) -> Refutation | None:
    """Exact opponents against whom the policy is beaten, if `work` advantages show any."""
    near = side.as_float()
    generator = random.Random(seed)  # noqa: S311 - a reproducible search, no secret
    places = [(s, a) for s in sorted(side.on_path) for a in range(side.own.shape[1])]
    places = [(s, a) for s, a in places if side.own[s, a] != 1]
    meter = _Meter(near, work)
    for start in _starts(side, generator):
        if not places or meter.left <= 0:
            return None
        for place in places:
            rows = _ascend(meter, start, place)
            if near.advantages(near.tables(rows))[place] > _SEEN:
                found = _confirm(side, rows)
                if found is not None:
                    return found
    return None


def _starts(side: Side, generator: random.Random) -> Iterator[Rows]:
    sizes = [len(block.actions) for block in side.blocks]
    yield [[1 / n] * n for n in sizes]
    while True:
        drawn = [[generator.expovariate(1) for _ in range(n)] for n in sizes]
        yield [[x / sum(row) for x in row] for row in drawn]


@dataclass
class _Meter:
    """Advantages in floats, counted."""

    near: Side
    left: int

    def __call__(self, rows: Rows, place: tuple[int, int]) -> float:
        self.left -= 1
        return float(self.near.advantages(self.near.tables(rows))[place])


def _ascend(meter: _Meter, start: Rows, place: tuple[int, int]) -> Rows:
    rows, best = start, meter(start, place)
    improved = True
    while improved and best <= _SEEN:
        improved = False
        for k, row in enumerate(rows):
            for target in range(len(row)):
                for step in _STEPS:
                    if meter.left <= 0:
                        return rows
                    moved = [x * (1 - step) + step * (m == target) for m, x in enumerate(row)]
                    tried = [*rows[:k], moved, *rows[k + 1 :]]
                    worth = meter(tried, place)
                    if worth > best + 1e-12:
                        rows, row, best, improved = tried, moved, worth, True
    return rows


def _confirm(side: Side, rows: Rows) -> Refutation | None:
    """Rounds to ever finer rationals; mixes in a little of everything so that all is visited."""
    for bits in (3, 6, 12, 24):
        tables = side.tables([_rounded(row, 1 << bits) for row in rows])
        part = _working(Fraction(1, 1 << bits))
        for tried in (tables, _mixed(tables, side.uniform, part)):
            found = side.refute(tried)
            if found is not None:
                return found
    return None


def _mixed(tables: tuple[Array, ...], others: tuple[Array, ...], part: Any) -> tuple[Array, ...]:
    return tuple(t * (1 - part) + u * part for t, u in zip(tables, others, strict=True))


def _rounded(row: list[float], scale: int) -> list[Any]:
    counts = [round(x * scale) for x in row]
    counts[int(np.argmax(counts))] += scale - sum(counts)
    return [_working(Fraction(count, scale)) for count in counts]


def _working(number: Fraction) -> Any:
    from flint import fmpq

    return fmpq(number.numerator, number.denominator)
