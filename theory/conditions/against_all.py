r"""Clauses against all stationary opponents whose rows lie in given polytopes.

For states U, any actions \(b\) of the player elsewhere, opponents \(p\), s in U and an action a put
\(F(p)=D\,[V(s)-Q(s,a)]\). D and \(D\,V\) are affine in every row of the opponents' joint actions,
so F is affine in each opponent's row at other states, where vertices suffice, and a quadratic form
in the joint row at s: for vertices j, k there it has the entries \(c_{jk}\), the value of
\(D\,[V(s)-Q(s,a)]\) with k in D and V and j in the step.
With one opponent F is non-negative iff that form is copositive on every set of vertices that spans
a simplex. With several, only products of rows are meant, and the vertices are products of vertices:
then it suffices that the entries are non-negative once those are averaged that differ by an
exchange of one opponent's vertices (the Bernstein coefficients of F), and it is necessary that the
form is copositive where one opponent alone varies.
What is said of vertices is asked only where the symbols make them vertices.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..errors import BadInput
from .against_expert import never
from .balls import possible
from .clause import Atom, Clause, Sign
from .concept import Sides
from .copositive import LARGEST, copositive
from .game import Joint, Row
from .opponents import Opponents
from .ranges import Ranges
from .side import MAX_CASES, Side, Solved


def against_all(
    side: Side, opponents: Opponents, held: Sequence[int], free: Sequence[int], *, strictly: bool
) -> Sides:
    """At the held states no action is worth more than the policy's, against any of the opponents.

    Args:
        side: the player's problem.
        opponents: their polytopes of rows at each state, by the vertices.
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
    """One F: its matrix over the vertices at s, and the sets where one opponent alone varies.

    Attributes:
        lines: sets of vertices, each with how many of them span a simplex.
        guards: for each vertex at s the relations under which it is one.
        elsewhere: those of the vertices at other states.
    """

    matrix: list[list[Any]]
    joints: tuple[Joint, ...]
    lines: tuple[tuple[tuple[int, ...], int], ...]
    guards: tuple[tuple[Atom, ...], ...]
    elsewhere: tuple[Atom, ...]
    ranges: Ranges
    in_support: bool
    why: str

    def part(self, kept: Sequence[int]) -> list[list[Any]]:
        return [[self.matrix[j][k] for k in kept] for j in kept]

    def guarded(self, clause: Clause, vertices: Iterable[int]) -> Iterator[Clause]:
        """The clause, asked where these are vertices; nothing where they never are."""
        relations = dict.fromkeys((*self.elsewhere, *(a for k in vertices for a in self.guards[k])))
        if possible(relations, self.ranges):
            excused = tuple(atom.negation for atom in relations)
            yield Clause((*excused, *clause.atoms), clause.why)


def _forms(
    side: Side, opponents: Opponents, held: Sequence[int], free: Sequence[int]
) -> Iterator[_Form]:
    count = math.prod(len(rows) for rows in opponents.rows)
    if count * side.count ** len(free) > MAX_CASES:
        given = f"{count} extreme opponents and {len(free)} states off the path"
        raise BadInput("symbolic game", given, f"at most {MAX_CASES} systems to solve")
    for _, own in side.continuations(free):

        @cache
        def solved(place: tuple[int, ...], own: Sequence[Row] = tuple(own)) -> Solved:
            rows = [rows[k] for rows, k in zip(opponents.rows, place, strict=True)]
            return side.solve(own, rows)

        for s in held:
            yield from _at(side, opponents, s, solved)


