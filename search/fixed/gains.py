"""Every pair of a pure expert and a pure learner for a given kernel and start, and their gains."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from nashgap.numeric.reading import Reading

from .. import lp
from ..parts import Parts
from ..query import GameClass
from ..rewards.program import Program, programs
from ..rewards.rows import MOST, TooManyError, deviations
from ..rewards.scene import Profile, Row, Scene, pure_row

OF_THE_SCENE = frozenset(
    {
        *("deterministic", "pure", "reset", "entry", "uniform-off-support", "symmetric"),
        *("turn-based", "alternating"),
    }
)
"""Assumptions that a game with rewards 0 answers, or at least must not fail."""


@dataclass(eq=False)
class Gain:
    """What a player gains by a deviation from a learner, beside an expert.

    Attributes:
        size: the sum of its coefficients' sizes, which bounds it.
        program: expert, learner and owners. player: who deviates. deviation: how.
        found: the answer to its program, at last. cuts: how many mixed opponents were in it.
    """

    size: Fraction
    program: Program
    player: int
    deviation: tuple[Row, ...]
    found: lp.Optimum | lp.Infeasible | lp.Failed | None = None
    cuts: int = -1


def gains_of(
    said: GameClass, parts: Parts, players: tuple[int, ...], least: Fraction, needed: bool
) -> tuple[int, list[Gain]]:
    """How many pairs there are, and every gain.

    Args:
        said: the class.
        parts: with kernel and start in full.
        players: whose gap counts.
        least: with `strict-nash`, how much worse a deviation must be at least.
        needed: with `dominant`, only what is needed, instead of what is enough.

    Raises:
        TooManyError: more pure policies than are enumerated.
    """
    found: list[Gain] = []
    pairs = 0
    for scene in _scenes(said, parts):
        if not _fits(said, scene):
            continue
        pairs += 1
        for program in programs(scene, said.assumptions, least, parts.rewards, needed):
            for player in players:
                for _, deviation in deviations(scene, scene.learner, player):
                    terms = program.objective(player, deviation)
                    size = sum(map(abs, terms.values()), Fraction(0))
                    found.append(Gain(size, program, player, deviation))
    return pairs, found


def _scenes(said: GameClass, parts: Parts) -> Iterator[Scene]:
    """Every pair of pure policies that agrees with what is known."""
    assert parts.start is not None
    kernel = tuple(
        {joint: row for (t, joint), row in parts.rows.items() if t == s} for s in range(said.states)
    )
    experts = list(_profiles(said, parts, "expert"))
    learners = list(_profiles(said, parts, "learner"))
    first = Scene(said.actions, kernel, parts.start, said.discount, experts[0], learners[0])
    visits, shared = first._visits, first.shared
    for expert in experts:
        for learner in learners:
            scene = replace(first, expert=expert, learner=learner)
            scene.__dict__.update(_visits=visits, shared=shared)
            yield scene


def _profiles(said: GameClass, parts: Parts, role: str) -> Iterator[Profile]:
    given = parts.expert if role == "expert" else parts.learner
    options: list[list[Row]] = []
    for i, count in enumerate(said.actions):
        for s in range(said.states):
            known = given.get((i, s))
            pure = [pure_row(a, count) for a in range(count)]
            options.append(pure if known is None else [known])
    total = 1
    for rows in options:
        total *= len(rows)
    if total > MOST:
        raise TooManyError
    for picks in itertools.product(*options):
        size = said.states
        yield tuple(picks[i * size : (i + 1) * size] for i in range(said.players))


def _fits(said: GameClass, scene: Scene) -> bool:
    """Whether kernel, start and policies are of the class."""
    names = said.names
    pairs = list(zip(scene.expert, scene.learner, strict=True))
    if "match-rho" in names and any(e[s] != p[s] for s in scene.visited for e, p in pairs):
        return False
    if "full-support" in names and len(scene.visited) < scene.states:
        return False
    if said.visited not in (None, len(scene.visited)):
        return False
    if "match-mu" in names and _states(scene, scene.expert) != _states(scene, scene.learner):
        return False
    most = next((a.parameter for a in said.assumptions if a.name == "match-bc"), None)
    if most is not None and max(_errors(scene)) > most:
        return False
    if names & {"margin", "strict-nash"} and any(max(row) < 1 for e, _ in pairs for row in e):
        return False
    asked = [a for a in said.assumptions if a.name in OF_THE_SCENE]
    if not asked:
        return True
    model = Reading(scene.game(), *scene.policies)
    return all(a.holds(model).holds is True for a in asked)


def _states(scene: Scene, profile: Profile) -> dict[int, Fraction]:
    """How often each state is visited."""
    total: dict[int, Fraction] = {}
    for (s, _), n in scene.from_start(profile).items():
        total[s] = total.get(s, Fraction(0)) + n
    return total


def _errors(scene: Scene) -> Iterator[Fraction]:
    """Each player's behavioural-cloning error."""
    visits = _states(scene, scene.expert)
    for e, p in zip(scene.expert, scene.learner, strict=True):
        shift = sum(
            (
                n * sum(abs(x - y) for x, y in zip(e[s], p[s], strict=True))
                for s, n in visits.items()
            ),
            Fraction(0),
        )
        yield shift * (1 - scene.discount)
