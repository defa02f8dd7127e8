"""Single changes that may make a witness simpler; whether it is still one is asked elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from .rewards.ties import Ties
from .simple_tables import Tables, length
from .witness import Witness

ONE, ZERO = Fraction(1), Fraction(0)
Step = Callable[[Tables, Witness], Iterator[Tables]]
"""From the tables of a witness to each of the changed ones."""


def steps(keep_shape: bool) -> tuple[Step, ...]:
    """Every kind of change, those of the numbers of states and actions first."""
    inside: tuple[Step, ...] = (_idle, _pure, _starts, _rows, _rewards)
    return inside if keep_shape else (_fewer_states, _fewer_actions, *inside)


def _fewer_states(old: Tables, _: Witness) -> Iterator[Tables]:
    """Without a state; what led to it leads to another."""
    for gone in reversed(range(old.states)) if old.states > 1 else ():
        kept = [s for s in range(old.states) if s != gone]
        for heir in kept:
            kernel = np.array(old.kernel)
            kernel[..., heir] = kernel[..., heir] + kernel[..., gone]
            start = np.array(old.start)
            start[heir] = start[heir] + start[gone]
            yield Tables(
                kernel[kept][..., kept],
                old.rewards[:, kept],
                start[kept],
                tuple(t[kept] for t in old.expert),
                tuple(t[kept] for t in old.learner),
            )


def _fewer_actions(old: Tables, _: Witness) -> Iterator[Tables]:
    """Without an action that neither policy plays."""
    for i, count in enumerate(old.actions):
        for gone in reversed(range(count)) if count > 1 else ():
            if any(old.expert[i][:, gone]) or any(old.learner[i][:, gone]):
                continue
            kept = [a for a in range(count) if a != gone]
            yield Tables(
                np.take(old.kernel, kept, axis=1 + i),
                np.take(old.rewards, kept, axis=2 + i),
                old.start,
                _with(old.expert, i, old.expert[i][:, kept]),
                _with(old.learner, i, old.learner[i][:, kept]),
            )


def _idle(old: Tables, found: Witness) -> Iterator[Tables]:
    """With rewards 0 for one who does not exploit."""
    for j in range(len(old.actions)):
        if j != found.player:
            rewards = np.array(old.rewards)
            rewards[j] = ZERO
            yield Tables(old.kernel, rewards, old.start, old.expert, old.learner)


def _pure(old: Tables, _: Witness) -> Iterator[Tables]:
    """With one pure row in a policy."""
    for i, count in enumerate(old.actions):
        for s in range(old.states):
            for a in range(count):
                row = _unit(a, count)
                for name in ("learner", "expert", "both"):
                    expert = _row(old.expert, i, s, row) if name != "learner" else old.expert
                    learner = _row(old.learner, i, s, row) if name != "expert" else old.learner
                    yield Tables(old.kernel, old.rewards, old.start, expert, learner)


def _starts(old: Tables, _: Witness) -> Iterator[Tables]:
    """From one state, or from several alike."""
    rows = [_unit(s, old.states) for s in range(old.states)]
    inside = [s for s, p in enumerate(old.start) if p]
    rows.append(np.array([Fraction(int(s in inside), len(inside)) for s in range(old.states)]))
    rows += [row for row in _shorter(old.start) if sum(row) == 1 and min(row) >= 0]
    for row in rows:
        yield Tables(old.kernel, old.rewards, row, old.expert, old.learner)


def _rows(old: Tables, found: Witness) -> Iterator[Tables]:
    """With other rows of the kernel: where a state stays, else where it leads to one state."""
    for places in _alike(old, found, by_kernel=True):
        (_, s, joint) = places[0]
        row = old.kernel[(s, *joint)]
        for t in (s, *(t for t in range(old.states) if t != s)):
            if row[t] != 1:
                kernel = np.array(old.kernel)
                for _, u, action in places:
                    kernel[(u, *action)] = _unit(t, old.states)
                yield Tables(kernel, old.rewards, old.start, old.expert, old.learner)


def _rewards(old: Tables, found: Witness) -> Iterator[Tables]:
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
            yield Tables(old.kernel, rewards, old.start, old.expert, old.learner)


def _alike(
    old: Tables, found: Witness, *, by_kernel: bool
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


def _simpler(number: Fraction) -> Iterator[Fraction]:
    """Shorter numbers in [-1, 1], the simplest first."""
    near = [number.limit_denominator(k) for k in (1, 2, 3, 4, 5, 8, 10, 16)]
    for other in dict.fromkeys((ZERO, ONE, -ONE, *near)):
        if length(other) < length(number):
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
