r"""Makes a witness small: fewer states and actions, fewer successors, zeros, short numbers.

Every step changes one thing and is kept only if the exact recheck still accepts the witness with
the same gap or claim, and if the witness became simpler: fewer states, then fewer actions, then
fewer joint actions that differ in what they do, then less of the size of its numbers, where 0 is
the simplest number and 1 the next. Work is counted, not timed: the same witness becomes the same
simple one on every machine.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.policy import ProductPolicy

from .rewards.ties import Ties
from .witness import Witness, witness

ONE, ZERO = Fraction(1), Fraction(0)
SECOND = 10**6
"""Numbers that are looked at in about a second."""
WORK = 3 * SECOND
"""Numbers that are looked at before the simplest witness so far is good enough."""
_CHANGE = 500
"""What a change costs beside the numbers of the game, in numbers looked at."""
_CHECK, _AGAIN = 10_000, 10
"""What a recheck costs, and how often it looks at every number."""


@dataclass(frozen=True, eq=False)
class _Tables:
    """Everything of a witness that may change, as arrays of Fractions."""

    kernel: Any
    rewards: Any
    start: Any
    expert: tuple[Any, ...]
    learner: tuple[Any, ...]

    @property
    def actions(self) -> tuple[int, ...]:
        return tuple(table.shape[1] for table in self.expert)

    @property
    def states(self) -> int:
        return len(self.start)

    @property
    def size(self) -> int:
        """How many numbers there are, but for those of the policies."""
        return int(self.kernel.size + self.rewards.size)

    @cached_property
    def cost(self) -> tuple[int, int, int, int]:
        """States, joint actions, joint actions that differ, and how long the numbers are."""
        parts = (self.kernel, self.rewards, self.start, *self.expert, *self.learner)
        numbers = sum(_length(x) for part in parts for x in part.flat)
        return self.states, int(np.prod(self.actions)), self._different(), numbers

    def _different(self) -> int:
        """Over all states, how many joint actions there are that do not do the same."""
        total = 0
        for s in range(self.states):
            kernel = self.kernel[s].reshape(-1, self.states)
            rewards = self.rewards[:, s].reshape(len(self.rewards), -1)
            total += len({(*kernel[a], *rewards[:, a]) for a in range(len(kernel))})
        return total


@dataclass
class _Meter:
    """The work that is left."""

    left: int

    def looked(self, tables: _Tables, *, checked: bool) -> None:
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
    tables, best = _tables(found), found
    simplest: tuple[int, int, int, int] | None = None
    while tables.cost != simplest:
        simplest = tables.cost
        for step in _steps(keep_shape):
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
    step: "_Step",
    tables: _Tables,
    best: Witness,
    passed: int,
    keeps: Callable[[Witness], bool],
    meter: _Meter,
) -> tuple[tuple[_Tables, Witness] | None, int]:
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


_Step = Callable[[_Tables, Witness], Iterator[_Tables]]


def _steps(keep_shape: bool) -> tuple[_Step, ...]:
    inside: tuple[_Step, ...] = (_idle, _pure, _starts, _rows, _rewards)
    return inside if keep_shape else (_fewer_states, _fewer_actions, *inside)


def _tables(found: Witness) -> _Tables:
    game = found.game
    return _Tables(
        np.array(game.transition),
        np.array(game.rewards),
        np.array(game.start),
        tuple(np.array(t) for t in found.expert.policies),
        tuple(np.array(t) for t in found.learner.policies),
    )


def _witness(old: Witness, tables: _Tables) -> Witness | None:
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


# -- one change at a time


def _fewer_states(old: _Tables, _: Witness) -> Iterator[_Tables]:
    """Without a state; what led to it leads to another."""
    for gone in reversed(range(old.states)) if old.states > 1 else ():
        kept = [s for s in range(old.states) if s != gone]
        for heir in kept:
            kernel = np.array(old.kernel)
            kernel[..., heir] = kernel[..., heir] + kernel[..., gone]
            start = np.array(old.start)
            start[heir] = start[heir] + start[gone]
            yield _Tables(
                kernel[kept][..., kept],
                old.rewards[:, kept],
                start[kept],
                tuple(t[kept] for t in old.expert),
                tuple(t[kept] for t in old.learner),
            )


def _fewer_actions(old: _Tables, _: Witness) -> Iterator[_Tables]:
    """Without an action that neither policy plays."""
    for i, count in enumerate(old.actions):
        for gone in reversed(range(count)) if count > 1 else ():
            if any(old.expert[i][:, gone]) or any(old.learner[i][:, gone]):
                continue
            kept = [a for a in range(count) if a != gone]
            yield _Tables(
                np.take(old.kernel, kept, axis=1 + i),
                np.take(old.rewards, kept, axis=2 + i),
                old.start,
                _with(old.expert, i, old.expert[i][:, kept]),
                _with(old.learner, i, old.learner[i][:, kept]),
            )


def _idle(old: _Tables, found: Witness) -> Iterator[_Tables]:
    """With rewards 0 for one who does not exploit."""
    for j in range(len(old.actions)):
        if j != found.player:
            rewards = np.array(old.rewards)
            rewards[j] = ZERO
            yield _Tables(old.kernel, rewards, old.start, old.expert, old.learner)


def _pure(old: _Tables, _: Witness) -> Iterator[_Tables]:
    """With one pure row in a policy."""
    for i, count in enumerate(old.actions):
        for s in range(old.states):
            for a in range(count):
                row = _unit(a, count)
                for name in ("learner", "expert", "both"):
                    expert = _row(old.expert, i, s, row) if name != "learner" else old.expert
                    learner = _row(old.learner, i, s, row) if name != "expert" else old.learner
                    yield _Tables(old.kernel, old.rewards, old.start, expert, learner)


def _starts(old: _Tables, _: Witness) -> Iterator[_Tables]:
    """From one state, or from several alike."""
    rows = [_unit(s, old.states) for s in range(old.states)]
    inside = [s for s, p in enumerate(old.start) if p]
    rows.append(np.array([Fraction(int(s in inside), len(inside)) for s in range(old.states)]))
    rows += [row for row in _shorter(old.start) if sum(row) == 1 and min(row) >= 0]
    for row in rows:
        yield _Tables(old.kernel, old.rewards, row, old.expert, old.learner)


def _rows(old: _Tables, found: Witness) -> Iterator[_Tables]:
    """With other rows of the kernel: where a state stays, else where it leads to one state."""
    for places in _alike(old, found, by_kernel=True):
        (_, s, joint) = places[0]
        row = old.kernel[(s, *joint)]
        for t in (s, *(t for t in range(old.states) if t != s)):
            if row[t] != 1:
                kernel = np.array(old.kernel)
                for _, u, action in places:
                    kernel[(u, *action)] = _unit(t, old.states)
                yield _Tables(kernel, old.rewards, old.start, old.expert, old.learner)


def _rewards(old: _Tables, found: Witness) -> Iterator[_Tables]:
    """With a shorter number for entries that the assumptions tie, or that agree at a state."""
    ties = Ties(old.actions, old.states, frozenset(a.name for a in found.assumptions))
    groups: dict[str, list[tuple[Any, int]]] = {}
    for entry in ties.entries:
        name, sign = ties.of(*entry)
        if sign:
            groups.setdefault(name, []).append((entry, sign))
    for places in _alike(old, found, by_kernel=False):
        groups["at " + str(places)] = [(place, 1) for place in places]
    for group in groups.values():
        (i, s, joint), sign = group[0]
        value = sign * old.rewards[(i, s, *joint)]
        for short in _simpler(value):
            rewards = np.array(old.rewards)
            for (j, t, action), turn in group:
                rewards[(j, t, *action)] = turn * short
            yield _Tables(old.kernel, rewards, old.start, old.expert, old.learner)


def _alike(
    old: _Tables, found: Witness, *, by_kernel: bool
) -> list[list[tuple[int, int, tuple[int, ...]]]]:
    """Entries that may change together: one alone; all joint actions of a state that agree."""
    joints = list(np.ndindex(*old.actions))
    together: list[list[tuple[int, int, tuple[int, ...]]]] = []
    mirror = any(a.name == "symmetric" for a in found.assumptions)
    for i in [0] if by_kernel else range(len(old.actions)):
        for s in range(old.states):
            by_value: dict[object, list[tuple[int, int, tuple[int, ...]]]] = {}
            for joint in joints:
                at = old.kernel[(s, *joint)] if by_kernel else old.rewards[(i, s, *joint)]
                key = tuple(at) if by_kernel else at
                by_value.setdefault(key, []).append((i, s, joint))
                if by_kernel:
                    other = [(i, s, joint[::-1])] if mirror and joint != joint[::-1] else []
                    together.append([(i, s, joint), *other])
            together += [group for group in by_value.values() if len(group) > 1]
    return together


# -- numbers


def _length(number: Fraction) -> int:
    """0 for 0, 1 for 1 and -1, and more for longer numbers."""
    if not number:
        return 0
    return 1 + 2 * (number.denominator.bit_length() - 1) + abs(number.numerator).bit_length() - 1


def _simpler(number: Fraction) -> Iterator[Fraction]:
    """Shorter numbers in [-1, 1], the simplest first."""
    near = [number.limit_denominator(k) for k in (1, 2, 3, 4, 5, 8, 10, 16)]
    for other in dict.fromkeys((ZERO, ONE, -ONE, *near)):
        if _length(other) < _length(number):
            yield other


def _shorter(row: Sequence[Fraction]) -> Iterator[Any]:
    """Distributions with shorter numbers; the largest entry takes the rest."""
    for k in (2, 3, 4, 5, 8, 10, 16, 20):
        near = np.array([p.limit_denominator(k) for p in row], dtype=object)
        largest = max(range(len(row)), key=lambda s: row[s])
        near[largest] += 1 - sum(near)
        yield near


def _unit(at: int, size: int) -> Any:
    return np.array([Fraction(int(k == at)) for k in range(size)], dtype=object)


def _with(tables: tuple[Any, ...], i: int, table: Any) -> tuple[Any, ...]:
    return tuple(table if j == i else own for j, own in enumerate(tables))


def _row(tables: tuple[Any, ...], i: int, s: int, row: Any) -> tuple[Any, ...]:
    table = np.array(tables[i])
    table[s] = row
    return _with(tables, i, table)
