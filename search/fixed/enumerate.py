r"""All pure experts and learners for a given kernel and start, one exact linear program each.

The gain of deviation b from learner p is a linear form in the rewards; with rewards in \([-1,1]\)
it is at most the sum of its coefficients' sizes. Pairs are solved in the order of that bound, and
the enumeration ends where the bound is no more than what is reached.
"""

import heapq
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from nashgap.numeric.reading import Reading

from .. import lp
from ..candidate import Candidate
from ..parts import Parts
from ..problem import Row as Line
from ..query import GameClass
from ..rewards.program import Best, Program, programs
from ..rewards.rows import MOST, TooManyError, deviations
from ..rewards.scene import ZERO, Profile, Row, Scene, pure_row
from ..standing import Standing
from .opponents import Opponents

OF_THE_SCENE = frozenset(
    {
        *("deterministic", "pure", "reset", "entry", "uniform-off-support", "symmetric"),
        *("turn-based", "alternating"),
    }
)
"""Assumptions that a game with rewards 0 answers, or at least must not fail."""


COVERED = OF_THE_SCENE | {
    *("match-rho", "match-mu", "match-bc", "full-support", "visited", "nash", "strict-nash"),
    *("subgame-perfect", "dominant", "team-optimal", "margin", "zero-sum", "common-payoff"),
    *("state-rewards", "own-rewards"),
}
"""Assumptions that are understood here; a supremum over a class with any other is none."""
TESTS = 300
"""Games of one question that are tested against all opponents."""
INEXACT = frozenset({"dominant", "strict-nash"})
"""Assumptions of which linear rows ask a little too much or a little too little."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What bounds one gain that the sizes of its coefficients do not bound.

    Attributes:
        program: expert, learner and owners. player: who deviates.
        multipliers: of the program's rows.
    """

    program: Program
    player: int
    multipliers: Mapping[str, Fraction]


@dataclass(frozen=True, eq=False)
class Enumerated:
    """The best pair.

    Attributes:
        value: the supremum over pure policies and rewards, or a bound on it.
        made: the best game, which attains it but where mixed opponents leave that open; or None.
        pairs: how many pairs of expert and learner are of the class.
        programs: how many linear programs were solved.
        shown: for every gain that could be larger by its size, why it is not.
        cuts: how many mixed opponents were needed.
    """

    value: Fraction
    made: Candidate | None
    pairs: int
    programs: int
    shown: tuple[Shown, ...] = ()
    cuts: int = 0


@dataclass(eq=False)
class _Gain:
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


def enumerate_pure(
    said: GameClass,
    parts: Parts,
    players: tuple[int, ...],
    *,
    least: Fraction = ZERO,
    needed: bool = False,
    mixed: bool = False,
) -> Enumerated | None:
    """The supremum over pure policies and rewards; None if the class is empty.

    Args:
        said: the class.
        parts: with kernel and start in full.
        players: whose gap counts.
        least: with `strict-nash`, how much worse a deviation must be at least.
        needed: with `dominant`, only what is needed, instead of what is enough.
        mixed: with `dominant` and what is needed, mixed opponents as well, till a best game passes.

    Raises:
        TooManyError: more pure policies than are enumerated.

    Example:
        >>> from ..parts import parse_parts
        >>> from ..query import Query
        >>> stay = {"start": [1], "transition": [[[[1], [1]], [[1], [1]]]]}
        >>> said = Query(states=1, match="mu", gamma="1/2").game_class
        >>> enumerate_pure(said, parse_parts(stay, states=1, actions=(2, 2)), (0, 1)).value
        Fraction(4, 1)
    """
    found = None
    for item in enumeration(said, parts, players, least=least, needed=needed, mixed=mixed):
        if isinstance(item, Enumerated):
            found = item
    return found


