r"""From a nearly exact equilibrium to an exact one, where it is rational.

Newton's method with the float derivative but residuals in rationals gains some ten digits a turn.
After enough digits each probability is read as the fraction of small denominator that it agrees
with (continued fractions), and the profile counts only if its exact Nash gap is 0.
"""

from fractions import Fraction
from typing import Any

import numpy as np

from ..game import MarkovGame
from ..numbers import Array
from ..policy import ProductPolicy
from ..value import q_values
from .result import Equilibrium, certify
from .smooth import FloatGame

LARGEST = 200
"""Pairs of state and own action beyond which nothing is tried."""

_DIGITS = 120
_TURNS = 30


def reconstruct(game: MarkovGame, found: Equilibrium) -> Equilibrium:
    """The exact equilibrium next to `found` if it is rational and simple enough, else `found`."""
    near = FloatGame(game)
    if near.total > LARGEST:
        return found
    flat = _refine(game, near, found.policy)
    if flat is None:
        return found
    simple = [x.limit_denominator(10 ** (2 * _DIGITS // 5)) for x in flat]
    apart = max(abs(a - b) for a, b in zip(simple, flat, strict=True))
    if apart > Fraction(1, 10 ** (_DIGITS - 15)):
        return found
    tables = _tables(near, simple)
    if any(min(row) < 0 or sum(row) != 1 for table in tables for row in table):
        return found
    exact = certify(game, ProductPolicy(tables), f"{found.method}, then exact fractions")
    return exact if exact.exact else found


def _refine(game: MarkovGame, near: FloatGame, policy: ProductPolicy) -> list[Fraction] | None:
    flat: list[Fraction] = [x for table in policy for x in table.ravel().tolist()]
    weights = np.array([float(x) for x in flat])
    base_of = _bases(near, weights)
    unknown = [k for k in range(near.total) if weights[k] > 0 and base_of[k] != k]
    if not unknown:
        return flat
    bases = base_of[unknown]
    slope = near.smooth([np.array(t) for t in _tables(near, weights.tolist())]).derivative
    slope = slope[unknown] - slope[bases]
    slope = slope[:, unknown] - slope[:, bases]
    for _ in range(_TURNS):
        q = _q(game, near, flat)
        excess = [q[k] - q[b] for k, b in zip(unknown, bases, strict=True)]
        size = max(abs(x) for x in excess)
        if size < Fraction(1, 10**_DIGITS):
            return flat
        scaled = np.array([float(x / size) for x in excess])
        try:
            step = np.linalg.solve(slope, -scaled)
        except np.linalg.LinAlgError:
            return None
        if not np.isfinite(step).all():
            return None
        # Twice the digits reached so far are kept, lest the fractions grow without use.
        reached = size.denominator.bit_length() - size.numerator.bit_length()
        kept = 2 ** min(2 * max(reached, 0) + 80, 500)
        for k, b, move in zip(unknown, bases, step.tolist(), strict=True):
            moved = Fraction(round(Fraction(move) * size * kept), kept)
            flat[k] += moved
            flat[b] -= moved
        if min(flat) < 0:  # not the support of an equilibrium near here
            return None
    return None


def _q(game: MarkovGame, near: FloatGame, flat: list[Fraction]) -> list[Fraction]:
    policy = ProductPolicy(_tables(near, flat))
    return [x for i in range(near.players) for x in q_values(game, policy, i).ravel().tolist()]


def _tables(near: FloatGame, flat: list[Any]) -> list[Any]:
    return [
        [flat[s.start + r * k : s.start + (r + 1) * k] for r in range(near.size)]
        for s, k in zip(near.slices, near.counts, strict=True)
    ]


def _bases(near: FloatGame, weights: Array) -> Array:
    """For each coordinate the likeliest action of its state."""
    found = []
    for part, count in zip(near.slices, near.counts, strict=True):
        own = weights[part].reshape(-1, count)
        first = part.start + np.arange(len(own)) * count + own.argmax(axis=1)
        found.append(np.repeat(first, count))
    return np.concatenate(found)
