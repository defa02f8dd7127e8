r"""The decision problems that the players of a batch face, each against the others' policies.

Player i's problem is the array \((\gamma P_i\mid r_i)\), shape [S, A_i, S+1]. The problems of all
players stand side by side on the last axis, so that one call works on all: n B problems, player by
player. Where a player has fewer actions than another, its first action is repeated, which changes
no maximum.
"""

from .arrays import Array, average, namespace, slices
from .games import GameBatch
from .policies import PolicyBatch


def problems(games: GameBatch, policies: PolicyBatch) -> Array:
    """Every player's problem, shape [S, max A_i, S+1, n B]."""
    xp, size, states = namespace(games.transition), games.size, games.num_states
    shape = (states, max(games.num_actions), states + 1, games.players * size)
    table = xp.empty(shape, dtype=games.transition.dtype, device=games.device)
    for rows in slices(games.transition, axis=0):
        # All players at some states, then the next states: the kernel is read from memory once.
        played = tuple(weights[rows, ...] for weights in policies)
        kernel, rewards = games.transition[rows, ...], games.rewards[:, rows, ...]
        for i, count in enumerate(games.num_actions):
            own = slice(i * size, (i + 1) * size)
            table[rows, :count, :-1, own] = _alone(kernel, played, i, games.discount)
            table[rows, :count, -1, own] = _alone(rewards[i, ...], played, i)
            table[rows, count:, :, own] = table[rows, :1, :, own]
    return table


def joint_system(games: GameBatch, policies: PolicyBatch, table: Array) -> Array:
    r"""\((\gamma P^\pi\mid r_1^\pi,\dots,r_n^\pi)\), [S, S+n, B], from the players' problems."""
    xp, size = namespace(table), games.size
    columns = []
    for i, count in enumerate(games.num_actions):
        first = 0 if i == 0 else games.num_states
        own = table[:, :count, first:, i * size : (i + 1) * size]
        columns.append(average(own, policies[i], 1))
    return xp.concat(columns, axis=1)


def _alone(
    table: Array, policies: tuple[Array, ...], player: int, factor: Array | None = None
) -> Array:
    """Averages a table [S, A_1, ..., A_n, ..., B] over the others' actions, times a factor [B].

    The factor goes into the policy that is averaged last, the smallest array at hand.
    """
    others = [j for j in reversed(range(len(policies))) if j != player]
    if not others:
        return table if factor is None else factor * table
    for j in others[:-1]:
        table = average(table, policies[j], j + 1)
    last = policies[others[-1]]
    return average(table, last if factor is None else factor * last, others[-1] + 1)
