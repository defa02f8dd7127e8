r"""Random restarts and local moves; rewards and start by exact linear programs, in turn.

The gain is bilinear in rewards and start: each is optimised exactly while the other rests, until
neither helps. Then the neighbours are scored in floats, and the best of them are tried exactly.
Whatever is reported is an exact game of the class, rechecked from the definitions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

import numpy as np

from nashgap.numeric.best_response import best_response
from nashgap.numeric.reading import Reading
from nashgap.numeric.value import state_values

from ..candidate import Candidate
from ..problem import Threshold
from ..rewards.program import Best, Program, TooManyError, programs
from ..rewards.scene import Row, Scene
from ..witness import witness
from .frame import Frame, Point
from .quick import hint, rounded
from .score import scores
from .start import best_start, vertices

OF_THE_SCENE = frozenset(
    {
        *("match-rho", "match-mu", "match-bc", "full-support", "deterministic", "pure", "reset"),
        *("entry", "uniform-off-support", "symmetric", "turn-based", "alternating", "visited"),
    }
)
"""Assumptions that a game with rewards 0 answers, or at least must not fail."""
LEAST = Fraction(1, 1000)
"""How much worse deviations from a strict equilibrium are made."""
TRIED = 6
WHATEVER_THE_START = frozenset(
    {
        *("match-bc", "dominant", "deterministic", "pure", "zero-sum", "common-payoff"),
        *("state-rewards", "own-rewards", "symmetric", "turn-based", "alternating"),
    }
)
"""Assumptions whose rows on the rewards are made to hold for every start."""


@dataclass(frozen=True, eq=False)
class Place:
    """A point with its best start and rewards."""

    point: Point
    scene: Scene
    program: Program
    best: Best

    @property
    def value(self) -> Fraction:
        """The gain."""
        return self.best.value


def falsify(
    frame: Frame,
    players: tuple[int, ...],
    *,
    seed: int = 0,
    restarts: int | None = None,
    above: Fraction | None = None,
) -> Iterator[Candidate]:
    """Ever better exact games of a class; without `restarts` it never ends.

    Args:
        frame: the class and what is known.
        players: whose gap counts.
        seed: of the random moves.
        restarts: how many, or None.
        above: report only games that exceed this.

    Example:
        >>> from ..query import Query
        >>> said = Query(match="mu", states=1, gamma="1/2").game_class
        >>> found = list(falsify(Frame(said), (0, 1), restarts=5))
        >>> from nashgap.numeric.gaps import nash_gap
        >>> nash_gap(found[-1].game, found[-1].learner)
        Fraction(4, 1)
    """
    climber = _Climber(frame, players, Random(seed))  # noqa: S311 (no secret)
    best = above
    done = 0
    while restarts is None or done < restarts:
        done += 1
        for place in climber.once():
            climber.remember(place)
            if best is None or place.value > best:
                made = place.program.candidate(place.best)
                if climber.is_true(made, place.value):
                    best = place.value
                    yield made


class _Climber:
    def __init__(self, frame: Frame, players: tuple[int, ...], rng: Random) -> None:
        self.frame, self.players, self.rng = frame, players, rng
        self.kept: Place | None = None
        said = frame.said
        self.of_scene = [a for a in said.assumptions if a.name in OF_THE_SCENE]
        self.bars = bool(said.names & {"nash", "strict-nash", "margin", "subgame-perfect"})
        self.ceiling = 2 / (1 - said.discount)
        self.all_starts = frame.free_start and said.names <= WHATEVER_THE_START

    def remember(self, place: Place) -> None:
        """Keeps the best place, from which half of the restarts set out."""
        if self.kept is None or place.value >= self.kept.value:
            self.kept = place

    def once(self) -> Iterator[Place]:
        """One restart, from anywhere or from some random moves off the best place."""
        if self.kept is None or self.rng.random() < 0.5:
            point = self.frame.random(self.rng)
        else:
            point = self.kept.point
            for _ in range(self.rng.randrange(1, 5)):
                point = self.rng.choice(list(self.frame.moves(point)) or [point])
        here = self.settle(point, fresh=True)
        while here is not None:
            yield here
            if here.value >= self.ceiling:
                return
            here = self.step(here)

    def step(self, here: Place) -> Place | None:
        """The first better neighbour among the most promising ones."""
        near = list(self.frame.moves(here.point))
        if not near:
            return None
        if len(near) > 400:
            near = self.rng.sample(near, 400)
        made = here.program.candidate(here.best)
        rewards = np.asarray(made.game.rewards, dtype=float)
        scenes = [self.frame.scene(point) for point in near]
        ranked = np.argsort(-scores(self.frame, here.scene, rewards, here.best.player, scenes))
        order = [int(k) for k in ranked[:TRIED]]
        order += [self.rng.randrange(len(near)) for _ in range(TRIED // 2)]
        for k in dict.fromkeys(order):
            found = self.settle(near[k], above=here.value)
            if found is not None and found.value > here.value:
                return found
        return None

    def settle(
        self, point: Point, *, fresh: bool = False, above: Fraction | None = None
    ) -> Place | None:
        """The point with its best start and rewards, found in turn."""
        frame = self.frame
        scene = frame.scene(point)
        if fresh and frame.free_start:
            gains = [Fraction(self.rng.randrange(-9, 10)) for _ in range(scene.states)]
            start = best_start(frame, scene, gains)
            if start is None:
                point, scene = self.matched(point, scene)
                start = best_start(frame, scene, gains)
            if start is None:
                return None
            point = replace(point, start=start)
            scene = frame.scene(point)
        starts = vertices(frame, scene) if self.all_starts else []
        place = self.rewarded(point, scene, None if fresh else above, starts)
        while place is not None and frame.free_start and place.value < self.ceiling:
            moved = self.restarted(place)
            if moved is None:
                return place
            place = moved
        return place

    def matched(self, point: Point, scene: Scene) -> tuple[Point, Scene]:
        """Lets the learner move as the expert does, where both are pure."""
        rows = dict(point.rows)
        for s in range(scene.states):
            (mine, _), *more = scene.played(scene.expert, s)
            (other, _), *others = scene.played(scene.learner, s)
            if not more and not others:
                slot = self.frame.slot(s, other, point.owners)
                if slot not in self.frame.parts.rows:
                    rows[slot] = scene.kernel[s][mine]
        point = replace(point, rows=rows)
        return point, self.frame.scene(point)

    def rewarded(
        self, point: Point, scene: Scene, above: Fraction | None, starts: Sequence[Row] = ()
    ) -> Place | None:
        """The best rewards, and the best of the starts, if the scene is one of the class."""
        if not self.fits(scene):
            return None
        given, said = self.frame.parts.rewards, self.frame.said
        found: Place | None = None
        for program in programs(scene, said.assumptions, LEAST, given):
            least = above if found is None else found.value
            if starts:
                program = replaced_start(program, (Fraction(1, scene.states),) * scene.states)
            try:
                hints = hint(program, self.players, starts or [scene.start])
            except TooManyError:
                return None
            for seems, start in hints[:1]:
                if seems.value <= rounded(least) + 1e-9:
                    continue
                own = program if not starts else replaced_start(program, start)
                best = own.best(seems.player, seems.deviation)
                if best is not None and (least is None or best.value > least):
                    found = Place(replace(point, start=start), own.scene, own, best)
        return found

    def restarted(self, place: Place) -> Place | None:
        """A better start for the rewards at hand, with the best rewards for it."""
        made = place.program.candidate(place.best)
        player = place.best.player
        deviating = best_response(made.game, made.learner, player).state_values
        own = state_values(made.game, made.learner)[player]
        gains = [Fraction(w) - Fraction(v) for w, v in zip(deviating, own, strict=True)]
        start = best_start(self.frame, place.scene, gains, self.barred(made))
        if start is None or start == place.scene.start:
            return None
        point = replace(place.point, start=start)
        moved = self.rewarded(point, self.frame.scene(point), place.value)
        return moved if moved is not None and moved.value > place.value else None

    def barred(self, made: Candidate) -> frozenset[int]:
        """States at which some player's policy of the expert is not optimal."""
        if not self.bars:
            return frozenset()
        found = set[int]()
        values = state_values(made.game, made.expert)
        for i in range(made.game.players):
            best = best_response(made.game, made.expert, i).state_values
            found |= {s for s, (u, v) in enumerate(zip(best, values[i], strict=True)) if u > v}
        return frozenset(found)

    def fits(self, scene: Scene) -> bool:
        """Whether kernel, start and policies are of the class."""
        names = self.frame.said.names
        if names & {"strict-nash", "margin"} and any(
            max(row) != 1 for table in scene.expert for row in table
        ):
            return False
        model = Reading(scene.game(), *scene.policies)
        return all(a.holds(model).holds is True for a in self.of_scene)

    def is_true(self, made: Candidate, value: Fraction) -> bool:
        """Whether the exact recheck confirms a game."""
        found = witness(
            made.game,
            made.expert,
            made.learner,
            made.player,
            Threshold(value),
            self.frame.said.assumptions,
        )
        return found.verify().valid


def replaced_start(program: Program, start: Row) -> Program:
    """The same program from another start."""
    return replace(program, scene=program.scene.with_start(start))
