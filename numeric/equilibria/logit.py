r"""The path of logit equilibria from the uniform profile to a Nash equilibrium.

\(\pi_i(a\mid s)\propto e^{\beta_i(s,a)}\) with
\(\beta_i(s,a)-\beta_i(s,0)=\lambda[Q_i^\pi(s,a)-Q_i^\pi(s,0)]\). At \(\lambda=0\) the profile is
uniform; for almost every game the solutions form a smooth path that leads to a stationary
equilibrium as \(\lambda\to\infty\). Euler steps along the tangent, Newton steps back to the path,
in \((\beta,\lambda)\) by arc length, so the path may turn back in \(\lambda\).

Source: S. Eibelshaeuser, D. Poensgen, Markov quantal response equilibrium and a homotopy method for
computing and selecting Markov perfect equilibria of dynamic stochastic games (2019).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..numbers import Array
from .smooth import FloatGame

_FIRST_STEP = 0.5
_LEAST_STEP = 1e-7
_MOST_STEPS = 3000
_ACCEPT = 1e-6
_CORRECTIONS = 5
_MOST_PRECISION = 1e8


@dataclass(frozen=True, eq=False)
class PathPoint:
    r"""A point near the path: \(\lambda\), the logits and the profile there."""

    precision: float
    logits: Array
    tables: list[Array]


class LogitPath:
    r"""The equations \(H(\beta,\lambda)=0\) of a game and the walk along their solutions.

    Args:
        game: the game.
        seed: None starts at the uniform profile; a number shifts every logit by a normal deviate,
            so that another path, from another profile, is walked.
    """

    def __init__(self, game: FloatGame, seed: int | None = None) -> None:
        self.game = game
        parts = [np.arange(game.total)[s].reshape(game.size, -1) for s in game.slices]
        self.free = np.concatenate([p[:, 1:].ravel() for p in parts])
        self.base = np.concatenate([np.repeat(p[:, 0], p.shape[1] - 1) for p in parts])
        self.shift = np.zeros(len(self.free))
        if seed is not None:
            self.shift = np.random.default_rng(seed).normal(size=len(self.free))

    def tables(self, logits: Array) -> list[Array]:
        """The profile of the logits of all actions but each state's first."""
        full = np.zeros(self.game.total)
        full[self.free] = logits
        found = []
        for part, count in zip(self.game.slices, self.game.counts, strict=True):
            own = full[part].reshape(self.game.size, count)
            weights = np.exp(own - own.max(axis=1, keepdims=True))
            found.append(weights / weights.sum(axis=1, keepdims=True))
        return found

    def equations(self, point: Array) -> tuple[Array, Array]:
        r"""\(H\), shape [m], and its derivative by \((\beta,\lambda)\), shape [m, m + 1]."""
        tables = self.tables(point[:-1])
        smooth = self.game.smooth(tables)
        q = np.concatenate([x.ravel() for x in smooth.q])
        advantage = q[self.free] - q[self.base]
        slope = smooth.derivative[self.free] - smooth.derivative[self.base]
        # d pi(c) / d beta(b) = pi(c) ([c = b] - pi(b)) within a player's state.
        weights = np.concatenate([t.ravel() for t in tables])
        chained = slope * weights
        for part, count in zip(self.game.slices, self.game.counts, strict=True):
            view = chained[:, part].reshape(len(slope), -1, count)
            total = view.sum(axis=2, keepdims=True)
            own = weights[part].reshape(-1, count)
            chained[:, part] = (view - total * own[None]).reshape(len(slope), -1)
        jacobian = np.empty((len(self.free), len(self.free) + 1))
        jacobian[:, :-1] = -point[-1] * chained[:, self.free]
        jacobian[np.arange(len(self.free)), np.arange(len(self.free))] += 1
        jacobian[:, -1] = -advantage
        return point[:-1] - self.shift - point[-1] * advantage, jacobian

    def walk(self) -> Iterator[PathPoint]:
        r"""Points along the path, from \(\lambda=0\) on, until it is lost or the steps run out."""
        point = np.append(self.shift, 0.0)
        _, jacobian = self.equations(point)
        tangent = _tangent(jacobian, np.eye(1, len(point), len(point) - 1)[0])
        step = _FIRST_STEP
        for _ in range(_MOST_STEPS):
            corrected = self._correct(point + step * tangent, tangent)
            if corrected is None:
                step /= 2
                if step < _LEAST_STEP:
                    return
                continue
            following, jacobian, turns = corrected
            direction = _tangent(jacobian, tangent)
            if float(direction @ tangent) < 0.7 and step > 100 * _LEAST_STEP:
                step /= 2
                continue
            point, tangent = following, direction
            yield PathPoint(float(point[-1]), point[:-1], self.tables(point[:-1]))
            if abs(float(point[-1])) > _MOST_PRECISION:
                return
            step *= 2.0 if turns <= 2 else 1.3 if turns <= 3 else 0.7

    def at(self, precision: float, near: Array) -> Array | None:
        r"""The logits at a given \(\lambda\) by Newton's method from `near`; None if it fails."""
        point = np.append(near, precision)
        value, jacobian = self.equations(point)
        for _ in range(50):
            if float(np.abs(value).max()) <= 1e-13 * (1 + float(np.abs(point).max())):
                return point[:-1]
            try:
                point[:-1] -= np.linalg.solve(jacobian[:, :-1], value)
            except np.linalg.LinAlgError:
                return None
            if not np.isfinite(point).all():
                return None
            value, jacobian = self.equations(point)
        return point[:-1] if float(np.abs(value).max()) < 1e-8 else None

    def _correct(self, point: Array, tangent: Array) -> tuple[Array, Array, int] | None:
        before = np.inf
        for turn in range(_CORRECTIONS):
            value, jacobian = self.equations(point)
            size = float(np.abs(value).max()) / (1 + abs(float(point[-1])) ** 0.5)
            if size <= _ACCEPT:
                return point, jacobian, turn
            if not size < before:
                return None
            before = size
            try:
                move = np.linalg.solve(np.vstack([jacobian, tangent]), np.append(-value, 0.0))
            except np.linalg.LinAlgError:
                return None
            point = point + move
        return None


def _tangent(jacobian: Array, before: Array) -> Array:
    """The unit vector along the path that goes on in the direction of `before`."""
    right = np.zeros(len(before))
    right[-1] = 1.0
    direction = np.linalg.solve(np.vstack([jacobian, before]), right)
    unit: Array = direction / np.linalg.norm(direction)
    return unit
