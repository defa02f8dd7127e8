r"""Fixed points \(x=b+\gamma Mx\) of sparse contractions, and optimal values by policy iteration.

The Krylov method BiCGSTAB takes most of the error away and may break down; sweeps \(x\leftarrow
b+\gamma Mx\) always contract. Nothing here is trusted: the caller bounds the error of what comes
out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..numbers import Array
from .game import Matrix
from .mdp import SparseMdp

_KRYLOV_STEPS = 200
_SWEEPS = 20_000
_TURNS = 200


def fixed_point(
    matrix: Matrix, gamma: float, right: Array, guess: Array, tolerance: float
) -> Array:
    r"""Solves \(x=b+\gamma Mx\) to a largest residual of `tolerance`, or as far as floats allow."""
    from scipy.sparse import eye_array
    from scipy.sparse.linalg import bicgstab

    def step(x: Array) -> Array:
        moved: Array = right + gamma * (matrix @ x)
        return moved

    operator = eye_array(len(right), format="csr") - gamma * matrix
    x = guess
    residual = step(x) - x
    left = float(np.abs(residual).max())
    while left > tolerance:
        with np.errstate(all="ignore"):
            correction, _ = bicgstab(
                operator,
                residual,
                rtol=1e-13,
                atol=tolerance / 4,
                maxiter=_KRYLOV_STEPS,
            )
        trial = x + correction
        residual = step(trial) - trial
        after = float(np.abs(residual).max())
        if not after < left / 2:
            return _sweep(step, x, tolerance)
        x, left = trial, after
    return x


def _sweep(step: Callable[[Array], Array], x: Array, tolerance: float) -> Array:
    left, stale = np.inf, 0
    for _ in range(_SWEEPS):
        moved = step(x)
        after = float(np.abs(moved - x).max())
        x = moved
        # Contraction stops at the rounding floor: no progress for a while means it is reached.
        stale = 0 if after < left else stale + 1
        left = min(left, after)
        if after <= tolerance or stale > 20:
            break
    return x


@dataclass(frozen=True, eq=False)
class SparseOptimum:
    """Nearly optimal values [S], their computed backup [S], and the greedy actions [S]."""

    values: Array
    backup: Array
    actions: Array


def optimum(mdp: SparseMdp, tolerance: float, values: Array | None = None) -> SparseOptimum:
    """Policy iteration to a Bellman residual of at most `tolerance`, or to the rounding floor."""
    from scipy.sparse import csr_array

    count = mdp.num_actions
    states = np.arange(mdp.rewards.shape[1])
    if values is None:
        values = np.zeros(len(states))
    best = _greedy(mdp, values)
    for _ in range(_TURNS):
        residual = float(np.abs(best.backup - best.values).max())
        if residual <= tolerance:
            return best
        rows = states * count + best.actions
        moved = fixed_point(
            csr_array(mdp.kernel[rows]),
            mdp.discount,
            mdp.rewards[0][states, best.actions],
            best.backup,
            max(tolerance / 4, residual * 1e-4),
        )
        trial = _greedy(mdp, moved)
        same = bool((trial.actions == best.actions).all())
        best = trial
        if same and float(np.abs(best.backup - best.values).max()) >= residual:
            break

    def step(x: Array) -> Array:
        improved: Array = mdp.q(x).max(axis=1)
        return improved

    return _greedy(mdp, _sweep(step, best.values, tolerance))


def _greedy(mdp: SparseMdp, values: Array) -> SparseOptimum:
    q = mdp.q(values)
    actions = q.argmax(axis=1)
    return SparseOptimum(values, q[np.arange(len(q)), actions], actions)
