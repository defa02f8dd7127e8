r"""The relaxation of a one-state game of two players over a box of one player's policies.

Write \(\rho(k,l)=p(k)q(l)\). Every \([u_i(a,\cdot)-u_i(\cdot)]\) is linear in \(\rho\), and so are
the errors \(\|\rho-\rho_E\|_1\), \(\|p-e\|_1\), \(\|q-f\|_1\) after splitting absolute values. Only
the product is not. Over a box \(l\le p\le u\) it is relaxed to
\(l_kq(l)\le\rho(k,l)\le u_kq(l)\) with the right marginals: a linear program, exact in rationals,
whose optimum bounds the box. Where the box is a point the relaxation is the product itself.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

from ..lp import Infeasible, Optimum, maximise
from ..problem import Box, Row
from .result import Error

ZERO, ONE, TWO = Fraction(0), Fraction(1), Fraction(2)
Point = tuple[Fraction, ...]
Goal = tuple[tuple[int, int], ...]
"""Deviations, each a player and an action: what the largest or the smallest gap is sought of."""
Terms = tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Setting:
    """The game with the player who is boxed in front.

    Attributes:
        payoffs: the tables [K, L] of the two players.
        first: the expert's policies, of the player in front; second: of the other.
        eps: the error allowed.
        error: which error.
    """

    payoffs: tuple[tuple[Point, ...], tuple[Point, ...]]
    first: Point
    second: Point
    eps: Fraction
    error: Error

    @property
    def cells(self) -> Iterator[tuple[int, int]]:
        """All joint actions."""
        return itertools.product(range(len(self.first)), range(len(self.second)))

    @staticmethod
    def of(
        game: MarkovGame, expert: ProductPolicy, eps: Fraction, error: Error, boxed: int
    ) -> "Setting":
        """The setting of a game in which one player is boxed."""
        tables = [game.rewards[i][0] for i in (boxed, 1 - boxed)]
        turned = [t if boxed == 0 else t.T for t in tables]
        first, second = (tuple(tuple(row) for row in t.tolist()) for t in turned)
        mine, other = (tuple(expert[j][0].tolist()) for j in (boxed, 1 - boxed))
        return Setting((first, second), mine, other, eps, error)

    def flipped(self) -> "Setting":
        """The same with the other player in front."""
        first, second = self.payoffs
        turned = (tuple(zip(*second, strict=True)), tuple(zip(*first, strict=True)))
        return Setting(turned, self.second, self.first, self.eps, self.error)


@dataclass(frozen=True)
class Solved:
    """The optimum of a relaxation, and the marginals there."""

    value: Fraction
    first: Point
    second: Point


def relaxed(setting: Setting, goal: Goal, low: Point, high: Point, sign: int) -> Solved | None:
    """The relaxation over one box; None if it is empty.

    Where no exact answer is reached: what holds anyway, and the expert's policies.

    Args:
        setting: the game.
        goal: the one deviation of the largest gap, or all of them.
        low: the lower ends of the box.
        high: the upper ends.
        sign: 1 for the largest gap, -1 for minus the smallest.
    """
    rows = [*_product(setting, low, high), *_within(setting)]
    boxes = {f"r{k},{m}": Box(ZERO, ONE) for k, m in setting.cells}
    boxes |= {f"p{k}": Box(low[k], high[k]) for k in range(len(low))}
    boxes |= {f"q{m}": Box(ZERO, ONE) for m in range(len(setting.second))}
    boxes |= {x: Box(ZERO, TWO) for row in rows for x, _ in row.terms if x[0] == "z"}
    if sign > 0:
        objective: Terms = _gain(setting, *goal[0])
    else:
        boxes["t"] = Box(ZERO, TWO)
        objective = (("t", -ONE),)
        for k, deviation in enumerate(goal):
            terms = (*_gain(setting, *deviation), ("t", -ONE))
            rows.append(Row(f"gain {k}", terms, "<=", ZERO))
    found = maximise(objective, rows, boxes)
    if isinstance(found, Infeasible):
        return None
    if not isinstance(found, Optimum):
        return Solved(TWO if sign > 0 else ZERO, setting.first, setting.second)
    first = tuple(found.point[f"p{k}"] for k in range(len(low)))
    second = tuple(found.point[f"q{m}"] for m in range(len(setting.second)))
    return Solved(found.value, first, second)


def _gain(setting: Setting, player: int, action: int) -> Terms:
    payoff = setting.payoffs[player]
    terms = []
    for k, m in setting.cells:
        deviated = payoff[action][m] if player == 0 else payoff[k][action]
        if deviated != payoff[k][m]:
            terms.append((f"r{k},{m}", deviated - payoff[k][m]))
    return tuple(terms)


def _product(setting: Setting, low: Point, high: Point) -> Iterator[Row]:
    size, width = len(setting.first), len(setting.second)
    yield Row("one p", tuple((f"p{k}", ONE) for k in range(size)), "==", ONE)
    yield Row("one q", tuple((f"q{m}", ONE) for m in range(width)), "==", ONE)
    for k in range(size):
        terms = (*((f"r{k},{m}", ONE) for m in range(width)), (f"p{k}", -ONE))
        yield Row(f"first {k}", terms, "==", ZERO)
    for m in range(width):
        terms = (*((f"r{k},{m}", ONE) for k in range(size)), (f"q{m}", -ONE))
        yield Row(f"second {m}", terms, "==", ZERO)
    for k, m in setting.cells:
        cell = f"r{k},{m}"
        if low[k] == high[k]:
            yield Row(f"point {cell}", ((cell, ONE), (f"q{m}", -high[k])), "==", ZERO)
            continue
        yield Row(f"over {cell}", ((cell, ONE), (f"q{m}", -high[k])), "<=", ZERO)
        yield Row(f"under {cell}", ((cell, -ONE), (f"q{m}", low[k])), "<=", ZERO)


def _within(setting: Setting) -> Iterator[Row]:
    if setting.error == "mu" or setting.eps >= 2:
        return
    groups: list[list[tuple[str, str, Fraction]]]
    if setting.error == "rho":
        both = (setting.first, setting.second)
        groups = [[(f"z{k},{m}", f"r{k},{m}", both[0][k] * both[1][m]) for k, m in setting.cells]]
    else:
        groups = [
            [(f"zp{k}", f"p{k}", e) for k, e in enumerate(setting.first)],
            [(f"zq{m}", f"q{m}", e) for m, e in enumerate(setting.second)],
        ]
    for group in groups:
        for far, name, centre in group:
            yield Row(f"above {name}", ((name, ONE), (far, -ONE)), "<=", centre)
            yield Row(f"below {name}", ((name, -ONE), (far, -ONE)), "<=", -centre)
        whole = tuple((far, ONE) for far, _, _ in group)
        yield Row(f"error {group[0][0]}", whole, "<=", setting.eps)
