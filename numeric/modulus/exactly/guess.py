r"""Where a cell seems to come nearest to the expert: floats, which nothing believes.

\(\min E(p)\) subject to \(F_k(p)\le0\), each row written as \(e+u-w\) with \(u,w\ge0\), so that E
is linear; sequential quadratic programs from a given point.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...numbers import Array
from .space import Space


class Floats:
    """Polynomials of a cell in floats, each scaled by its largest coefficient."""

    def __init__(self, polynomials: Sequence[Any], size: int) -> None:
        terms = [_scaled(p, size) for p in polynomials]
        powers = sorted({k for part in terms for k in part})
        self.powers = np.array(powers, dtype=float).reshape(len(powers), size)
        self.factors = np.array([[part.get(k, 0.0) for k in powers] for part in terms])

    def values(self, point: Any) -> Array:
        """F at a point."""
        found: Array = self.factors @ np.prod(np.asarray(point)[None, :] ** self.powers, axis=1)
        return found

    def gradients(self, point: Any) -> Array:
        """All derivatives, [K, size]."""
        x = np.asarray(point)
        columns = []
        for k in range(len(x)):
            lowered = self.powers.copy()
            lowered[:, k] = np.maximum(lowered[:, k] - 1, 0)
            columns.append(
                self.factors @ (self.powers[:, k] * np.prod(x[None, :] ** lowered, axis=1))
            )
        return np.stack(columns, axis=1) if columns else np.zeros((len(self.factors), 0))

    def inside(self, point: Any) -> bool:
        """Whether all are clearly negative."""
        return bool(np.all(self.values(point) < -1e-9))


def _scaled(polynomial: Any, size: int) -> dict[tuple[int, ...], float]:
    """Powers with their coefficients over the largest, divided before any is a float."""
    terms = {
        tuple(int(x) for x in k[:size]): Fraction(int(c.p), int(c.q))
        for k, c in polynomial.to_dict().items()
    }
    top = max(map(abs, terms.values()), default=Fraction(0))
    return {k: float(c / top) for k, c in terms.items()} if top else {}


@dataclass(frozen=True)
class _Masses:
    """All masses of all rows, one after the other, as arrays.

    Attributes:
        home: the expert's, [m].
        pick: the coordinates, [size, m].
        cost: what each opponent's error counts of a change, [opponents, m].
        sums: the masses of each row, [rows, m].
    """

    home: Array
    pick: Array
    cost: Array
    sums: Array

    @staticmethod
    def of(space: Space) -> "_Masses":
        entries = [(r, row, c) for r, row in enumerate(space.rows) for c in range(len(row.home))]
        opponents = sorted({row.opponent for row in space.rows})
        pick = np.zeros((space.size, len(entries)))
        cost = np.zeros((len(opponents), len(entries)))
        sums = np.zeros((len(space.rows), len(entries)))
        for k, (r, row, c) in enumerate(entries):
            if c:
                pick[row.places[c - 1], k] = 1
            cost[opponents.index(row.opponent), k] = float(row.weight)
            sums[r, k] = 1
        return _Masses(np.array([float(row.home[c]) for _, row, c in entries]), pick, cost, sums)


def nearest(space: Space, floats: Floats, start: Sequence[float]) -> list[float] | None:
    """A point where E is least near `start`, or None where none was found."""
    from scipy.optimize import minimize

    all_ = _Masses.of(space)
    home, pick, cost, sums = all_.home, all_.pick, all_.cost, all_.sums
    m = len(home)

    def point(v: Array) -> Array:
        found: Array = pick @ (home + v[:m] - v[m : 2 * m])
        return found

    masses = np.concatenate([row.masses(list(start)) for row in space.rows]).astype(float)
    up, down = np.maximum(masses - home, 0), np.maximum(home - masses, 0)
    first = np.concatenate([up, down, [float((cost @ (up + down)).max())]])
    spread = np.hstack([pick, -pick, np.zeros((len(pick), 1))])
    both = np.hstack([cost, cost, -np.ones((len(cost), 1))])
    even = np.hstack([sums, -sums, np.zeros((len(sums), 1))])
    aim = np.zeros(2 * m + 1)
    aim[-1] = 1
    aim[: 2 * m] = 1e-9
    found = minimize(
        lambda v: float(aim @ v),
        first,
        jac=lambda v: aim,
        bounds=[*((0, 1 - h) for h in home), *((0, h) for h in home), (0, 2)],
        constraints=[
            {
                "type": "ineq",
                "fun": lambda v: -floats.values(point(v)),
                "jac": lambda v: -floats.gradients(point(v)) @ spread,
            },
            {"type": "ineq", "fun": lambda v: -both @ v, "jac": lambda v: -both},
            {"type": "eq", "fun": lambda v: even @ v, "jac": lambda v: even},
        ],
        method="SLSQP",
        options={"ftol": 1e-15, "maxiter": 200},
    )
    at = np.clip(point(found.x), 0, 1)
    if not np.all(np.isfinite(at)) or float(floats.values(at).max(initial=-1)) > 1e-6:
        return None
    return [float(x) for x in at]
