r"""The space of kernels and policies that the falsifier walks through, and its moves.

A kernel is given by one row a slot; what the assumptions tie together (symmetry, turns) shares a
slot. Rows are unit rows or, unless kernels are deterministic, halves of two; resets mix them with
the start. A pure expert plays 0 everywhere, by renaming its actions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from random import Random

from ..parts import Parts, Slot
from ..query import GameClass
from ..rewards.scene import ONE, ZERO, Joint, Profile, Row, Scene, pure_row


@dataclass(frozen=True)
class Point:
    """A place in the space.

    Attributes:
        rows: the kernel, by slot. owners: whose turn it is, by state.
        start: the start. expert, learner: [n][S][A_i].
    """

    rows: Mapping[Slot, Row]
    owners: tuple[int, ...]
    start: Row
    expert: Profile
    learner: Profile


@dataclass(frozen=True)
class Frame:
    """The space of one class.

    Attributes:
        said: the class.
        parts: what is known beforehand.
        errs: whether learners that err by a small bound on errors are in it.
    """

    said: GameClass
    parts: Parts = field(default_factory=Parts)
    errs: bool = False

    @cached_property
    def turns(self) -> bool:
        """Whether one player decides at each state."""
        return bool(self.said.names & {"turn-based", "alternating"})

    @cached_property
    def reset(self) -> Fraction:
        """What every row gives to the start, state 0."""
        return self.parameter("reset") or ZERO

    def parameter(self, name: str) -> Fraction | None:
        """The parameter of an assumption, or None if it is not asked."""
        return next((a.parameter for a in self.said.assumptions if a.name == name), None)

    @cached_property
    def free_start(self) -> bool:
        """Whether the start may be chosen."""
        return self.parts.start is None and "reset" not in self.said.names

    def slot(self, s: int, joint: Joint, owners: Sequence[int]) -> Slot:
        """The slot of a row."""
        if (s, joint) in self.parts.rows:
            return s, joint
        if self.turns:
            joint = tuple(a if j == owners[s] else 0 for j, a in enumerate(joint))
        if "symmetric" in self.said.names:
            joint = min(joint, joint[::-1])
        return s, joint

    def options(self, s: int, owners: Sequence[int]) -> list[Row]:
        """The rows that may stand at a state."""
        size = self.said.states
        targets = [
            t for t in range(size) if "alternating" not in self.said.names or owners[t] != owners[s]
        ]
        found = [pure_row(t, size) for t in targets]
        if "deterministic" not in self.said.names:
            found += [
                _mixed(pure_row(t, size), pure_row(u, size), Fraction(1, 2))
                for t in targets
                for u in targets
                if t < u
            ]
        if self.reset:
            found = [_mixed(pure_row(0, size), row, self.reset) for row in found]
            if "deterministic" in self.said.names:
                found = [pure_row(0, size)]
        return found or [pure_row(s, size)]

    def policies(self, i: int) -> list[Row]:
        """The rows that a player may play."""
        count = self.said.actions[i]
        found = [pure_row(a, count) for a in range(count)]
        if "pure" not in self.said.names:
            found += [
                _mixed(pure_row(a, count), pure_row(b, count), Fraction(1, 2))
                for a in range(count)
                for b in range(a)
            ]
        return found

    def errors(self, i: int) -> list[Row]:
        """More rows for the learner: where errors are bounded, one that errs by the bound."""
        error, count = self.parameter("match-bc"), self.said.actions[i]
        if not self.errs or not error or error >= 2 or "pure" in self.said.names:
            return []
        return [
            _mixed(pure_row(a, count), pure_row(b, count), error / 2)
            for a in range(count)
            for b in range(count)
            if a != b
        ]

    @cached_property
    def mixes_expert(self) -> bool:
        """Whether a mixed expert is worth trying."""
        return not self.said.names & {"pure", "margin", "strict-nash"}

    def random(self, rng: Random) -> Point:
        """A random place."""
        said, size = self.said, self.said.states
        able = [i for i, a in enumerate(said.actions) if a > 1] or [0]
        owners = tuple(rng.choice(able) for _ in range(size))
        if "alternating" in said.names:
            first = rng.randrange(said.players)
            owners = tuple((first + s) % said.players for s in range(size))
        chosen: dict[Slot, Row] = dict(self.parts.rows)
        lazy = rng.random()
        expert = self.known(self.parts.expert, [[0] * size for _ in said.actions])
        bold = rng.random()
        learner = self.known(
            self.parts.learner,
            [
                [rng.randrange(a) if rng.random() < bold else 0 for _ in range(size)]
                for a in said.actions
            ],
        )
        if self.mixes_expert and rng.random() < 0.3:
            expert = self.sprinkled(expert, self.parts.expert, rng)
        if "pure" not in said.names and rng.random() < 0.3:
            learner = self.sprinkled(learner, self.parts.learner, rng)
        point = Point(chosen, owners, pure_row(0, size), expert, learner)
        for s in range(size):
            stay = pure_row(s, size)
            options = self.options(s, owners)
            for joint in self.joints:
                slot = self.slot(s, joint, owners)
                if slot not in chosen:
                    unit = rng.choice(options[:size])
                    row = rng.choice(options) if rng.random() < 0.3 else unit
                    chosen[slot] = stay if stay in options and rng.random() < lazy / 2 else row
        if self.parts.start is not None:
            point = replace(point, start=self.parts.start)
        return point

    @cached_property
    def joints(self) -> tuple[Joint, ...]:
        """All joint actions."""
        found: list[Joint] = [()]
        for count in self.said.actions:
            found = [(*joint, a) for joint in found for a in range(count)]
        return tuple(found)

    def known(self, given: Mapping[tuple[int, int], Row], pure: Sequence[Sequence[int]]) -> Profile:
        """A pure profile, except where a row is known."""
        return tuple(
            tuple(given.get((i, s), pure_row(a, self.said.actions[i])) for s, a in enumerate(table))
            for i, table in enumerate(pure)
        )

    def sprinkled(
        self, profile: Profile, given: Mapping[tuple[int, int], Row], rng: Random
    ) -> Profile:
        """The profile with one row replaced."""
        i, s = rng.randrange(self.said.players), rng.randrange(self.said.states)
        if (i, s) in given:
            return profile
        more = self.errors(i) if given is self.parts.learner else []
        return _with(profile, i, s, rng.choice([*more, *self.policies(i)]))

    def scene(self, point: Point) -> Scene:
        """The scene at a place, repaired to satisfy what the assumptions ask of it."""
        said = self.said
        kernel = tuple(
            {joint: point.rows[self.slot(s, joint, point.owners)] for joint in self.joints}
            for s in range(said.states)
        )
        scene = Scene(said.actions, kernel, point.start, said.discount, point.expert, point.learner)
        most = self.parameter("entry")
        if most is not None:
            scene = _entered(scene, most, set(self.parts.rows))
        if not said.names & {"match-rho", "uniform-off-support"}:
            return scene
        learner = scene.learner
        for s in range(said.states):
            for i in range(said.players):
                if (i, s) in self.parts.learner:
                    continue
                if s in scene.visited and "match-rho" in said.names:
                    learner = _with(learner, i, s, scene.expert[i][s])
                elif s not in scene.visited and "uniform-off-support" in said.names:
                    even = (Fraction(1, said.actions[i]),) * said.actions[i]
                    learner = _with(learner, i, s, even)
        return replace(scene, learner=learner)

    def moves(self, point: Point) -> Iterator[Point]:
        """Every place that differs in one row of the kernel or of a policy."""
        for slot, row in point.rows.items():
            if slot not in self.parts.rows:
                for other in self.options(slot[0], point.owners):
                    if other != row:
                        yield replace(point, rows={**point.rows, slot: other})
        for i in range(self.said.players):
            rows = self.policies(i)
            for s in range(self.said.states):
                for row in self.errors(i):
                    if row != point.learner[i][s] and (i, s) not in self.parts.learner:
                        yield replace(point, learner=_with(point.learner, i, s, row))
                for row in rows:
                    if row != point.learner[i][s] and (i, s) not in self.parts.learner:
                        yield replace(point, learner=_with(point.learner, i, s, row))
                    if (
                        self.mixes_expert
                        and row != point.expert[i][s]
                        and (i, s) not in self.parts.expert
                    ):
                        yield replace(point, expert=_with(point.expert, i, s, row))


def _with(profile: Profile, player: int, state: int, row: Row) -> Profile:
    return tuple(
        tuple(row if (i, s) == (player, state) else own for s, own in enumerate(table))
        for i, table in enumerate(profile)
    )


def _mixed(one: Row, other: Row, weight: Fraction) -> Row:
    return tuple(weight * a + (ONE - weight) * b for a, b in zip(one, other, strict=True))


def _entered(scene: Scene, most: Fraction, known: set[Slot]) -> Scene:
    """Rows of visited states give unvisited ones no more than `most`; the rest stays there."""
    inside = scene.visited
    kernel = []
    for s, rows in enumerate(scene.kernel):
        mended = dict(rows)
        for joint, row in rows.items():
            out = sum((p for t, p in enumerate(row) if t not in inside), ZERO)
            if s in inside and out > most and (s, joint) not in known:
                scale = most / out
                kept = [p * scale if t not in inside else p for t, p in enumerate(row)]
                kept[s] += out - most
                mended[joint] = tuple(kept)
        kernel.append(mended)
    return replace(scene, kernel=tuple(kernel))
