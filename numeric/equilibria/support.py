r"""Newton's method on the equations of a support: everything that is played pays the same.

Unknowns: \(\pi_i(a\mid s)\) for every played action but one, the base; equations
\(Q_i(s,a)=Q_i(s,\text{base})\).
"""

from collections.abc import Sequence

import numpy as np

from ..numbers import Array
from .smooth import FloatGame

_TURNS = 12
_SMALL = 1e-13


def supports(tables: Sequence[Array], threshold: float) -> list[Array]:
    """Which actions are played with at least `threshold`; the likeliest always is."""
    return [(t >= threshold) | (t == t.max(axis=1, keepdims=True)) for t in tables]


def solve_on_support(
    game: FloatGame, tables: Sequence[Array], played: Sequence[Array]
) -> list[Array] | None:
    """A profile on the support that makes it indifferent, near `tables`; None if Newton fails."""
    now = [np.where(p, t, 0.0) for t, p in zip(tables, played, strict=True)]
    now = [t / t.sum(axis=1, keepdims=True) for t in now]
    bases = np.concatenate([_is_base(t) for t in now])
    free = np.concatenate([p.ravel() for p in played]) & ~bases
    base_of = np.concatenate([_base_of(t, s) for t, s in zip(now, game.slices, strict=True)])
    unknown = np.flatnonzero(free)
    if not len(unknown):
        return now
    for _ in range(_TURNS):
        smooth = game.smooth(now)
        q = np.concatenate([x.ravel() for x in smooth.q])
        excess = (q - q[base_of])[unknown]
        slope = smooth.derivative[unknown] - smooth.derivative[base_of[unknown]]
        slope = slope[:, unknown] - slope[:, base_of[unknown]]
        try:
            step = np.linalg.solve(slope, -excess)
        except np.linalg.LinAlgError:
            step = np.linalg.lstsq(slope, -excess, rcond=None)[0]
        flat = np.concatenate([t.ravel() for t in now])
        flat[unknown] += step
        np.subtract.at(flat, base_of[unknown], step)
        if not (np.isfinite(flat).all() and flat.min() > -0.5 and flat.max() < 1.5):
            return None
        now = [flat[s].reshape(game.size, k) for s, k in zip(game.slices, game.counts, strict=True)]
        if float(np.abs(step).max()) < _SMALL:
            break
    if min(float(t.min()) for t in now) < -1e-9:
        return None
    kept = [np.maximum(t, 0.0) for t in now]
    return [t / t.sum(axis=1, keepdims=True) for t in kept]


def _is_base(table: Array) -> Array:
    base = np.zeros(table.shape, dtype=bool)
    base[np.arange(len(table)), table.argmax(axis=1)] = True
    return base.ravel()


def _base_of(table: Array, part: slice) -> Array:
    size, count = table.shape
    first = part.start + np.arange(size) * count + table.argmax(axis=1)
    return np.repeat(first, count)
