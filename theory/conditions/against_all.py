r"""Clauses against all stationary opponents whose rows lie in given polytopes.

For states U, any actions \(b\) of the player elsewhere, opponents \(p\), s in U and an action a put
\(F(p)=D\,[V(s)-Q(s,a)]\). D and \(D\,V\) are affine in every row of the opponents' joint actions,
so F is affine in the rows at other states, where vertices suffice, and a quadratic form in the row
at s: for vertices j, k there it has the entries \(c_{jk}\), the value of \(D\,[V(s)-Q(s,a)]\) with
k in D and V and j in the step.
With one opponent F is non-negative iff that form is copositive. With several, the vertices are
products and only products of rows are meant: then it suffices that the entries are non-negative
once those are averaged that differ by an exchange of one opponent's actions (the Bernstein
coefficients of F), and it is necessary that the form is copositive where one opponent alone varies.
Where weights are no products (opponents near a policy) nothing is averaged and nothing necessary.
"""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import BadInput
from .against_expert import never
from .clause import Atom, Clause, Sign
from .concept import Sides
from .copositive import LARGEST, copositive
from .game import Joint
from .opponents import Opponents
from .side import MAX_CASES, Side, Solved


def against_all(
    side: Side, opponents: Opponents, held: Sequence[int], free: Sequence[int], *, strictly: bool
) -> Sides:
    """At the held states no action is worth more than the policy's, against any of the opponents.

    Args:
        side: the player's problem.
        opponents: the polytope of rows at each state, by its vertices.
        held: states at which the player keeps to the policy, and the actions are compared.
        free: other states that can be reached; all actions of the player there are tried.
        strictly: every other action is worth less.
    """
    mixed = [s for s in held if 1 not in side.own[s]]
    if strictly and mixed:
        why = f"player {side.player} mixes at {side.game.states[mixed[0]]}"
        return Sides.exactly((never(why),))
    necessary: list[Clause] = []
    sufficient: list[Clause] = []
    notes = set()
    for form in _forms(side, opponents, held, free):
        sides = _decided(form, strictly)
        necessary += sides.necessary
        sufficient += sides.sufficient
        notes.add(sides.note)
    return Sides(tuple(necessary), tuple(sufficient), " ".join(sorted(notes - {""})))


@dataclass(frozen=True)
class _Form:
    """One F: its matrix over the vertices at s, and the sets where one opponent alone varies."""

    matrix: list[list[Any]]
    joints: tuple[Joint, ...]
    products: bool
    lines: tuple[tuple[int, ...], ...]
    in_support: bool
    why: str

    def part(self, kept: Sequence[int]) -> list[list[Any]]:
        return [[self.matrix[j][k] for k in kept] for j in kept]


def _forms(
    side: Side, opponents: Opponents, held: Sequence[int], free: Sequence[int]
) -> Iterator[_Form]:
    count = math.prod(len(rows) for rows in opponents.rows)
    if count * side.count ** len(free) > MAX_CASES:
        given = f"{count} extreme opponents and {len(free)} states off the path"
        raise BadInput("symbolic game", given, f"at most {MAX_CASES} systems to solve")
    numbers = [range(len(rows)) for rows in opponents.rows]
    for _, own in side.continuations(free):
        solved = {
            place: side.solve(own, [rows[k] for rows, k in zip(opponents.rows, place, strict=True)])
            for place in itertools.product(*numbers)
        }
        for s in held:
            yield from _at(side, opponents, s, solved)


def _at(
    side: Side, opponents: Opponents, state: int, solved: Mapping[tuple[int, ...], Solved]
) -> Iterator[_Form]:
    here = opponents.rows[state]
    elsewhere = [range(len(r)) if s != state else (0,) for s, r in enumerate(opponents.rows)]
    for place in itertools.product(*elsewhere):
        there = [solved[(*place[:state], k, *place[state + 1 :])] for k in range(len(here))]
        for action in range(side.count):
            weight = side.own[state][action]
            if weight == 1:
                continue
            lost = [[side.advantage_lost(known, state, action, j) for known in there] for j in here]
            matrix = [[lost[j][k] + lost[k][j] for k in range(len(here))] for j in range(len(here))]
            name = side.game.action_names[side.player][action]
            why = f"player {side.player} at {side.game.states[state]}: action {name}"
            why += opponents.told(place, state)
            joints = opponents.joints[state]
            yield _Form(matrix, joints, opponents.products, _lines(joints), bool(weight), why)


def _lines(joints: Sequence[Joint]) -> tuple[tuple[int, ...], ...]:
    """Sets of joint actions that differ in one opponent's action only."""
    if not joints or not joints[0]:
        return ((0,),)
    lines: dict[tuple[int, ...], list[int]] = {}
    for position in range(len(joints[0])):
        for k, joint in enumerate(joints):
            key = (position, *joint[:position], -1, *joint[position + 1 :])
            lines.setdefault(key, []).append(k)
    return tuple(sorted({tuple(line) for line in lines.values()}))


def _decided(form: _Form, strictly: bool) -> Sides:
    every = tuple(range(len(form.matrix)))
    single = every in form.lines
    if form.in_support:
        return _vanishing(form, single)
    if single and len(every) <= LARGEST:
        return Sides.exactly(tuple(copositive(form.matrix, form.why, strictly=strictly)))
    necessary = [
        clause
        for line in form.lines
        for kept in _small(line)
        for clause in copositive(form.part(kept), form.why, strictly=strictly)
    ]
    whole = tuple(_entries(form, strictly))
    if single:
        note = f"an opponent has more than {LARGEST} actions at one state."
    else:
        note = "several opponents act at one state."
    return Sides(tuple(dict.fromkeys(necessary)), whole, note)


def _small(line: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if len(line) <= LARGEST:
        yield tuple(line)
    else:
        yield from itertools.combinations(line, 3)


def _entries(form: _Form, strictly: bool) -> Iterator[Clause]:
    """Bernstein coefficients that are not negative, at the vertices positive if that is asked."""
    total: dict[tuple[tuple[int, ...], ...], Any] = {}
    for j, k in itertools.product(range(len(form.matrix)), repeat=2):
        pairs = zip(form.joints[j], form.joints[k], strict=True) if form.products else [(j, k)]
        key = tuple(tuple(sorted(pair)) for pair in pairs)
        total[key] = total.get(key, 0) + form.matrix[j][k]
    for key, coefficient in total.items():
        vertex = all(first == second for first, second in key)
        sign = Sign.POSITIVE if strictly and vertex else Sign.AT_LEAST_ZERO
        yield Clause((Atom(coefficient, sign),), form.why)


def _vanishing(form: _Form, single: bool) -> Sides:
    """An action that the policy plays earns as much as the policy: the form is zero."""

    def zeros(kept: Sequence[int]) -> list[Clause]:
        pairs = itertools.combinations_with_replacement(kept, 2)
        return [Clause((Atom(form.matrix[j][k], Sign.ZERO),), form.why) for j, k in pairs]

    everything = tuple(zeros(range(len(form.matrix))))
    if single:
        return Sides.exactly(everything)
    necessary = tuple(clause for line in form.lines for clause in zeros(line))
    return Sides(necessary, everything, "several opponents act at one state.")
