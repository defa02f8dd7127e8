r"""Soft best responses: entropy regularisation at temperature \(\tau>0\).

Player i's regularised value against \(p_{-i}\) adds \(\tau H(b_i(\cdot\mid s))\) to the reward of
every step. Its optimum satisfies \(V^\tau(s)=\tau\log\sum_a\exp(Q^\tau(s,a)/\tau)\),
\(Q^\tau=r+\gamma PV^\tau\), and is attained by \(b^\tau[p_{-i}]=\mathrm{softmax}(Q^\tau/\tau)\)
alone. If all opponents differ by at most e in \(\sup_s\|p_j(s)-e_j(s)\|_1\), then

\(\|Q^\tau[p]-Q^\tau[e]\|_\infty\le L=\frac{(n-1)e\,(2+\gamma\tau\log|A_i|)}{2(1-\gamma)^2}\), and
\(\sup_s\|b^\tau[p]-b^\tau[e]\|_1\le\delta_\tau(e)=2\tanh(L/(2\tau))\),

because a mixture of opponents moves \(r+\gamma PV^\tau\) by their distance times its span, the soft
maximum is nonexpansive, and the softmax of two vectors x apart differs most for two actions. The
regularised gap is
\(\frac\tau{1-\gamma}\mathbb E_{s\sim\mu_\pi}\mathrm{KL}(\pi_i\|b^\tau[\pi_{-i}])\).
Everything here is in floats.
"""

import math
from dataclasses import dataclass

import numpy as np

from nashgap.theory.errors import BadInput

from ..game import MarkovGame
from ..linear import average, residual_matrix, solve
from ..numbers import Array, frozen
from ..occupancy import occupancy
from ..policy import ProductPolicy
from ..value import induced_mdp

STEPS = 200
"""Newton steps at most; each doubles the correct digits near the end."""


@dataclass(frozen=True, eq=False)
class SoftResponse:
    r"""The soft best response of one player, with proven errors.

    Attributes:
        player: i. temperature: \(\tau\).
        table: \(b^\tau\), shape [S, A_i].
        state_values: \(V^\tau\), shape [S]. q: \(Q^\tau\), shape [S, A_i].
        value: \(V^\tau(\nu)\).
        q_error: a bound on the sup-norm error of `q`, from its Bellman residual and rounding.
    """

    player: int
    temperature: float
    table: Array
    state_values: Array
    q: Array
    value: float
    q_error: float

    @property
    def policy_error(self) -> float:
        """A bound on the l1 error of every row of `table`."""
        return 2 * math.tanh(self.q_error / (2 * self.temperature)) + 16 * np.finfo(float).eps


def soft_best_response(
    game: MarkovGame, policy: ProductPolicy, player: int, temperature: float
) -> SoftResponse:
    r"""\(b^\tau[\pi_{-i}]\) by Newton's method (soft policy iteration).

    Args:
        game: exact or float; it is read in floats.
        policy: whose \(\pi_{-i}\) is responded to.
        player: i.
        temperature: \(\tau>0\).

    Raises:
        BadInput: a temperature that is not positive, or a policy that does not fit.

    Example:
        >>> game = MarkovGame([[["1"], ["1"]]], [[["1", "0"]]], ["1"], "1/2")
        >>> found = soft_best_response(game, ProductPolicy.uniform(game), 0, 1.0)
        >>> [round(float(x), 4) for x in found.table[0]]
        [0.7311, 0.2689]
    """
    game, policy = in_floats(game, policy)
    check_temperature(temperature)
    mdp = induced_mdp(game, policy, player)
    states, actions = mdp.reward.shape
    # From above: iterates of Newton's method on a convex function then only fall.
    values = np.full(states, (1 + temperature * math.log(actions)) / (1 - mdp.gamma))
    for _ in range(STEPS):
        table, soft = softmax(mdp.q(values), temperature)
        if np.abs(soft - values).max() <= 4e-15 * max(1.0, np.abs(values).max()):
            break
        earned = average(mdp.reward, table, 1) + temperature * entropy(table)
        new = solve(residual_matrix(average(mdp.kernel, table, 1), mdp.gamma), earned)
        if np.abs(new - values).max() <= 1e-15 * max(1.0, np.abs(values).max()):
            values = new
            break
        values = new
    q = mdp.q(values)
    table, soft = softmax(q, temperature)
    most = 1 + np.abs(values).max() + temperature * math.log(actions)
    rounding = 4 * (states + math.prod(game.num_actions) + 8) * np.finfo(float).eps * most
    residual = float(np.abs(soft - values).max()) + rounding
    error = mdp.gamma * residual / (1 - mdp.gamma) + rounding
    start = float(mdp.first @ values)
    return SoftResponse(player, temperature, frozen(table), values, q, start, error)


