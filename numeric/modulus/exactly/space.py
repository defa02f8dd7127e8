r"""The opponents' policies as points, and their distance from the expert.

A row of an opponent who matters at a state is a point of a simplex, once actions that do the same
are merged; its coordinates are all its probabilities but the first. Merging costs nothing: mass
moved into or out of a class moves the least if it leaves the split within the class alone. So

\(E(p)=\max_j\sum_s\mu_{\pi^E}(s)\sum_c|p_j(c\mid s)-e_j(c\mid s)|\), c the classes,

is the least \(\max_j\mathbb E_{\mu_{\pi^E}}\|p_j-e_j\|_1\) over the policies of these class masses.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from ...dominance_side import Block, Side
from ...numbers import public
from ...policy import ProductPolicy

ZERO = Fraction(0)


@dataclass(frozen=True)
class Row:
    r"""The row of one opponent at one state.

    Attributes:
        opponent: position among the opponents. state: position among the kept states.
        weight: \(\mu_{\pi^E}(s)\).
        home: the expert's masses on the classes.
        classes: the actions of each class, its representative first.
        places: the coordinates of the classes but the first.
    """

    opponent: int
    state: int
    weight: Any
    home: tuple[Any, ...]
    classes: tuple[tuple[int, ...], ...]
    places: tuple[int, ...]

    def masses(self, point: Sequence[Any]) -> list[Any]:
        """The masses of all classes at a point, fractions or floats."""
        rest = [point[k] for k in self.places]
        return [1 - sum(rest), *rest]


@dataclass(frozen=True)
class Space:
    """All rows that matter; see the module."""

    view: Side
    expert: ProductPolicy
    rows: tuple[Row, ...]

    @property
    def size(self) -> int:
        """The number of coordinates."""
        return sum(len(row.places) for row in self.rows)

    @cached_property
    def plain(self) -> "Space":
        """The same with weights and homes in floats, for bounds that need not be exact."""
        rows = (
            replace(row, weight=float(row.weight), home=tuple(map(float, row.home)))
            for row in self.rows
        )
        return Space(self.view, self.expert, tuple(rows))

    @property
    def home(self) -> list[Fraction]:
        """The expert's coordinates."""
        return [x for row in self.rows for x in row.home[1:]]

    def kinks(self, place: int) -> list[Fraction]:
        """Where the distance bends along a coordinate."""
        return [
            row.home[1 + row.places.index(place)]
            for row in self.rows
            if place in row.places and row.weight > 0
        ]

    def error(self, point: Sequence[Any]) -> Any:
        """E of a point."""
        spent = [ZERO] * len(self.view.opponents)
        for row in self.rows:
            pairs = zip(row.masses(point), row.home, strict=True)
            spent[row.opponent] += row.weight * sum((abs(p - e) for p, e in pairs), ZERO)
        return max(spent, default=ZERO)

    def least_error(self, low: Sequence[Any], high: Sequence[Any]) -> Any:
        """A lower bound of E over a box, None where no point of it is a policy."""
        spent = [0 * low[0]] * len(self.view.opponents) if low else []
        for row in self.rows:
            bottom, top = [low[k] for k in row.places], [high[k] for k in row.places]
            if sum(bottom) > 1:
                return None
            ends = [(max(0, 1 - sum(top)), 1 - sum(bottom)), *zip(bottom, top, strict=True)]
            up = sum(max(lo - e, 0) for (lo, _), e in zip(ends, row.home, strict=True))
            down = sum(max(e - hi, 0) for (_, hi), e in zip(ends, row.home, strict=True))
            spent[row.opponent] += 2 * row.weight * max(up, down)
        return max(spent, default=ZERO)

    def profile(self, point: Sequence[Fraction]) -> ProductPolicy:
        """The policies of these class masses that are nearest to the expert's."""
        tables = [table.copy() for table in self.expert.policies]
        for row in self.rows:
            table = tables[self.view.opponents[row.opponent]][self.view.states[row.state]]
            parts = zip(row.classes, row.masses(point), row.home, strict=True)
            for actions, mass, home in parts:
                if mass >= home:
                    table[actions[0]] += mass - home
                else:
                    for a in actions:
                        table[a] = table[a] * mass / home
        return ProductPolicy(tables)


def space(view: Side, expert: ProductPolicy, weights: Sequence[Fraction]) -> Space:
    """The opponents' policies as the player meets them; `weights` are by state of the game."""
    rows: list[Row] = []
    count = 0
    for block in view.blocks:
        classes = _classes(view, block)
        own = public(expert.working[view.opponents[block.opponent]])[view.states[block.state]]
        places = tuple(range(count, count + len(classes) - 1))
        count += len(places)
        home = tuple(sum((own[a] for a in actions), ZERO) for actions in classes)
        weight = weights[view.states[block.state]]
        rows.append(Row(block.opponent, block.state, weight, home, classes, places))
    return Space(view, expert, tuple(rows))


def _classes(view: Side, block: Block) -> tuple[tuple[int, ...], ...]:
    axis = block.opponent + 1
    rewards = np.moveaxis(view.reward[block.state], axis, 0)
    kernels = np.moveaxis(view.kernel[block.state], axis, 0)

    def same(a: int, b: int) -> bool:
        alike = np.array_equal(rewards[a], rewards[b])
        return bool(alike and np.array_equal(kernels[a], kernels[b]))

    return tuple(tuple(a for a in range(len(rewards)) if same(a, first)) for first in block.actions)