def enumeration(
    said: GameClass,
    parts: Parts,
    players: tuple[int, ...],
    *,
    least: Fraction = ZERO,
    needed: bool = False,
    mixed: bool = False,
) -> Iterator[Standing | Candidate | Enumerated]:
    """As `enumerate_pure`, and what is known on the way: how far it is, in gains; better games."""
    pairs, gains = _gains(said, parts, players, least, needed)
    opponents = Opponents()
    best: tuple[Program, Best] | None = None
    stuck: Fraction | None = None
    solved = done = tests = 0
    # The largest bound first: once a game attains it, it is the supremum.
    heap = [(-gain.size, number) for number, gain in enumerate(gains)]
    heapq.heapify(heap)
    while heap and (best is None or -heap[0][0] > best[1].value):
        bound, number = heapq.heappop(heap)
        gain = gains[number]
        reached = None if best is None else best[1].value
        yield Standing(done, len(gains), reached, max(-bound, stuck or ZERO), "gains")
        if gain.cuts != opponents.count or gain.found is None:
            solved += 1
            found = gain.program.solved(
                gain.player, gain.deviation, opponents.rows(gain.program) if mixed else ()
            )
            if isinstance(found, lp.Failed) and gain.found is not None:
                stuck, done = max(stuck or ZERO, -bound), done + 1
                continue
            gain.found, gain.cuts = found, opponents.count
            if isinstance(found, lp.Optimum):
                heapq.heappush(heap, (-found.value, number))
            else:
                done += 1
            continue
        assert isinstance(gain.found, lp.Optimum)
        one = Best(gain.player, gain.deviation, gain.found)
        made = gain.program.candidate(one)
        refuted: bool | None = False
        if mixed:
            tests += 1
            is_late = tests > TESTS
            refuted = None if is_late else opponents.refute(made, gain.program.scene.expert)
        if refuted:
            heapq.heappush(heap, (bound, number))
            continue
        done += 1
        if refuted is None:
            stuck = max(stuck or ZERO, -bound)
            if tests > TESTS:
                break
        elif best is None or one.value > best[1].value:
            best = gain.program, one
            yield made
    tops = [x for x in (stuck, best and best[1].value) if x is not None]
    if tops:
        value = max(tops)
        shown = tuple(_shown(one, value, opponents) for one in gains if one.size > value)
        last = None if best is None else best[0].candidate(best[1])
        yield Enumerated(value, last, pairs, solved, tuple(filter(None, shown)), opponents.count)


def _gains(
    said: GameClass, parts: Parts, players: tuple[int, ...], least: Fraction, needed: bool
) -> tuple[int, list[_Gain]]:
    """How many pairs there are, and every gain."""
    found: list[_Gain] = []
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
                    found.append(_Gain(size, program, player, deviation))
    return pairs, found


def _shown(gain: _Gain, most: Fraction, opponents: Opponents) -> Shown | None:
    """The multipliers of the rows; those of rows without a solution as often as is needed."""
    program, found = gain.program, gain.found
    if not isinstance(found, (lp.Optimum, lp.Infeasible)):
        return None
    rows = {row.name: row for row in (*program.rows.rows, *opponents.rows(program))}
    y = {name: c for name, c in found.multipliers.items() if name in rows}
    if isinstance(found, lp.Infeasible):
        less = _short(program, {rows[name]: c for name, c in y.items()})
        times = (gain.size - most) / less if less > 0 else Fraction(1)
        y = {name: c * times for name, c in y.items()}
    return Shown(program, gain.player, y)


def _short(program: Program, y: Mapping[Line, Fraction]) -> Fraction:
    """By how much rows with multipliers contradict each other, within the boxes."""
    total: dict[str, Fraction] = {}
    less = ZERO
    for row, c in y.items():
        less -= c * row.bound
        for x, a in row.terms:
            total[x] = total.get(x, ZERO) + c * a
    known = program.known or {}
    for x, a in total.items():
        less -= -a * known[x].low if x in known else abs(a)
    return less


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
