r"""Values of the policies of a batch: \(V_i^\pi=(I-\gamma P^\pi)^{-1}r_i^\pi\), discounted sums."""

from collections.abc import Iterator

from .arrays import Array, average, chunks, namespace
from .elimination import fixed_point
from .games import GameBatch
from .policies import PolicyBatch


def batch_values(games: GameBatch, policies: PolicyBatch) -> Array:
    r"""Each player's value \(V_i^\pi(\nu)\) from the start in each game, shape [n, B].

    Raises:
        BadInput: games and policies do not fit each other.

    Example:
        >>> import numpy as np
        >>> games = GameBatch(np.ones((1, 2, 1, 2)), np.array([[[[1.0, 0.5], [0.0, 0.0]]]]),
        ...                   np.ones((1, 2)), 0.5)
        >>> batch_values(games, PolicyBatch((np.array([[[0.5, 1.0], [0.5, 0.0]]]),))).tolist()
        [[1.0, 1.0]]
    """
    found = [from_start(part, values) for part, values in _values(games, policies)]
    return namespace(games.transition).concat(found, axis=-1)


def batch_state_values(games: GameBatch, policies: PolicyBatch) -> Array:
    r"""Each player's value \(V_i^\pi(s)\) from each state, shape [n, S, B].

    Raises:
        BadInput: games and policies do not fit each other.
    """
    xp = namespace(games.transition)
    found = xp.concat([values for _, values in _values(games, policies)], axis=-1)
    return xp.permute_dims(found, (1, 0, 2))


def state_kernel(games: GameBatch, policies: PolicyBatch) -> Array:
    r"""\(P^\pi(t\mid s)\), shape [S, S, B]."""
    return _averaged(games.transition, policies)


def from_start(games: GameBatch, values: Array) -> Array:
    r"""\(\sum_s\nu(s)V_i(s)\), shape [n, B], from state values [S, n, B]."""
    return namespace(values).sum(values * games.start[:, None, :], axis=0)


def _values(games: GameBatch, policies: PolicyBatch) -> Iterator[tuple[GameBatch, Array]]:
    """Chunks of games with state values [S, n, B]."""
    policies.check_fits(games)
    xp = namespace(games.transition)
    for cut in chunks(games):
        part, played = games.part(cut), policies.part(cut)
        rewards = [_averaged(part.rewards[i, ...], played) for i in range(part.players)]
        kernel = part.discount * state_kernel(part, played)
        yield part, fixed_point(xp.concat([kernel, xp.stack(rewards, axis=1)], axis=1))


def _averaged(table: Array, policies: PolicyBatch) -> Array:
    for i in reversed(range(policies.players)):
        table = average(table, policies[i], i + 1)
    return table
