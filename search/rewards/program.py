r"""The largest gain of one deviation over all rewards of a class, exactly.

\(\max_r\;V_i^{(b,\pi_{-i})}(\nu)-V_i^\pi(\nu)\) over rewards in \([-1,1]\) under the rows of the
assumptions.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from nashgap.theory.assumptions import Assumption

from .. import lp
from ..candidate import Candidate
from ..checkers.common import IMPLY_NASH
from ..problem import Box
from ..problem import Row as Line
from .rows import Form, Rows, TooManyError, deviations, difference, replaced
from .scene import ONE, ZERO, Row, Scene
from .ties import Entry, Ties

__all__ = ["Best", "Program", "TooManyError", "deviations", "programs"]


@dataclass(frozen=True)
class Best:
    """The best rewards for one deviation of one player.

    Attributes:
        player: who deviates. deviation: how, shape [S][A_i]. optimum: the exact maximum.
    """

    player: int
    deviation: tuple[Row, ...]
    optimum: lp.Optimum

    @property
    def value(self) -> Fraction:
        """The gain."""
        return self.optimum.value


@dataclass(frozen=True, eq=False)
class Program:
    """The rewards of one scene as unknowns.

    Attributes:
        scene: kernel, start and policies.
        assumptions: what is asked of the rewards; what they ask of the scene is not checked here.
        owners: by state whose turn it is, where turns are taken.
        least: how much worse a deviation from a strict equilibrium must be at least.
        given: rewards that are known.
        needed: of `dominant` only what is needed, instead of what is enough.

    Example:
        One state, one player; the expert's action 0 is optimal, the learner plays 1:

        >>> from nashgap.theory.assumptions import parse_assumptions
        >>> one = ((Fraction(1),),)
        >>> scene = Scene((2,), ({(0,): one[0], (1,): one[0]},), one[0], Fraction(1, 2),
        ...               (((ONE, ZERO),),), (((ZERO, ONE),),))
        >>> Program(scene, parse_assumptions("nash")).best(0, ((ONE, ZERO),)).value
        Fraction(4, 1)
    """

    scene: Scene
    assumptions: tuple[Assumption, ...]
    owners: Mapping[int, int] | None = None
    least: Fraction = ZERO
    given: Mapping[Entry, Fraction] = field(default_factory=dict)
    needed: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the assumptions, "nash" added where one implies it."""
        found = frozenset(a.name for a in self.assumptions)
        return found | {"nash"} if found & (IMPLY_NASH - {"dominant"}) else found

    @cached_property
    def ties(self) -> Ties:
        """Which entries share a variable."""
        return Ties(self.scene.actions, self.scene.states, self.names, self.owners)

    @cached_property
    def rows(self) -> Rows:
        """What the assumptions ask.

        Raises:
            TooManyError: more pure policies than are enumerated.
        """
        margin = next((a.parameter for a in self.assumptions if a.name == "margin"), None)
        turns = None if self.owners is None else tuple(sorted(self.owners.items()))
        key = self.scene.expert, turns, self.assumptions, self.least, self.needed
        known = self.scene.shared.get(key)
        if known is None:  # the learner does not matter
            known = Rows(self.scene, self.ties, self.names, margin, self.least, self.needed)
            self.scene.shared[key] = known
        return known

    def objective(self, player: int, deviation: tuple[Row, ...]) -> Form:
        """The gain of a deviation from the learner, as a form in the rewards."""
        scene = self.scene
        deviating = scene.from_start(replaced(scene.learner, player, deviation))
        own = self.rows.form(player, scene.from_start(scene.learner))
        return {x: c for x, c in difference(self.rows.form(player, deviating), own).items() if c}

    def best(self, player: int, deviation: tuple[Row, ...]) -> Best | None:
        """The best rewards for a deviation; None if no rewards satisfy the rows."""
        found = self.solved(player, deviation)
        return Best(player, deviation, found) if isinstance(found, lp.Optimum) else None

    def solved(
        self, player: int, deviation: tuple[Row, ...], more: tuple[Line, ...] = ()
    ) -> lp.Optimum | lp.Infeasible | lp.Failed | None:
        """The program's answer; None where the given rewards contradict the class by themselves.

        Args:
            player: who deviates.
            deviation: how.
            more: rows beside those of the class.
        """
        terms = self.objective(player, deviation)
        one = Box(-ONE, ONE)
        known = self.known
        if known is None:
            return None
        used = dict.fromkeys((x for row in more for x, _ in row.terms), one)
        boxes = {**dict.fromkeys(terms, one), **used, **self.rows.boxes, **known}
        return lp.maximise(tuple(terms.items()), (*self.rows.rows, *more), boxes)

    @cached_property
    def known(self) -> Mapping[str, Box] | None:
        """The boxes of the variables that the given rewards settle; None if they conflict."""
        found: dict[str, Box] = {}
        for entry, value in self.given.items():
            name, sign = self.ties.of(*entry)
            box = Box(sign * value, sign * value)
            if (not sign and value) or found.setdefault(name, box) != box:
                return None
        return {x: box for x, box in found.items() if self.ties.of(*_entry(x))[1]}

    def best_of_all(self, players: tuple[int, ...], above: Fraction | None = None) -> Best | None:
        """The best over the players and all their pure deviations, if it exceeds `above`.

        A deviation whose coefficients add up to no more than the best so far is skipped.
        """
        queue: dict[tuple[tuple[str, Fraction], ...], tuple[Fraction, int, tuple[Row, ...]]] = {}
        for player in players:
            for _, deviation in deviations(self.scene, self.scene.learner, player):
                terms = self.objective(player, deviation)
                size = sum(map(abs, terms.values()), ZERO)
                queue.setdefault(tuple(sorted(terms.items())), (size, player, deviation))
        best: Best | None = None
        for size, player, deviation in sorted(queue.values(), key=lambda item: -item[0]):
            least = above if best is None else best.value
            if least is not None and size <= least:
                break
            found = self.best(player, deviation)
            if found is None:
                return None
            if least is None or found.value > least:
                best = found
        return best

    def candidate(self, best: Best) -> Candidate:
        """The whole game; nothing about it is believed."""
        known = {x: box.low for x, box in (self.known or {}).items()}
        return candidate_of(self.scene, self.ties, {**best.optimum.point, **known}, best.player)


