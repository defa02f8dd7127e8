r"""The best multipliers for ranges of the disagreements: a linear program over their corners.

Floats solve it. Multipliers near the best ones prove a bound near the best one, made exact by the
mass; who needs the best ones can have them, from an exact program.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from .. import lp
from ..checkers.two_states import KINDS, REGRETS, STAYS, Ranges, leaving, worths
from ..problem import Box, Row
from . import small_lp
from .small_lp import Floats

GRAINS = 10**8
GRAIN = Fraction(1, GRAINS)
"""Multipliers are rounded to this."""
_ONE, _ZERO = Fraction(1), Fraction(0)

Multipliers = dict[str, Fraction]
Corner = tuple[int, Fraction, Fraction]
"""A state and its disagreements."""


@dataclass(frozen=True)
class Scene:
    """Whose gain, and what the argument says of it: the discount, the errors' budgets.

    A budget of None is that of players with nothing to choose.
    """

    players: tuple[int, ...]
    discount: Fraction
    own: Fraction | None
    others: Fraction | None

    @property
    def ranges(self) -> Ranges:
        """What the disagreements may be."""
        able = {"own": self.own is not None, "others": self.others is not None}
        unit = {(kind, s): (_ZERO, Fraction(int(able[kind]))) for kind in KINDS for s in (0, 1)}
        return unit | REGRETS


class Program:
    """The visits to the corners of ranges that gain the most, and the multipliers that bound it."""

    def __init__(self, scene: Scene, cut: Ranges) -> None:
        g = scene.discount
        self.scene = scene
        self.corners: list[Corner] = [
            (s, a, q)
            for s in (0, 1)
            for a, q in dict.fromkeys(product(cut["own", s], cut["others", s]))
        ]
        worth, later = worths(cut, g)
        self.away = [leaving(cut, g, s) for s in (0, 1)]
        self.gains = [
            (a * worth[s] + (1 - a) * q * g * later) / (1 - g) for s, a, q in self.corners
        ]
        self.together = [1 - g * (1 - a) * (1 - q) for _, a, q in self.corners]
        self.kept = [g * (1 - q - self.away[s]) for s, _, q in self.corners]

    def rounded(self) -> tuple[Multipliers, Floats] | None:
        """Multipliers up to rounding, all but the mass; visits [together or not, corner]."""
        g, count = float(self.scene.discount), len(self.corners)
        state = np.array([s for s, _, _ in self.corners])
        a, q = (np.array([float(c[k]) for c in self.corners]) for k in (1, 2))
        kept = np.array([float(x) for x in self.kept])
        one, zero = np.ones(count), np.zeros(count)
        rows = [np.concatenate([[float(x) for x in self.together], zero]), np.append(one, one)]
        rows += [np.concatenate([a, a]), np.concatenate([q, q])]
        stays = [s for s in (0, 1) if self.away[s] < 1]
        rows += [np.concatenate([a * kept, kept - 1]) * np.tile(state == s, 2) for s in stays]
        budgets = [float(self.scene.own or 0), float(self.scene.others or 0)]
        found = small_lp.maximise(
            np.concatenate([[float(x) for x in self.gains], zero]),
            np.array(rows),
            np.array([1 - g, 1.0, *budgets, *(0.0 for _ in stays)]),
            [0, count],
        )
        if found is None:
            return None
        names = ("flow", "mass", *KINDS, *(STAYS[s] for s in stays))
        y = {
            name: round(float(number) * GRAINS) * GRAIN
            for name, number in zip(names, found.multipliers, strict=True)
        }
        y = {name: x if name == "flow" else max(x, _ZERO) for name, x in y.items()}
        return {**y, "mass": self.mass(y)}, found.point.reshape(2, count)

    def mass(self, y: Multipliers) -> Fraction:
        """The least mass that makes the inequalities of a leaf true."""
        flow, own, others, *stays = (y.get(x, _ZERO) for x in ("flow", *KINDS, *STAYS))
        rows = zip(self.corners, self.gains, self.together, self.kept, strict=True)
        return max(
            max(f - stays[s] * a * kept - flow * together, stays[s] * (1 - kept))
            - own * a
            - others * q
            for (s, a, q), f, together, kept in rows
        )

    def exact(self) -> Multipliers | None:
        """The best multipliers."""
        gain: list[tuple[str, Fraction]] = []
        rows: dict[str, list[tuple[str, Fraction]]] = {
            x: [] for x in ("flow", "mass", *KINDS, *STAYS)
        }
        for x, (s, a, q) in enumerate(self.corners):
            gain.append((f"N{x}", self.gains[x]))
            rows["flow"].append((f"N{x}", self.together[x]))
            if self.away[s] < 1:
                rows[STAYS[s]] += [(f"N{x}", a * self.kept[x]), (f"L{x}", self.kept[x] - 1)]
            for visits in (f"N{x}", f"L{x}"):
                rows["mass"].append((visits, _ONE))
                rows["own"].append((visits, a))
                rows["others"].append((visits, q))
        found = lp.maximise(
            gain,
            [
                Row("flow", _terms(rows["flow"]), "==", 1 - self.scene.discount),
                Row("mass", _terms(rows["mass"]), "==", _ONE),
                *(Row(x, _terms(rows[x]), "<=", _ZERO) for x in STAYS if rows[x]),
                Row("own", _terms(rows["own"]), "<=", self.scene.own or _ZERO),
                Row("others", _terms(rows["others"]), "<=", self.scene.others or _ZERO),
            ],
            {
                f"{kind}{x}": Box(_ZERO, Fraction(2))
                for kind in "NL"
                for x in range(len(self.corners))
            },
        )
        if not isinstance(found, lp.Optimum):
            return None
        return {name: found.multipliers.get(name, _ZERO) for name in rows}

    def value(self, y: Multipliers) -> Fraction:
        """What multipliers prove."""
        own, others = self.scene.own or _ZERO, self.scene.others or _ZERO
        flow = y.get("flow", _ZERO) * (1 - self.scene.discount)
        return flow + y["mass"] + y.get("own", _ZERO) * own + y.get("others", _ZERO) * others


def _terms(given: list[tuple[str, Fraction]]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((x, c) for x, c in given if c)
