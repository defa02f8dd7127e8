"""Makes a witness simpler, move by move, as long as it still breaks the claim.

Simpler means, in this order: fewer players, states and actions; fewer entries that are not among
-1, 0 and 1; shorter numbers. Every step is rechecked exactly like the first witness.
"""

import time
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.games import Instance
from nashgap.numeric.numbers import Array
from nashgap.numeric.policy import ProductPolicy
from nashgap.search.witness import Witness

from .drawn import moves, reading
from .setting import Setting
from .trial import refutation

Size = tuple[int, int, int, int]


def simpler(found: Witness, asked: Setting, *, seconds: float) -> Witness:
    """The simplest game that was reached; the same one if nothing is simpler.

    Args:
        found: a valid witness.
        asked: what it refutes.
        seconds: stop after about this long.
    """
    deadline = time.monotonic() + seconds
    improved = True
    while improved and time.monotonic() < deadline:
        improved = False
        now = Instance(found.game, found.expert, found.learner)
        for made in _variants(now):
            if time.monotonic() > deadline:
                break
            if size(made) >= size(now):
                continue
            model = reading(made)
            if asked.claim.holds(model).holds is False:
                better = refutation(made, model, asked)
                if better is not None:
                    found, now, improved = better, made, True
                    break
    return found


def size(made: Instance) -> Size:
    """How complicated a game with its policies is."""
    game = made.game
    arrays = [game.transition, game.rewards, game.start, np.array([game.discount], dtype=object)]
    numbers = [x for array in (*arrays, *made.expert.policies, *made.learner.policies)
               for x in np.ravel(array)]  # fmt: skip
    odd = [x for x in numbers if x not in (-1, 0, 1)]
    shape = game.players * game.num_states * sum(game.num_actions)
    bits = sum(x.numerator.bit_length() + x.denominator.bit_length() for x in odd)
    weight = sum(1 for x in np.ravel(game.rewards) if x)
    return shape, len(odd), bits, weight


def _variants(made: Instance) -> Iterator[Instance]:
    game = made.game
    for state in range(game.num_states):
        smaller = _without_state(made, state)
        if smaller is not None:
            yield smaller
    for player in range(1, game.players):
        if any(r for r in np.ravel(game.rewards[player])):
            rewards = np.array(game.rewards, dtype=object)
            rewards[player] = Fraction(0)
            yield Instance(
                MarkovGame(game.transition, rewards, game.start, game.discount),
                made.expert,
                made.learner,
            )
    for move in moves(made):
        yield move.on(made)
    for player, table in enumerate(made.learner.policies):
        for state, row in enumerate(table):
            for rounded in _rounded(list(row)):
                changed = np.array(table, dtype=object)
                changed[state] = rounded
                yield Instance(game, made.expert, made.learner.replace(player, changed))


def _without_state(made: Instance, state: int) -> Instance | None:
    """The game without a state that nothing reaches, its start mass shared out."""
    game = made.game
    if game.num_states == 1 or game.start[state] == 1:
        return None
    kept = [s for s in range(game.num_states) if s != state]
    kernel: Array = game.transition[kept]
    if any(p for p in np.ravel(kernel[..., state])):
        return None
    start = game.start[kept] / (1 - game.start[state])
    expert, learner = (
        ProductPolicy([table[kept] for table in policy.policies])
        for policy in (made.expert, made.learner)
    )
    smaller = MarkovGame(kernel[..., kept], game.rewards[:, kept], start, game.discount)
    return Instance(smaller, expert, learner)


def _rounded(row: list[Fraction]) -> Iterator[list[Fraction]]:
    """Two-action rows with smaller denominators."""
    if len(row) != 2:
        return
    for denominator in (2, 3, 4, 5, 10):
        first = Fraction(round(row[0] * denominator), denominator)
        if first.denominator < row[0].denominator:
            yield [first, 1 - first]
