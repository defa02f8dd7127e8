r"""Markov games with a sparse kernel, in float64.

**What a stored game stands for.** Decimals and thirds do not fit into floats. Every certified
number of this package therefore holds for *each* Markov game whose entries lie near the stored
ones: \(|P-\hat P|\le\delta_P\hat P\), \(|r-\hat r|\le u|\hat r|\), \(|\gamma-\hat\gamma|\le
u\hat\gamma\), \(|\nu-\hat\nu|\le\delta_\nu\hat\nu\) entry by entry, with \(u=2^{-53}\) and
\(\delta_P\), `kernel_error`, the largest deviation of a row sum from 1 plus a few roundings. Two
games are among them: the stored rows divided by their sums, and any exact game that was rounded to
the stored entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nashgap.theory.errors import BadInput

from .. import tables
from ..game import MarkovGame
from ..numbers import Array, exact, frozen
from ..policy import ProductPolicy
from .enclosure import UNIT

Matrix = Any
"""A SciPy `csr_array`; SciPy is loaded only when one is made."""

ROW_TOLERANCE = 1e-9
_DENSE_LARGEST = 4_000_000


@dataclass(frozen=True, init=False, eq=False)
class SparseGame:
    r"""A Markov game in float64 with a sparse kernel, validated and read-only.

    Joint actions are numbered in C order: with \(J=\prod_iA_i\), joint action
    \(j=(a_1,\dots,a_n)\) at state s has row \(sJ+j\).

    Args:
        transition: SciPy sparse matrix of shape [S*J, S], or J matrices of shape [S, S]. Rows sum
            to 1 within 1e-9; a row that is off by more than its roundings is divided by its sum.
        rewards: shape [n, S, J] or [n, S, A_1, ..., A_n], in [-1, 1].
        start: shape [S], sums to 1 within 1e-9.
        discount: in [0, 1).
        num_actions: (A_1, ..., A_n).

    Raises:
        BadInput: an entry, a shape or a range is wrong; the message names the place.

    Example:
        >>> import numpy as np, scipy.sparse as sp
        >>> stay = sp.csr_array(np.ones((2, 1)))
        >>> game = SparseGame(stay, np.array([[[1.0, 0.0]]]), np.array([1.0]), 0.9, (2,))
        >>> game.num_states, game.kernel.nnz, game.to_markov_game().num_actions
        (1, 2, (2,))
    """

    kernel: Matrix
    rewards: Array
    start: Array
    discount: float
    num_actions: tuple[int, ...]
    kernel_error: float
    start_error: float

    def __init__(
        self, transition: Any, rewards: Any, start: Any, discount: Any, num_actions: Sequence[int]
    ) -> None:
        counts = tuple(int(k) for k in num_actions)
        if not counts or min(counts) < 1:
            raise BadInput("num_actions", f"given {counts}", "at least one action for each player")
        joint = int(np.prod(counts))
        first = tables.table(np.asarray(start, dtype=float), np.shape(start), "start")
        if first.ndim != 1 or not len(first):
            raise BadInput("start", f"shape {list(first.shape)}", "shape [S]")
        tables.check_rows(first, "start", ROW_TOLERANCE)
        kernel = _kernel(transition, len(first), joint)
        paid = np.array(rewards, dtype=float)
        shapes = [(len(counts), len(first), joint), (len(counts), len(first), *counts)]
        if paid.shape not in shapes:
            raise BadInput("rewards", f"shape {list(paid.shape)}", f"shape {list(shapes[1])}")
        paid = paid.reshape(shapes[0])
        wrong = np.argwhere(~(np.abs(paid) <= 1))
        if len(wrong):
            place = tuple(int(k) for k in wrong[0])
            where = tables.name("rewards", place)
            raise BadInput(where, f"given {paid[place]}", "a reward in [-1, 1]")
        gamma = float(exact(discount, "discount"))
        if not 0 <= gamma < 1:
            raise BadInput("discount", f"given {discount}", "a number in [0, 1)")
        put = object.__setattr__
        put(self, "kernel", kernel)
        put(self, "rewards", frozen(paid))
        put(self, "start", first)
        put(self, "discount", gamma)
        put(self, "num_actions", counts)
        put(self, "kernel_error", _row_error(kernel.sum(axis=1), _longest(kernel)))
        put(self, "start_error", _row_error(first.sum(), len(first)))

    @staticmethod
    def from_markov_game(game: MarkovGame) -> "SparseGame":
        """The sparse form of a tabular game, entries rounded to float64."""
        from scipy.sparse import csr_array

        near = game.as_float() if game.is_exact else game
        rows = near.transition.reshape(-1, near.num_states)
        kernel = csr_array(rows)
        return SparseGame(kernel, near.rewards, near.start, near.discount, near.num_actions)

    def to_markov_game(self) -> MarkovGame:
        """The tabular form, in float64.

        Raises:
            BadInput: its kernel would have more than 4,000,000 entries.
        """
        size = self.kernel.shape[0] * self.kernel.shape[1]
        if size > _DENSE_LARGEST:
            raise BadInput("game", f"{size} kernel entries", f"at most {_DENSE_LARGEST}")
        kernel = self.kernel.toarray().reshape(self.num_states, *self.num_actions, -1)
        paid = self.rewards.reshape(self.players, self.num_states, *self.num_actions)
        return MarkovGame(kernel, np.array(paid), np.array(self.start), self.discount)

    @property
    def players(self) -> int:
        """Number of players n."""
        return len(self.num_actions)

    @property
    def num_states(self) -> int:
        """Number of states S."""
        return len(self.start)

    @property
    def num_joint_actions(self) -> int:
        r"""\(J=\prod_iA_i\)."""
        return int(np.prod(self.num_actions))

    def check_policy(self, policy: ProductPolicy, where: str = "policy") -> None:
        """Checks that a float policy fits.

        Raises:
            BadInput: other players, states or actions, or an exact policy.
        """
        if (policy.num_states, policy.num_actions) != (self.num_states, self.num_actions):
            given = f"{policy.num_states} states, actions {policy.num_actions}"
            raise BadInput(where, given, f"{self.num_states} states, actions {self.num_actions}")
        if policy.is_exact:
            raise BadInput(where, "an exact policy", "a float one: call as_float() on it")

    def __repr__(self) -> str:
        size = f"{self.players} players, {self.num_states} states, actions {self.num_actions}"
        return f"<SparseGame: {size}, {self.kernel.nnz} transitions, discount {self.discount}>"


def policy_error(table: Array) -> float:
    """How far, relatively, entries of policies that a float table [S, A] stands for may be off."""
    return _row_error(table.sum(axis=1), table.shape[1])


def _row_error(sums: Any, terms: int) -> float:
    # The computed sum is off by (terms - 1) u; dividing by it, or rounding into it, adds a few u.
    return float(np.abs(np.asarray(sums) - 1).max() * (1 + 1e-8) + (terms + 4) * UNIT)


def _longest(kernel: Matrix) -> int:
    return int(np.diff(kernel.indptr).max(initial=0))


def _kernel(given: Any, states: int, joint: int) -> Matrix:
    from scipy.sparse import csr_array, issparse, vstack

    if not issparse(given) and isinstance(given, Sequence) and all(map(issparse, given)):
        if len(given) != joint:
            raise BadInput("transition", f"{len(given)} matrices", f"{joint}, one a joint action")
        stacked: Matrix = csr_array(vstack(given, format="csr"))
        order = np.arange(stacked.shape[0]).reshape(joint, -1).T.ravel()
        given = stacked[order] if stacked.shape[0] == joint * states else stacked
    if not issparse(given):
        raise BadInput("transition", f"given a {type(given).__name__}", "a SciPy sparse matrix")
    kernel: Matrix = csr_array(given, dtype=float, copy=True)
    if kernel.shape != (states * joint, states):
        needed = f"shape {[states * joint, states]}"
        raise BadInput("transition", f"shape {list(kernel.shape)}", needed)
    kernel.sum_duplicates()
    kernel.eliminate_zeros()
    if not (np.isfinite(kernel.data) & (kernel.data > 0)).all():
        raise BadInput("transition", "a negative or non-finite entry", "probabilities in [0, 1]")
    sums = kernel.sum(axis=1)
    off = np.abs(sums - 1)
    if not (off <= ROW_TOLERANCE).all():
        row = int(off.argmax())
        where = f"transition, state {row // joint}, joint action {row % joint}"
        raise BadInput(where, f"sums to {sums[row]}", "a distribution that sums to 1")
    if off.max() > 2 * UNIT * (_longest(kernel) + 1):
        kernel.data /= np.repeat(sums, np.diff(kernel.indptr))
    for part in (kernel.data, kernel.indices, kernel.indptr):
        frozen(part)
    return kernel
