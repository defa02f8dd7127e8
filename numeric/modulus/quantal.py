r"""Quantal response equilibria \(\pi_i=b^\tau[\pi_{-i}]\), by homotopy in \(\tau\).

At a high temperature the soft best response is a contraction and plain iteration finds the only
equilibrium. From there the temperature falls; each equilibrium starts the search for the next. At
each temperature damped iteration goes first, then, on few unknowns, a Newton method on the logits.
Nothing is believed: the answer carries its residual \(\max_{i,s}\|\pi_i(s)-b^\tau(s)\|_1\) with a
bound on its own error.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..game import MarkovGame
from ..policy import ProductPolicy
from .soft import check_temperature, soft_best_response, softmax

DAMPED = 60
"""Damped iterations after which the Newton method is worth its start."""
MOST_UNKNOWNS = 600
"""Logits above which the Newton method, with its dense Jacobian, is not tried."""


@dataclass(frozen=True)
class QuantalPoint:
    r"""A profile near a \(\tau\)-quantal response equilibrium.

    Attributes:
        policy: the profile, in floats.
        temperature: \(\tau\).
        residual: a proved upper bound on \(\max_{i,s}\|\pi_i(s)-b^\tau[\pi_{-i}](s)\|_1\).
    """

    policy: ProductPolicy
    temperature: float
    residual: float


def quantal_path(
    game: MarkovGame,
    temperatures: Iterable[float],
    *,
    tolerance: float = 1e-10,
    steps: int = 2000,
) -> Iterator[QuantalPoint]:
    r"""Quantal response equilibria for temperatures in the order given, each from the one before.

    The first is led to from the uniform profile at a high temperature.

    Args:
        game: exact or float; it is read in floats.
        temperatures: \(\tau>0\).
        tolerance: the residual at which the search ends.
        steps: damped iterations at each temperature.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> game = catalogue()["matching-pennies"].build().game
        >>> (found,) = quantal_path(game, [0.1])
        >>> found.residual < 1e-9, [round(float(x), 6) for x in found.policy[0][0]]
        (True, [0.5, 0.5])
    """
    game = game.as_float() if game.is_exact else game
    policy: ProductPolicy | None = None
    for temperature in temperatures:
        check_temperature(temperature)
        if policy is None:
            policy = ProductPolicy.uniform(game)
            for rung in _ladder(game, temperature):
                policy = _settle(game, policy, rung, tolerance, steps).policy
        found = _settle(game, policy, temperature, tolerance, steps)
        policy = found.policy
        yield found


def _ladder(game: MarkovGame, temperature: float) -> list[float]:
    """Temperatures from a high one down to, and without, the one that is asked for."""
    highest = max(temperature, 2 / (1 - float(game.discount)))
    rungs = max(1, math.ceil(2 * math.log2(highest / temperature)))
    return [highest * (temperature / highest) ** (k / rungs) for k in range(rungs)]


def measured(game: MarkovGame, policy: ProductPolicy, temperature: float) -> QuantalPoint:
    """The profile with its residual, proved."""
    residual = 0.0
    for i in range(game.players):
        response = soft_best_response(game, policy, i, temperature)
        far = float(np.abs(response.table - policy[i]).sum(axis=1).max())
        residual = max(residual, far + response.policy_error)
    return QuantalPoint(policy, temperature, float(residual))


def _settle(
    game: MarkovGame, policy: ProductPolicy, temperature: float, tolerance: float, steps: int
) -> QuantalPoint:
    unknowns = game.num_states * sum(game.num_actions)
    damping, last = 1.0, math.inf
    best = policy
    for _ in range(steps if unknowns > MOST_UNKNOWNS else min(steps, DAMPED)):
        responses = [
            soft_best_response(game, policy, i, temperature).table for i in range(game.players)
        ]
        far = max(
            float(np.abs(b - p).sum(axis=1).max()) for b, p in zip(responses, policy, strict=True)
        )
        if far < last:
            best, last, damping = policy, far, min(1.0, damping * 1.1)
        else:
            damping = max(damping / 2, 1e-3)
        if far <= tolerance / 2:
            break
        policy = ProductPolicy(
            [p + damping * (b - p) for b, p in zip(responses, policy, strict=True)]
        )
    if last > tolerance / 2 and unknowns <= MOST_UNKNOWNS:
        best = _newton(game, best, temperature)
    return measured(game, best, temperature)


def _newton(game: MarkovGame, policy: ProductPolicy, temperature: float) -> ProductPolicy:
    """A root of logits minus Q over the temperature; the start again if it is no better."""
    from scipy.optimize import root

    sizes = [game.num_states * k for k in game.num_actions]

    def profile(logits: Any) -> ProductPolicy:
        parts = np.split(logits, np.cumsum(sizes)[:-1])
        tables = [part.reshape(game.num_states, -1) for part in parts]
        return ProductPolicy([softmax(table, 1.0)[0] for table in tables])

    def wrong(logits: Any) -> Any:
        now = profile(logits)
        asked = []
        for i in range(game.players):
            response = soft_best_response(game, now, i, temperature)
            q = response.q - response.state_values[:, None]
            asked.append((q / temperature).ravel())
        # The wanted logits are those of a distribution, which also fixes the constant of each row.
        return logits - np.concatenate(asked)

    start = np.concatenate([np.log(np.maximum(t, 1e-300)).ravel() for t in policy])
    found = root(wrong, start, method="hybr", options={"xtol": 1e-14})
    candidate = profile(found.x)
    before, after = (measured(game, p, temperature).residual for p in (policy, candidate))
    return candidate if after < before else policy
