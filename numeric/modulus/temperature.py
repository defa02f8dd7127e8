r"""delta, Nash gap and bound against temperature: the data behind the regularisation argument.

At each \(\tau\) the expert is a \(\tau\)-quantal response equilibrium and learners differ from it
by at most e in l1 at every state. Side by side: how far best responses and soft best responses
move against such learners (over a sample: lower bounds of the suprema), the explicit
\(\delta_\tau(e)=2\tanh(L/(2\tau))\), the learners' largest Nash gap, and

\(\mathrm{NashGap}\le\max_i\frac{e+\gamma(n-1)e+\delta_\tau(e)}{(1-\gamma)^2}
+\frac{\tau\log|A_i|}{1-\gamma}\).

The first term is the bound for any comparator, here the soft best response; the second is what the
soft best response loses to the best one. Against an inexact equilibrium the residual is added to
\(\delta_\tau\).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..delta import best_response_shift
from ..game import MarkovGame
from ..gaps import nash_gap
from ..numbers import Array, frozen
from ..policy import ProductPolicy
from .quantal import QuantalPoint, quantal_path
from .soft import soft_best_response, soft_modulus

Row = tuple[float, ...]
"""The temperature and the numbers at it, in the order of a curve's arrays."""


@dataclass(frozen=True, eq=False)
class TemperatureCurve:
    r"""One entry a temperature in each array, shape [T].

    Attributes:
        eps: e, the learners' error at every state.
        discount: \(\gamma\).
        temperatures: \(\tau\).
        residuals: of the quantal responses, proved upper bounds.
        expert_gaps: Nash gaps of the experts.
        explicit: \(\max_i\delta_\tau(e)\).
        soft_moves: the largest measured \(\sup_s\|b^\tau[p]-b^\tau[e]\|_1\), at most `explicit`.
        hard_moves: the largest measured shift of an unregularised best response, averaged over the
            expert's occupancy.
        learner_gaps: the largest Nash gap of a learner of the sample.
        bounds: the bound on it.
    """

    eps: float
    discount: float
    temperatures: Array
    residuals: Array
    expert_gaps: Array
    explicit: Array
    soft_moves: Array
    hard_moves: Array
    learner_gaps: Array
    bounds: Array


def by_temperature(
    game: MarkovGame,
    eps: float,
    temperatures: Sequence[float],
    *,
    samples: int = 32,
    seed: int = 0,
) -> TemperatureCurve:
    r"""The curves of one game.

    Args:
        game: exact or float; it is read in floats.
        eps: e in (0, 2].
        temperatures: \(\tau>0\), in any order; the homotopy runs from the highest to the lowest.
        samples: learners at each temperature.
        seed: of the sample.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> game = catalogue()["matching-pennies"].build(gamma="1/2").game
        >>> found = by_temperature(game, 0.1, [0.1, 1.0], samples=4)
        >>> bool((found.soft_moves <= found.explicit).all())
        True
        >>> bool((found.learner_gaps <= found.bounds).all()), found.hard_moves.tolist()
        (True, [1.0, 1.0])
    """
    rows = each_temperature(game, eps, temperatures, samples=samples, seed=seed)
    found = {row[0]: row for row in rows}
    return curve(game, eps, [found[float(t)] for t in temperatures])


def each_temperature(
    game: MarkovGame,
    eps: float,
    temperatures: Sequence[float],
    *,
    samples: int = 32,
    seed: int = 0,
) -> Iterator[Row]:
    """The numbers of one temperature after the other, the highest first; see `by_temperature`."""
    game = game.as_float() if game.is_exact else game
    for expert in quantal_path(game, sorted(map(float, temperatures), reverse=True)):
        yield _row(game, eps, expert, samples, seed)


def curve(game: MarkovGame, eps: float, rows: Sequence[Row]) -> TemperatureCurve:
    """The curve through the rows of some temperatures, at least one."""
    columns = [frozen(np.array(column)) for column in zip(*rows, strict=True)]
    return TemperatureCurve(eps, float(game.discount), *columns)


def _row(game: MarkovGame, eps: float, expert: QuantalPoint, samples: int, seed: int) -> Row:
    tau, gamma, n = expert.temperature, float(game.discount), game.players
    soft_move = hard_move = learner_gap = 0.0
    home = [soft_best_response(game, expert.policy, i, tau).table for i in range(n)]
    for learner in learners(expert.policy, eps, samples, seed):
        learner_gap = max(learner_gap, float(nash_gap(game, learner)))
        for i in range(n):
            response = soft_best_response(game, learner, i, tau).table
            soft_move = max(soft_move, float(np.abs(response - home[i]).sum(axis=1).max()))
            shift = best_response_shift(game, expert.policy, learner, i)
            hard_move = max(hard_move, float(shift.lower))
    explicit = [soft_modulus(game, i, eps, tau) for i in range(n)]
    bound = max(
        (eps + gamma * (n - 1) * eps + min(2.0, delta + expert.residual)) / (1 - gamma) ** 2
        + tau * math.log(game.num_actions[i]) / (1 - gamma)
        for i, delta in enumerate(explicit)
    )
    gap = float(nash_gap(game, expert.policy))
    return tau, expert.residual, gap, max(explicit), soft_move, hard_move, learner_gap, bound


def learners(expert: ProductPolicy, eps: float, samples: int, seed: int) -> Iterator[ProductPolicy]:
    """Learners within `eps` of the expert at every state, each row moved to a random action."""
    rng = np.random.default_rng(seed)
    for _ in range(samples):
        tables = []
        for table in expert:
            states, actions = len(table), len(table[0])
            target = rng.integers(actions, size=states)
            pure = np.arange(actions)[None, :] == target[:, None]
            room = 2 * (1 - table[np.arange(states), target])
            part = np.minimum(1.0, eps / np.maximum(room, 1e-300))[:, None]
            tables.append(table + part * (pure - table))
        yield ProductPolicy(tables)