def _at(
    side: Side, opponents: Opponents, state: int, solved: Callable[[tuple[int, ...]], Solved]
) -> Iterator[_Form]:
    here, joints = opponents.rows[state], opponents.joints[state]
    guards = tuple(opponents.guard(state, k) for k in range(len(here)))
    lines = _lines(joints, opponents.spans(state))
    elsewhere = [range(len(r)) if s != state else (0,) for s, r in enumerate(opponents.rows)]
    for place in itertools.product(*elsewhere):
        others = (opponents.guard(s, k) for s, k in enumerate(place) if s != state)
        relations = tuple(dict.fromkeys(atom for guard in others for atom in guard))
        if not possible(relations, side.game.ranges):
            continue
        there = [solved((*place[:state], k, *place[state + 1 :])) for k in range(len(here))]
        for action in range(side.count):
            weight = side.own[state][action]
            if weight == 1:
                continue
            lost = [[side.advantage_lost(known, state, action, j) for known in there] for j in here]
            matrix = [[lost[j][k] + lost[k][j] for k in range(len(here))] for j in range(len(here))]
            name = side.game.action_names[side.player][action]
            why = f"player {side.player} at {side.game.states[state]}: action {name}"
            why += opponents.told(place, state)
            yield _Form(
                matrix, joints, lines, guards, relations, side.game.ranges, bool(weight), why
            )


def _lines(
    joints: Sequence[Joint], spans: Sequence[int]
) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Sets of choices that differ in one opponent's vertex only."""
    if not joints or not joints[0]:
        return (((0,), 1),)
    lines: dict[tuple[int, ...], list[int]] = {}
    for position in range(len(joints[0])):
        for k, joint in enumerate(joints):
            key = (position, *joint[:position], -1, *joint[position + 1 :])
            lines.setdefault(key, []).append(k)
    found: dict[tuple[int, ...], int] = {}
    for (position, *_), line in lines.items():
        found[tuple(line)] = max(found.get(tuple(line), 0), spans[position])
    return tuple(sorted(found.items()))


def _decided(form: _Form, strictly: bool) -> Sides:
    every = tuple(range(len(form.matrix)))
    span = dict(form.lines).get(every)
    if form.in_support:
        return _vanishing(form, span is not None)
    if span is not None and span <= LARGEST:
        return Sides.exactly(tuple(_copositive(form, every, span, strictly)))
    necessary = [
        clause
        for line, most in form.lines
        for clause in _copositive(form, line, min(most, LARGEST), strictly)
    ]
    whole = tuple(_entries(form, strictly))
    if span is not None:
        note = f"an opponent has more than {LARGEST} actions at one state."
    else:
        note = "several opponents act at one state."
    return Sides(tuple(dict.fromkeys(necessary)), whole, note)


def _copositive(form: _Form, line: Sequence[int], most: int, strictly: bool) -> Iterator[Clause]:
    for kept, clause in copositive(form.part(line), form.why, strictly=strictly, most=most):
        yield from form.guarded(clause, [line[k] for k in kept])


def _entries(form: _Form, strictly: bool) -> Iterator[Clause]:
    """Bernstein coefficients that are not negative, at the vertices positive if that is asked."""
    total: dict[tuple[tuple[int, ...], ...], Any] = {}
    among: dict[tuple[tuple[int, ...], ...], tuple[int, int]] = {}
    for j, k in itertools.product(range(len(form.matrix)), repeat=2):
        pairs = zip(form.joints[j], form.joints[k], strict=True)
        key = tuple(tuple(sorted(pair)) for pair in pairs)
        total[key] = total.get(key, 0) + form.matrix[j][k]
        among[key] = j, k
    for key, coefficient in total.items():
        vertex = all(first == second for first, second in key)
        sign = Sign.POSITIVE if strictly and vertex else Sign.AT_LEAST_ZERO
        yield from form.guarded(Clause((Atom(coefficient, sign),), form.why), among[key])


def _vanishing(form: _Form, single: bool) -> Sides:
    """An action that the policy plays earns as much as the policy: the form is zero."""

    def zeros(kept: Sequence[int]) -> Iterator[Clause]:
        for j, k in itertools.combinations_with_replacement(kept, 2):
            clause = Clause((Atom(form.matrix[j][k], Sign.ZERO),), form.why)
            yield from form.guarded(clause, (j, k))

    everything = tuple(zeros(range(len(form.matrix))))
    if single:
        return Sides.exactly(everything)
    necessary = tuple(clause for line, _ in form.lines for clause in zeros(line))
    return Sides(necessary, everything, "several opponents act at one state.")
