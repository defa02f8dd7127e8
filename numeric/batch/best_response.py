r"""Best responses in a batch: \(\max_{b_i}V_i^{(b_i,\pi_{-i})}\) by policy iteration, all at once.

Each round makes every problem's policy greedy for its values, evaluates it, and keeps the larger
value at each state. The problems in which an action still gains are pooled and go round again; the
first policy is the one that the batch plays, so that few do.

The rounds end in floats too: a problem goes on only if some value rose, values never fall, and they
are bounded. An action must gain more than some rounding errors of the largest value
\(1/(1-\gamma)\), so the values are below the optimum by at most \(8\epsilon/(1-\gamma)^2\) and the
rounding of the elimination.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from .arrays import SHORTEST, Array, chunks, lookahead, namespace, slices
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
    return from_start(games, batch_best_response_state_values(games, policies))


def batch_best_response_state_values(games: GameBatch, policies: PolicyBatch) -> Array:
    """The same from every state, shape [n, S, B].

    Raises:
        BadInput: games and policies do not fit each other.
    """
    return own_and_best_values(games, policies)[1]


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


def own_and_best_values(games: GameBatch, policies: PolicyBatch) -> tuple[Array, Array]:
    """State values of the policies and of best responses to them, each [n, S, B]."""
    policies.check_fits(games)
    xp, states, players = namespace(games.transition), games.num_states, games.players
    own: list[Array] = []

    def first_rounds() -> Iterator[_Problems]:
        for cut in chunks(games):
            part, played = games.part(cut), policies.part(cut)
            table = problems(part, played)
            values = fixed_point(joint_system(part, played, table))
            own.append(values)
            flat = xp.reshape(values, (states, players * part.size))
            yield _Problems(table, flat, xp.concat([_tolerance(part)] * players))

    best = _optimum(first_rounds(), xp)
    parts, low = [], 0
    for values in own:
        high = low + players * values.shape[-1]
        parts.append(xp.reshape(best[:, low:high], tuple(values.shape)))
        low = high
    both = (xp.concat(own, axis=-1), xp.concat(parts, axis=-1))
    return xp.permute_dims(both[0], (1, 0, 2)), xp.permute_dims(both[1], (1, 0, 2))


class _Problems(NamedTuple):
    table: Array
    values: Array
    tolerance: Array


def _tolerance(games: GameBatch) -> Array:
    eps = float(namespace(games.transition).finfo(games.transition.dtype).eps)
    return ROUNDING_ERRORS * eps / (1 - games.discount)


def _optimum(pieces: Iterable[_Problems], xp: Any) -> Array:
    """Optimal values [S, all problems]: a round for each piece, then one for the pool."""
    values, marks, left = [], [], []
    for piece in pieces:
        better, rising = _rounds(piece, xp)
        values.append(better)
        marks.append(rising)
        (index,) = xp.nonzero(rising)
        if index.shape[0]:
            kept = (piece.table, better, piece.tolerance)
            left.append(_Problems(*(xp.take(x, index, axis=-1) for x in kept)))
    best = xp.concat(values, axis=-1)
    if not left:
        return best
    pool = _Problems(*(xp.concat(column, axis=-1) for column in zip(*left, strict=True)))
    rising = xp.concat(marks)
    place = xp.where(rising, xp.cumulative_sum(xp.astype(rising, xp.int64)) - 1, 0)
    return xp.where(rising, xp.take(_optimum(_pieces(pool), xp), place, axis=-1), best)


def _pieces(pool: _Problems) -> Iterator[_Problems]:
    for cut in slices(pool.table, axis=-1, least=SHORTEST):
        yield _Problems(*(x[..., cut] for x in pool))


def _rounds(piece: _Problems, xp: Any) -> tuple[Array, Array]:
    """Improves all of a piece while half of it rises: values [S, B], and which still rise, [B]."""
    while True:
        better, rising = _round(piece, xp)
        if 2 * int(xp.count_nonzero(rising)) <= rising.shape[0]:
            return better, rising
        piece = piece._replace(values=better)


def _round(piece: _Problems, xp: Any) -> tuple[Array, Array]:
    """Values [S, B] after one improvement, and which problems may rise further, [B]."""
    greedy = _greedy_rows(piece.table, lookahead(piece.table, piece.values), xp)
    better = xp.maximum(fixed_point(greedy)[:, 0, :], piece.values)
    best = xp.max(lookahead(piece.table, better), axis=1)
    gains = xp.any(best > better + piece.tolerance, axis=0)
    return better, gains & xp.any(better > piece.values, axis=0)


def _greedy_rows(table: Array, q: Array, xp: Any) -> Array:
    """The rows of the first best action in each state, shape [S, S+1, B]."""
    rows, best = table[:, 0, ...], q[:, 0, :]
    for action in range(1, table.shape[1]):
        other = q[:, action, :]
        rows = xp.where((other > best)[:, None, :], table[:, action, ...], rows)
        best = xp.maximum(best, other)
    return rows
