r"""The problem of one player, or of nobody, when the others' policies are averaged out.

\(K((s,b),t)=\sum_{a:a_i=b}\prod_{j\ne i}\pi_j(a_j\mid s)P(t\mid s,a)\), and the rewards alike. With
every player averaged out one action is left and the problem is policy evaluation.

**Theorem (certified residual).** Let \((TV)(s)=\max_b[r(s,b)+\gamma\sum_tK((s,b),t)V(t)]\) with
fixed point \(V^*\). For any vector \(V\): \(\|V-V^*\|_\infty\le\|TV-V\|_\infty/(1-\gamma)\).

*Proof.* \(\|V-V^*\|\le\|V-TV\|+\|TV-TV^*\|\le\|V-TV\|+\gamma\|V-V^*\|\), since the rows of K sum to
1 and max is 1-Lipschitz. \(\square\)

In floats \(TV\) is only known to \(\eta=1.02(ku+\delta)\cdot1.01(1+\hat\gamma\|V\|)\), by the
inequality of the module `enclosure`: each term of \(\sum_aw(a)[r+\gamma\sum_tPV]\) is a product of
stored entries (their relative errors \(\delta\)) that passes at most k roundings, and the absolute
values of the terms sum to at most \(1+\hat\gamma\|V\|\) (1.01 pays for stored rows that sum to
slightly more than 1). Thus
\[\|V-V^*\|_\infty\le\frac{\|\mathrm{fl}(TV)-V\|_\infty+\eta}{1-\gamma}\quad\text{for every game
that the stored one stands for.}\]
"""

from dataclasses import dataclass

import numpy as np

from nashgap.theory.errors import BadInput

from ..numbers import Array
from ..policy import ProductPolicy
from .enclosure import TINY, UNIT, relative_error
from .game import Matrix, SparseGame, policy_error


@dataclass(frozen=True, eq=False)
class SparseMdp:
    r"""A single-agent problem with A actions.

    Attributes:
        kernel: K, shape [S*A, S], row sA + b.
        rewards: shape [m, S, A], one layer for each of m reward functions.
        discount: \(\gamma\).
        roundings: how many roundings are in an entry of kernel or rewards.
        inherited: relative error of the stored entries that an entry is made of.
    """

    kernel: Matrix
    rewards: Array
    discount: float
    roundings: int
    inherited: float

    @property
    def num_actions(self) -> int:
        """Number of actions A."""
        return int(self.rewards.shape[2])

    def q(self, values: Array, layer: int = 0) -> Array:
        r"""\(r(s,b)+\gamma\sum_tK((s,b),t)V(t)\), shape [S, A]."""
        future = (self.kernel @ values).reshape(-1, self.num_actions)
        found: Array = self.rewards[layer] + self.discount * future
        return found

    def value_error(self, values: Array, backup: Array) -> float:
        r"""A proven bound on \(\|V-V^*\|_\infty\) (the module's theorem).

        Args:
            values: V, shape [S].
            backup: \(\max_bQ(s,b)\) as computed by `q`, shape [S].
        """
        residual = float(np.abs(backup - values).max()) * (1 + 4 * UNIT)
        longest = int(np.diff(self.kernel.indptr).max(initial=0))
        # Per term: what is in the entries, the row's sum, times gamma, plus r; the entries of
        # rewards and discount stand for numbers within u of them.
        relative = relative_error(self.roundings + longest + 6, self.inherited)
        size = 1.01 * (1 + self.discount * float(np.abs(values).max()))
        return (residual + relative * size + TINY) / gap_to_one(self.discount) * (1 + 8 * UNIT)


def gap_to_one(discount: float) -> float:
    r"""A lower bound on \(1-\gamma\) for every \(\gamma\) that rounds to `discount`.

    Raises:
        BadInput: the discount is so close to 1 that the bound would not be positive.
    """
    below = (1 - discount - 2 * UNIT) * (1 - 2 * UNIT)
    if below <= 0:
        raise BadInput("discount", f"given {discount!r}", "at most 1 - 1e-15 in float64")
    return below


def induced_mdp(game: SparseGame, policy: ProductPolicy, player: int | None) -> SparseMdp:
    """The problem of `player` against the others; with None, everyone plays `policy`.

    Returns:
        for a player its own rewards, one layer, and its actions; for None a layer a player and one
        action.

    Raises:
        BadInput: the policy does not fit.
    """
    from scipy.sparse import csr_array

    game.check_policy(policy)
    others = [j for j in range(game.players) if j != player]
    own = 1 if player is None else game.num_actions[player]
    weights = np.ones((game.num_states, 1))
    for j in others:
        weights = (weights[:, :, None] * policy[j][:, None, :]).reshape(game.num_states, -1)
    # joints[b] lists the joint actions with own action b, the others' in C order as in `weights`.
    joints = np.arange(game.num_joint_actions).reshape(game.num_actions)
    joints = joints.reshape(1, -1) if player is None else np.moveaxis(joints, player, 0)
    joints = joints.reshape(own, -1)
    rows = game.num_states * own
    width = joints.shape[1]
    offsets = np.arange(game.num_states, dtype=np.int64)[:, None, None] * game.num_joint_actions
    mixing = csr_array(
        (
            np.repeat(weights[:, None, :], own, axis=1).ravel(),
            (offsets + joints).ravel(),
            np.arange(0, rows * width + 1, width),
        ),
        shape=(rows, game.kernel.shape[0]),
    )
    mixing.eliminate_zeros()
    layers = range(game.players) if player is None else (player,)
    rewards = np.stack([(mixing @ game.rewards[i].ravel()).reshape(-1, own) for i in layers])
    inherited = game.kernel_error + sum(policy_error(policy[j]) for j in others)
    roundings = game.players + width
    return SparseMdp(mixing @ game.kernel, rewards, game.discount, roundings, inherited)
