"""Local search for good learners, in floats: sequential quadratic programs from a point."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nashgap.numeric.numbers import Array
from nashgap.numeric.polynomials.bernstein import raised

from .program import Program


class Ascent:
    """Climbs within one program, which is given in floats on the unit cube."""

    def __init__(self, program: Program) -> None:
        tensors = program.tensors
        self.shape = tuple(int(n) for n in np.max([t.shape for t in tensors], axis=0))
        self.matrix = np.array([raised(t, self.shape).ravel() for t in tensors])
        self.goals = len(program.objectives)
        self.balls = []
        at = 2 * self.goals
        for ball in program.balls:
            self.balls.append((at, range(at + 1, at + 1 + len(ball.terms))))
            at += 1 + len(ball.terms)
        self.above = range(at, len(tensors))
        self.slacks = sum(len(terms) for _, terms in self.balls)

    def climb(self, start: Sequence[float]) -> tuple[float, list[float]]:
        """The value and the point that a climb ends at."""
        from scipy.optimize import minimize

        size = len(self.shape)
        x = np.clip(np.asarray(start, dtype=float), 0.0, 1.0)
        values = self.matrix @ self._basis(x)
        slacks = np.concatenate([np.abs(values[list(t)]) for _, t in self.balls] or [np.zeros(0)])
        first = np.concatenate([x, slacks, [self._value(values)]])
        cost = np.zeros(len(first))
        cost[-1] = -1.0
        found = minimize(
            lambda z: -z[-1],
            first,
            jac=lambda z: cost,
            bounds=[(0.0, 1.0)] * size + [(0.0, None)] * self.slacks + [(None, None)],
            constraints={"type": "ineq", "fun": self._left, "jac": self._slopes},
            method="SLSQP",
            options={"maxiter": 60, "ftol": 1e-13},
        )
        x = np.clip(found.x[:size], 0.0, 1.0)
        return self._value(self.matrix @ self._basis(x)), x.tolist()

    def _value(self, values: Array) -> float:
        return float(min(values[2 * j] / values[2 * j + 1] for j in range(self.goals)))

    def _basis(self, x: Array, along: int | None = None) -> Array:
        found = np.ones(1)
        for axis, (size, u) in enumerate(zip(self.shape, x, strict=True)):
            n = size - 1
            if axis == along:
                row = [
                    (k * u ** max(k - 1, 0) * (1 - u) ** (n - k) if k else 0.0)
                    - ((n - k) * u**k * (1 - u) ** max(n - k - 1, 0) if k < n else 0.0)
                    for k in range(size)
                ]
            else:
                row = [u**k * (1 - u) ** (n - k) for k in range(size)]
            found = np.outer(found, row).ravel()
        return found

    def _left(self, z: Array) -> Array:
        """What must not be negative."""
        size = len(self.shape)
        values, slacks, top = self.matrix @ self._basis(z[:size]), z[size:-1], z[-1]
        rows = [values[2 * j] / values[2 * j + 1] - top for j in range(self.goals)]
        at = 0
        for cap, terms in self.balls:
            part = slacks[at : at + len(terms)]
            rows.append(values[cap] - part.sum())
            v = values[list(terms)]
            rows += [*(part - v), *(part + v)]
            at += len(terms)
        return np.array([*rows, *values[list(self.above)]])

    def _slopes(self, z: Array) -> Array:
        size = len(self.shape)
        x = z[:size]
        values = self.matrix @ self._basis(x)
        slopes = np.stack([self.matrix @ self._basis(x, k) for k in range(size)], axis=1)
        rows: list[Any] = []

        def add(part: Array, slack: dict[int, float], top: float = 0.0) -> None:
            row = np.zeros(len(z))
            row[:size], row[-1] = part, top
            for k, c in slack.items():
                row[size + k] = c
            rows.append(row)

        for j in range(self.goals):
            n, d = values[2 * j], values[2 * j + 1]
            add((slopes[2 * j] - n / d * slopes[2 * j + 1]) / d, {}, -1.0)
        at = 0
        for cap, terms in self.balls:
            add(slopes[cap], {at + k: -1.0 for k in range(len(terms))})
            for sign in (-1.0, 1.0):
                for k, place in enumerate(terms):
                    add(sign * slopes[place], {at + k: 1.0})
            at += len(terms)
        for place in self.above:
            add(slopes[place], {})
        return np.array(rows)
