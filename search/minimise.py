r"""Makes a witness small: fewer states and actions, fewer successors, zeros, short numbers.

Every step changes one thing and is kept only if the exact recheck still accepts the witness with
the same gap or claim, and if the witness became simpler: fewer states, then fewer actions, then
fewer joint actions that differ in what they do, then less of the size of its numbers, where 0 is
the simplest number and 1 the next. Work is counted, not timed: the same witness becomes the same
simple one on every machine.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

from .simple_changes import Step, steps
from .simple_tables import Tables
from .witness import Witness, witness

SECOND = 10**6
"""Numbers that are looked at in about a second."""
WORK = 3 * SECOND
"""Numbers that are looked at before the simplest witness so far is good enough."""
_CHANGE = 500
"""What a change costs beside the numbers of the game, in numbers looked at."""
_CHECK, _AGAIN = 10_000, 10
"""What a recheck costs, and how often it looks at every number."""


@dataclass
class _Meter:
    """The work that is left."""

    left: int

    def looked(self, tables: Tables, *, checked: bool) -> None:
        """Counts a change, or its recheck."""
        self.left -= _CHECK + _AGAIN * tables.size if checked else _CHANGE + tables.size


def minimise(
    found: Witness,
    *,
    work: int = WORK,
    keep_shape: bool = False,
    keeps: Callable[[Witness], bool] = lambda _: True,
) -> Witness:
    """A witness of the same thing that is as simple as single steps make it.

    Args:
        found: a witness that its recheck accepts; another one is given back as it is.
        work: give back the simplest so far once so many numbers were looked at; `SECOND` of them
            take about a second.
        keep_shape: keep the numbers of states and actions.
        keeps: what else must stay true of it, for example parts that are given.

    Example:
        >>> from .engine import search
        >>> from .query import Query
        >>> large = search(Query(states=4, gamma="1/2", gap_at_least=2)).witness
        >>> minimise(large).game.num_states
        2
    """
    if not found.game.is_exact or not found.verify().valid:
        return found
    meter = _Meter(work)
    tables, best = Tables.of(found), found
    simplest: tuple[int, int, int, int] | None = None
    while tables.cost != simplest:
        simplest = tables.cost
        for step in steps(keep_shape):
            passed = 0
            while True:
                made, passed = _next(step, tables, best, passed, keeps, meter)
                if made is None:
                    break
                tables, best = made
            if meter.left <= 0:
                return best
    return best


def _next(
    step: Step,
    tables: Tables,
    best: Witness,
    passed: int,
    keeps: Callable[[Witness], bool],
    meter: _Meter,
) -> tuple[tuple[Tables, Witness] | None, int]:
    """The next change that is simpler and still a witness, and how many were passed before it."""
    for changed in itertools.islice(step(tables, best), passed, None):
        if meter.left <= 0:
            return None, passed
        meter.looked(changed, checked=False)
        if changed.cost < tables.cost:
            meter.looked(changed, checked=True)
            made = _witness(best, changed)
            if made is not None and keeps(made):
                return (changed, made), passed
        passed += 1
    return None, passed


def _witness(old: Witness, tables: Tables) -> Witness | None:
    game = MarkovGame(tables.kernel, tables.rewards, tables.start, old.game.discount)
    made = witness(
        game,
        ProductPolicy(list(tables.expert)),
        ProductPolicy(list(tables.learner)),
        old.player,
        old.shows,
        old.assumptions,
    )
    return made if made.verify().valid else None
