"""Brings a game to a wanted shape without changing any quantity of expert and learner.

States are split in two with equal rows, actions are copied, players without influence are added.
Only the number of players may change what a claim says. That the assumptions survive is not
believed; the recheck of a witness finds out.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import prod

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import Instance
from nashgap.numeric.numbers import Array
from nashgap.numeric.policy import ProductPolicy

from .setting import Setting

MOST, MOST_PLAYERS = 200_000, 12
"""Entries and players of the largest game that is built."""

_ZERO = Fraction(0)


def fitted(made: Instance, wanted: Setting) -> Instance | None:
    """The instance in the shape that is given; None where it is too large or discounts otherwise.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> from .setting import setting
        >>> wanted = setting("NashGap <= 1", "nash", players=3, states=4, gamma="9/10")
        >>> game = fitted(catalogue()["w3"].build(), wanted).game
        >>> game.players, game.num_states
        (3, 4)
    """
    game = made.game
    if wanted.gamma not in (None, game.discount) or _entries(made, wanted) > MOST:
        return None
    if wanted.admits(game):
        return made
    if wanted.players is not None:
        if game.players > wanted.players:
            return None
        made = _more_players(made, wanted.players - game.players, wanted.names)
    if wanted.states is not None:
        if game.num_states > wanted.states:
            return None
        made = _more_states(made, wanted.states - game.num_states, wanted.names)
    counts = wanted.actions_of(made.game.players)
    if len(counts) != made.game.players:
        return None
    for player, count in enumerate(counts):
        have = made.game.num_actions[player]
        if count is not None and have > count:
            return None
        if count is not None:
            made = _more_actions(made, player, count - have)
    return made


def _entries(made: Instance, wanted: Setting) -> int:
    """The kernel's entries in the wanted shape; beyond all bounds with very many players."""
    game = made.game
    players = wanted.players or game.players
    if players > MOST_PLAYERS:
        return MOST + 1
    have = (*game.num_actions, *(1,) * players)[:players]
    counts = wanted.actions_of(players)
    states = wanted.states or game.num_states
    return states**2 * prod(k or h for k, h in zip(counts, have, strict=True))


def _more_players(made: Instance, extra: int, names: frozenset[str]) -> Instance:
    game = made.game
    transition, rewards = game.transition, game.rewards
    for _ in range(extra):
        transition = transition[..., None, :]
        rewards = rewards[..., None]
        other = rewards[:1] if "common-payoff" in names else 0 * rewards[:1]
        rewards = np.concatenate([rewards, other])
    idle = np.full((game.num_states, 1), Fraction(1), dtype=object)
    return _rebuilt(
        made,
        transition,
        rewards,
        game.start,
        [*made.expert.policies, *[idle] * extra],
        [*made.learner.policies, *[idle] * extra],
    )


def _more_states(made: Instance, extra: int, names: frozenset[str]) -> Instance:
    """Copies of a start state, which share its mass; unreachable ones where the start is one."""
    game = made.game
    if not extra:
        return made
    origin = int(np.argmax(game.start > 0))
    order = [*range(game.num_states), *[origin] * extra]
    rows = game.transition[order]
    onward = np.full((*rows.shape[:-1], extra), _ZERO, dtype=object)
    start = np.array([*game.start, *[_ZERO] * extra], dtype=object)
    if "reset" not in names:
        share = game.start[origin] / (extra + 1)
        start[origin] = share
        start[game.num_states :] = share
    return _rebuilt(
        made,
        np.concatenate([rows, onward], axis=-1),
        game.rewards[:, order],
        start,
        [table[order] for table in made.expert.policies],
        [table[order] for table in made.learner.policies],
    )


def _more_actions(made: Instance, player: int, extra: int) -> Instance:
    """Copies of the action that the expert plays least."""
    game = made.game
    if not extra:
        return made
    played = made.expert[player].sum(axis=0)
    copied = int(np.argmin(played))
    order = [*range(game.num_actions[player]), *[copied] * extra]

    def widened(policy: ProductPolicy) -> list[Array]:
        table = policy[player]
        more = np.full((game.num_states, extra), _ZERO, dtype=object)
        tables = list(policy.policies)
        tables[player] = np.concatenate([table, more], axis=1)
        return tables

    return _rebuilt(
        made,
        game.transition.take(order, axis=1 + player),
        game.rewards.take(order, axis=2 + player),
        game.start,
        widened(made.expert),
        widened(made.learner),
    )


def _rebuilt(
    made: Instance,
    transition: Array,
    rewards: Array,
    start: Array,
    expert: Sequence[Array],
    learner: Sequence[Array],
) -> Instance:
    game = MarkovGame(transition, rewards, start, made.game.discount)
    return Instance(game, ProductPolicy(list(expert)), ProductPolicy(list(learner)))
