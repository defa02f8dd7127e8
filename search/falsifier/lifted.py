r"""Games of fewer states, with copies of one of them: often enough already.

A copy of a state has its rows, its rewards and its policies; nothing leads to it. Start weight that
it takes from the state goes on as it would have gone, so matched occupancies stay matched, errors
stay what they were, and gaps too. Few states are searched through in a blink, and the same way
every time: the work is counted, not timed.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

from ..candidate import Candidate
from ..query import GameClass
from .climb import falsify
from .frame import Frame

RESTARTS = (30, 100)
"""Restarts with one state, and with two."""
_OF_ALL_STATES = frozenset({"visited", "full-support", "entry", "uniform-off-support"})
"""Assumptions about which states are visited, which copies change."""


def lifted(said: GameClass, players: tuple[int, ...]) -> Iterator[Candidate]:
    """Games with as many states as the class has, made of fewer; nothing about them is believed.

    Args:
        said: the class.
        players: whose gap counts.

    Example:
        >>> from ..query import Query
        >>> said = Query(match="mu", assume="nash,full-support", states=4, gamma="1/2").game_class
        >>> from nashgap.numeric.gaps import nash_gap
        >>> max(nash_gap(made.game, made.learner) for made in lifted(said, (0,)))
        Fraction(4, 1)
    """
    kept = tuple(a for a in said.assumptions if a.name not in _OF_ALL_STATES)
    for states, restarts in enumerate(RESTARTS, 1):
        if states < said.states and (states > 1 or "alternating" not in said.names):
            small = replace(said, states=states, assumptions=kept)
            for made in falsify(Frame(small), players, restarts=restarts):
                yield with_copies(made, said)


def with_copies(made: Candidate, said: GameClass) -> Candidate:
    """The game with copies of a state where it starts; they share its weight if visited."""
    old, size = made.game.num_states, said.states
    source = int(np.argmax([float(p) for p in made.game.start]))
    states = [*range(old), *[source] * (size - old)]
    rows = made.game.transition[states]
    gone = np.full((*rows.shape[:-1], size - old), Fraction(0), dtype=object)
    start = [*made.game.start, *[Fraction(0)] * (size - old)]
    wanted = size if "full-support" in said.names else said.visited or 0
    copies = range(old, min(size, max(old, wanted)))
    share = start[source] / (len(copies) + 1)
    for s in (source, *copies):
        start[s] = share
    game = MarkovGame(
        np.concatenate([rows, gone], axis=-1),
        made.game.rewards[:, states],
        start,
        made.game.discount,
    )
    expert = _copied(made.expert, states)
    learner = _copied(made.learner, states)
    if "uniform-off-support" in said.names:
        for table in learner:
            table[copies.stop :] = Fraction(1, table.shape[1])
    return Candidate(game, ProductPolicy(expert), ProductPolicy(learner), made.player)


def _copied(policy: ProductPolicy, states: list[int]) -> list[Any]:
    return [np.array(table)[states] for table in policy.policies]