def soft_modulus(game: MarkovGame, player: int, eps: float, temperature: float) -> float:
    r"""\(\delta_\tau(e)=2\tanh(L/(2\tau))\), which bounds the move of the soft best response.

    Args:
        game: gives n, \(\gamma\) and \(|A_i|\); rewards lie in [-1, 1].
        player: i.
        eps: e, the opponents' largest error at any state, in [0, 2].
        temperature: \(\tau>0\).

    Example:
        >>> game = MarkovGame([[[["1"]] * 2] * 2], [[[["0", "0"]] * 2]] * 2, ["1"], "0")
        >>> round(soft_modulus(game, 0, 0.1, 0.5), 6)
        0.199336
    """
    check_temperature(temperature)
    gamma = float(game.discount)
    entropies = gamma * temperature * math.log(game.num_actions[player])
    lipschitz = (game.players - 1) * eps * (2 + entropies) / (2 * (1 - gamma) ** 2)
    return 2 * math.tanh(lipschitz / (2 * temperature))


def soft_value(game: MarkovGame, policy: ProductPolicy, player: int, temperature: float) -> float:
    r"""\(V_i^\tau(\nu)\) of a profile: the value with \(\tau H(\pi_i(\cdot\mid s))\) added."""
    game, policy = in_floats(game, policy)
    mdp = induced_mdp(game, policy, player)
    own = policy[player]
    earned = average(mdp.reward, own, 1) + temperature * entropy(own)
    values = solve(residual_matrix(average(mdp.kernel, own, 1), mdp.gamma), earned)
    return float(mdp.first @ values)


def soft_gap(game: MarkovGame, policy: ProductPolicy, player: int, temperature: float) -> float:
    r"""The gain by the soft best response: \(V_i^\tau(b^\tau,\pi_{-i})-V_i^\tau(\pi)\)."""
    best = soft_best_response(game, policy, player, temperature).value
    return best - soft_value(game, policy, player, temperature)


def soft_gap_by_divergence(
    game: MarkovGame, policy: ProductPolicy, player: int, temperature: float
) -> float:
    r"""The same as \(\frac\tau{1-\gamma}\mathbb E_{s\sim\mu_\pi}\mathrm{KL}(\pi_i\|b^\tau)\)."""
    game, policy = in_floats(game, policy)
    found = soft_best_response(game, policy, player, temperature)
    # The logarithm of the softmax itself would underflow at low temperatures.
    logs = (found.q - found.state_values[:, None]) / temperature
    own = policy[player]
    kept = np.where(own > 0, own, 1.0)
    divergence = (own * (np.log(kept) - logs)).sum(axis=1)
    mu, _ = occupancy(game, policy)
    return float(temperature / (1 - game.discount) * (mu @ divergence))


def softmax(q: Array, temperature: float) -> tuple[Array, Array]:
    """Softmax of q over the last axis at a temperature, and the soft maximum."""
    top = q.max(axis=-1, keepdims=True)
    weights = np.exp((q - top) / temperature)
    total = weights.sum(axis=-1, keepdims=True)
    return weights / total, (top + temperature * np.log(total))[..., 0]


def entropy(table: Array) -> Array:
    r"""\(-\sum_ap(a)\log p(a)\) of every row."""
    found: Array = -(table * np.log(np.where(table > 0, table, 1.0))).sum(axis=-1)
    return found


def in_floats(game: MarkovGame, policy: ProductPolicy) -> tuple[MarkovGame, ProductPolicy]:
    """Both in float64."""
    return (
        game.as_float() if game.is_exact else game,
        policy.as_float() if policy.is_exact else policy,
    )


def check_temperature(temperature: float) -> None:
    """Refuses temperatures that are not positive and finite."""
    if not 0 < temperature < math.inf:
        raise BadInput("temperature", f"given {temperature}", "a positive number")