def _entry(name: str) -> Entry:
    player, state, *joint = map(int, name.split(" ")[1:])
    return player, state, tuple(joint)


def candidate_of(scene: Scene, ties: Ties, point: Mapping[str, Fraction], player: int) -> Candidate:
    """The game of a scene with some rewards; entries that nothing asks about are 0."""
    table = np.full((scene.players, scene.states, *scene.actions), ZERO, dtype=object)
    for i, s, joint in ties.entries:
        name, sign = ties.of(i, s, joint)
        table[(i, s, *joint)] = sign * point.get(name, ZERO)
    return Candidate(scene.game(table), *scene.policies, player)


def programs(
    scene: Scene,
    assumptions: tuple[Assumption, ...],
    least: Fraction = ZERO,
    given: Mapping[Entry, Fraction] | None = None,
    needed: bool = False,
) -> Iterator[Program]:
    """One program, or one for each way to own the states where turns are taken."""
    names = {a.name for a in assumptions}
    if not names & {"turn-based", "alternating"}:
        yield Program(scene, assumptions, None, least, given or {}, needed)
        return
    options = [_owners(scene, s) for s in range(scene.states)]
    for picks in itertools.product(*options):
        owners = dict(enumerate(picks))
        if "alternating" not in names or _alternates(scene, owners):
            yield Program(scene, assumptions, owners, least, given or {}, needed)


def _owners(scene: Scene, s: int) -> list[int]:
    """Who may own a state: the one player who steers there, or anyone if no one does."""
    rows = scene.kernel[s]
    steering = {
        i
        for i in range(scene.players)
        for joint, row in rows.items()
        if row != rows[(*joint[:i], 0, *joint[i + 1 :])]
    }
    if len(steering) > 1:
        return []
    return sorted(steering) or list(range(scene.players))


def _alternates(scene: Scene, owners: Mapping[int, int]) -> bool:
    return all(
        owners[s] != owners[t]
        for s, rows in enumerate(scene.kernel)
        for row in rows.values()
        for t, p in enumerate(row)
        if p
    )
