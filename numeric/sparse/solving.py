r"""Fixed points of sparse contractions, and optimal values by policy iteration.

Sweeps \(x\leftarrow F(x)\) always contract, by \(\gamma\). Now and then a jump along the last step
d is tried: if \(F(x)-x\) shrinks by \(\lambda\) a sweep from here on, the fixed point is
\(x+d\lambda/(1-\lambda)\). Both \(\lambda=\gamma\) (the slowest mode of any chain) and the measured
ratio of the last two steps are tried, and a jump is kept only if it lowers the residual, so
convergence stays certain. On deterministic chains, where Krylov methods stall, this ends in a few
hundred sweeps.

Nothing here is trusted: the caller bounds the error of what comes out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..numbers import Array
from .game import Matrix
from .mdp import SparseMdp

_SWEEPS = 30_000
_JUMP_EVERY = 30
_STALE = 20
_TURNS = 200


def sweep(step: Callable[[Array], Array], gamma: float, x: Array, tolerance: float) -> Array:
    r"""A point that a \(\gamma\)-contraction moves by at most `tolerance`, if floats allow.

    Args:
        step: F, from shape [S] to shape [S].
        gamma: its contraction factor in the largest norm.
        x: where to begin.
        tolerance: the largest residual wanted.
    """
    before, least, stale = np.zeros_like(x), np.inf, 0
    for turn in range(1, _SWEEPS + 1):
        moved = step(x)
        move = moved - x
        residual = float(np.abs(move).max(initial=0.0))
        # Contraction stops at the rounding floor: no progress for a while means it is reached.
        stale = 0 if residual < least else stale + 1
        least = min(least, residual)
        if residual <= tolerance or stale > _STALE:
            return x
        jumped = _jump(step, gamma, moved, move, before) if turn % _JUMP_EVERY == 0 else None
        before, x = move, moved if jumped is None else jumped
    return x


def _jump(
    step: Callable[[Array], Array], gamma: float, x: Array, move: Array, before: Array
) -> Array | None:
    residual = float(np.abs(move).max())
    for ratio in (gamma, float(move @ before) / max(float(before @ before), 1e-300)):
        if 0 < ratio < 1:
            trial = x + move * (ratio / (1 - ratio))
            if float(np.abs(step(trial) - trial).max()) < gamma * residual:
                return trial
    return None


def fixed_point(
    matrix: Matrix, gamma: float, right: Array, guess: Array, tolerance: float
) -> Array:
    r"""Solves \(x=b+\gamma Mx\) to a largest residual of `tolerance`, or as far as floats allow."""

    def step(x: Array) -> Array:
        moved: Array = right + gamma * (matrix @ x)
        return moved

    return sweep(step, gamma, guess, tolerance)


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
    best = _greedy(mdp, np.zeros(len(states)) if values is None else values)
    for _ in range(_TURNS):
        residual = float(np.abs(best.backup - best.values).max())
        if residual <= tolerance:
            return best
        moved = fixed_point(
            csr_array(mdp.kernel[states * count + best.actions]),
            mdp.discount,
            mdp.rewards[0][states, best.actions],
            best.backup,
            max(tolerance / 4, residual / 100),
        )
        trial = _greedy(mdp, moved)
        same = bool((trial.actions == best.actions).all())
        best = trial
        if same and float(np.abs(best.backup - best.values).max()) >= residual:
            break

    def step(x: Array) -> Array:
        improved: Array = mdp.q(x).max(axis=1)
        return improved

    return _greedy(mdp, sweep(step, mdp.discount, best.values, tolerance))


def _greedy(mdp: SparseMdp, values: Array) -> SparseOptimum:
    q = mdp.q(values)
    actions = q.argmax(axis=1)
    return SparseOptimum(values, q[np.arange(len(q)), actions], actions)
