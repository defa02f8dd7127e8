r"""Best responses in a batch: \(\max_{b_i}V_i^{(b_i,\pi_{-i})}\) by policy iteration, all at once.

Each round makes every problem's policy greedy for its values, evaluates it, and keeps the larger
value at each state. The problems in which an action still gains go round again by themselves; the
first policy is the one that the batch plays, so that few do.

The rounds end in floats too: a problem goes on only if some value rose, values never fall, and they
are bounded. An action must gain more than some rounding errors of the largest value
\(1/(1-\gamma)\), so the values are below the optimum by at most \(8\epsilon/(1-\gamma)^2\) and the
rounding of the elimination.
"""

from collections.abc import Iterator
from typing import Any

from .arrays import Array, chunks, lookahead, namespace, replaced
from .elimination import fixed_point
from .games import GameBatch
from .policies import PolicyBatch
from .problems import joint_system, problems
from .values import from_start

ROUNDING_ERRORS = 8
"""How many rounding errors of the largest value an action must gain to be switched to."""


def batch_best_response_values(games: GameBatch, policies: PolicyBatch) -> Array:
    r"""\(\max_{b_i}V_i^{(b_i,\pi_{-i})}(\nu)\) of each player in each game, shape [n, B].

    Raises:
        BadInput: games and policies do not fit each other.

    Example:
        >>> import numpy as np
        >>> games = GameBatch(np.ones((1, 2, 1, 2)), np.array([[[[1.0, 0.5], [0.0, 0.0]]]]),
        ...                   np.ones((1, 2)), 0.5)
        >>> policies = PolicyBatch((np.array([[[0.5, 1.0], [0.5, 0.0]]]),))
        >>> batch_best_response_values(games, policies).tolist()
        [[2.0, 1.0]]
    """
    found = [from_start(part, best) for part, _, best in own_and_best(games, policies)]
    return namespace(games.transition).concat(found, axis=-1)


def batch_best_response_state_values(games: GameBatch, policies: PolicyBatch) -> Array:
    """The same from every state, shape [n, S, B].

    Raises:
        BadInput: games and policies do not fit each other.
    """
    xp = namespace(games.transition)
    found = xp.concat([best for _, _, best in own_and_best(games, policies)], axis=-1)
    return xp.permute_dims(found, (1, 0, 2))


def batch_best_responses(games: GameBatch, policies: PolicyBatch) -> PolicyBatch:
    """A pure best response of each player, optimal from every state; the first of equal actions.

    They are deviations of one player each, not a profile to be played together.

    Raises:
        BadInput: games and policies do not fit each other.
    """
    xp = namespace(games.transition)
    best = batch_best_response_state_values(games, policies)
    found: list[list[Array]] = [[] for _ in range(games.players)]
    for cut in chunks(games):
        part = games.part(cut)
        values = xp.reshape(xp.permute_dims(best[:, :, cut], (1, 0, 2)), (games.num_states, -1))
        q = lookahead(problems(part, policies.part(cut)), values)
        for i, count in enumerate(games.num_actions):
            own = q[:, :count, i * part.size : (i + 1) * part.size]
            chosen = xp.argmax(own, axis=1, keepdims=True)
            actions = xp.arange(count, dtype=chosen.dtype, device=games.device)
            found[i].append(xp.astype(chosen == actions[None, :, None], own.dtype))
    return PolicyBatch(tuple(xp.concat(parts, axis=-1) for parts in found))


def own_and_best(
    games: GameBatch, policies: PolicyBatch
) -> Iterator[tuple[GameBatch, Array, Array]]:
    """Chunks of games, state values of the policies and of best responses, each [S, n, B]."""
    policies.check_fits(games)
    xp = namespace(games.transition)
    eps = float(xp.finfo(games.transition.dtype).eps)
    for cut in chunks(games):
        part, played = games.part(cut), policies.part(cut)
        table = problems(part, played)
        own = fixed_point(joint_system(part, played, table))
        tolerance = xp.concat([ROUNDING_ERRORS * eps / (1 - part.discount)] * part.players)
        values = xp.reshape(own, (part.num_states, -1))
        best = _optimum(xp, table, values, lookahead(table, values), tolerance)
        yield part, own, xp.reshape(best, tuple(own.shape))


def _optimum(xp: Any, table: Array, values: Array, q: Array, tolerance: Array) -> Array:
    """Optimal values [S, B] of problems [S, A, S+1, B].

    Args:
        xp: the namespace.
        table: the problems.
        values: values that a policy attains, [S, B].
        q: their Q-values, [S, A, B].
        tolerance: what an action must gain, [B].
    """
    while True:
        better = xp.maximum(fixed_point(_greedy_rows(xp, table, q))[:, 0, :], values)
        q = lookahead(table, better)
        gains = xp.any(xp.max(q, axis=1) > better + tolerance, axis=0)
        rising = gains & xp.any(better > values, axis=0)
        values = better
        (index,) = xp.nonzero(rising)
        if index.shape[0] == 0:
            return values
        if 2 * index.shape[0] <= rising.shape[0]:
            break
    kept = (xp.take(x, index, axis=-1) for x in (table, values, q, tolerance))
    return replaced(values, rising, _optimum(xp, *kept))


def _greedy_rows(xp: Any, table: Array, q: Array) -> Array:
    """The rows of the first best action in each state, shape [S, S+1, B]."""
    rows, best = table[:, 0, ...], q[:, 0, :]
    for action in range(1, table.shape[1]):
        other = q[:, action, :]
        rows = xp.where((other > best)[:, None, :], table[:, action, ...], rows)
        best = xp.maximum(best, other)
    return rows
