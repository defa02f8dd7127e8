r"""Bounds for small errors beside a dominant expert in two states, with their certificates.

The argument stands in `nashgap.search.checkers.two_states`. For fixed ranges of the
disagreements \(a_s\), \(q_s\) the best multipliers are those of a linear program over visits to the
corners of the ranges; the ranges are split where its solution spreads most, the worst first.
Floats solve the program. Multipliers near the best ones prove a bound near the best one, made exact
by the mass; programs are solved exactly only where the difference may decide.
The ranges of the regrets are split where the middle of that solution is itself too much: for large
errors, about \(3/10<\varepsilon/(2(1-\gamma))<1\) at \(\gamma=9/10\), where only dominance keeps
the expert from leaving its errors behind. It takes thousands of leaves there.
"""

import heapq
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import ceil, sqrt

import numpy as np

from nashgap.numeric.numbers import text

from .. import lp
from ..certificate import Certificate
from ..checkers.common import FORMAT
from ..checkers.two_states import (
    ENCODING,
    KINDS,
    REGRETS,
    STAYS,
    Ranges,
    later_worth,
    leaving,
    one_state,
    ordered,
    worths,
)
from ..problem import Box, Row, Threshold
from ..query import GameClass
from . import small_lp
from .small_lp import Floats

CLOSE = Fraction(1, 1000)
"""A bound this close, as a share, to what its own argument can give is close enough."""
_OFTEN = 20
"""Splits between two words on how far it is."""
LEAVES = 20_000
"""The most open leaves."""
STEPS = (Fraction(201, 200), Fraction(1))
"""A goal is approached: a bound a little above it is good already, and easier to prove."""
SOON = Fraction(1, 50)
"""What errors in the middle of a leaf give is called near the goal if within this share of it."""
_ONE, _ZERO = Fraction(1), Fraction(0)
_FINE = 1000
"""Greatest denominator of a point at which a range is split, unless it is a middle."""
_NARROW = Fraction(1, 10**6)
"""Ranges are not split further."""
_CLEAR = Fraction(21, 20)
"""Ranges of regrets whose ends have a smaller ratio are not split."""

_GRAINS = 10**8
_GRAIN = Fraction(1, _GRAINS)
"""Multipliers are rounded to this."""
_ROUNDING = Fraction(1, 10**5)
"""Rounding may matter this close above the goal."""
_FLAT = 1e-9
"""A smaller spread is rounding."""

Multipliers = dict[str, Fraction]
Place = tuple[str, int]
Split = tuple[Place, Fraction]
_ERRORS: tuple[Place, ...] = tuple((kind, s) for kind in KINDS for s in (0, 1))
Corner = tuple[int, Fraction, Fraction]
"""A state and its disagreements."""


def covers(said: GameClass) -> bool:
    """Whether the argument is for the class.

    Example:
        >>> from ..query import Query
        >>> covers(Query(match="bc", eps="1/10", assume="dominant", states=2).game_class)
        True
    """
    return {"match-bc", "dominant"} <= said.names and said.states <= 2


class Interrupted(KeyboardInterrupt):
    """An interrupt, with the bound that was proved until then, if any."""

    def __init__(self, found: tuple[Fraction, Certificate] | None) -> None:
        super().__init__()
        self.found = found


def bound(
    said: GameClass,
    player: int | None,
    *,
    goal: Fraction | None = None,
    seconds: float = 20.0,
    told: Callable[[Fraction], None] = lambda value: None,
) -> tuple[Fraction, Certificate] | None:
    """The least bound that was proved in the time given, and its certificate.

    Args:
        said: a class that `covers` accepts.
        player: the one whose gain counts, or None.
        goal: the least gap to bring it to; regrets are looked at only with such a goal.
        seconds: about how long; what is proved then is given.
        told: each bound that the work comes by.

    Raises:
        Interrupted: on Ctrl-C, with what was proved.

    Example:
        >>> from ..query import Query
        >>> query = Query(match="bc", eps="1/10", assume="dominant", gamma="1/2")
        >>> value, proof = bound(query.game_class, None)
        >>> float(round(value, 2)), proof.verify().valid
        (0.58, True)
    """
    unit = 2 / (1 - said.discount)
    trees = [_Tree(scene, told=lambda value: told(value * unit)) for scene in _scenes(said, player)]
    end = time.monotonic() + seconds
    goals = [None] if goal is None else [goal * share / unit for share in STEPS]
    try:
        for step, tree in product(goals, trees):
            tree.grow(end, step)
    except KeyboardInterrupt:
        done = all(tree.leaves for tree in trees)
        raise Interrupted(_proved(said, player, trees, goal) if done else None) from None
    return _proved(said, player, trees, goal)


def _proved(
    said: GameClass, player: int | None, trees: list["_Tree"], goal: Fraction | None
) -> tuple[Fraction, Certificate] | None:
    """What the trees prove, and the certificate."""
    value = max(tree.value for tree in trees) * 2 / (1 - said.discount)
    if goal is not None and value <= goal:
        value = goal
    elif value.denominator > _GRAINS:
        value = ceil(value * _GRAINS) * _GRAIN
    asked = Threshold(value, strict=True)
    proof = _certificate(said, asked, player, trees)
    return None if proof is None else (asked.value, proof)


def rule_out(
    said: GameClass, asked: Threshold, player: int | None, *, seconds: float = 20.0
) -> Certificate | None:
    """A certificate that no game of the class meets the threshold, if it is proved in time."""
    trees = [_Tree(scene) for scene in _scenes(said, player)]
    end = time.monotonic() + seconds
    goal = asked.value * (1 - said.discount) / 2
    for tree in trees:
        tree.grow(end, goal if asked.strict else goal * (1 - CLOSE / 1000))
        if asked.met_by(tree.value * 2 / (1 - said.discount)):
            return None
    return _certificate(said, asked, player, trees)


@dataclass(frozen=True)
class _Scene:
    """Whose gain, and what the argument says of it: the discount, the errors' budgets.

    A budget of None is that of players with nothing to choose.
    """

    players: tuple[int, ...]
    discount: Fraction
    own: Fraction | None
    others: Fraction | None

    @property
    def ranges(self) -> Ranges:
        """What the disagreements may be."""
        able = {"own": self.own is not None, "others": self.others is not None}
        unit = {(kind, s): (_ZERO, Fraction(int(able[kind]))) for kind in KINDS for s in (0, 1)}
        return unit | REGRETS


def _scenes(said: GameClass, player: int | None) -> Iterator[_Scene]:
    error = next(a.parameter for a in said.assumptions if a.name == "match-bc") or _ZERO
    able = [count > 1 for count in said.actions]
    sharing: dict[tuple[bool, int], list[int]] = {}
    for i in range(said.players) if player is None else [player]:
        sharing.setdefault((able[i], sum(able) - able[i]), []).append(i)
    for (moves, others), players in sharing.items():
        own, rest = (error / 2 * count if count else None for count in (moves, others))
        yield _Scene(tuple(players), said.discount, own, rest)


@dataclass(frozen=True)
class _Leaf:
    """Ranges, the bound on the gain in units of H that they allow, and its proof.

    Attributes:
        value: the bound. multipliers: its proof; None where there is nothing to show.
        spread: how far the solution lies apart, and where to split: the place and the number.
        centre: the point in the middle of the solution.
    """

    ranges: Ranges
    value: Fraction
    multipliers: Multipliers | None
    spread: Split | None = None
    centre: Ranges | None = None

    @property
    def regrets(self) -> Ranges:
        """The ranges that are no errors."""
        return {place: part for place, part in self.ranges.items() if place in REGRETS}


@dataclass
class _Tree:
    """The open leaves of a proof, the worst first.

    Attributes:
        scene: what is asked. leaves: by the way from the root. cuts: what was split, and where.
        regretful: whether regrets are split: somewhere errors alone were found to be too much.
        told: the bound of the worst leaf, now and then.
    """

    scene: _Scene
    leaves: dict[tuple[int, ...], _Leaf] = field(default_factory=dict)
    cuts: dict[tuple[int, ...], Split] = field(default_factory=dict)
    regretful: bool = False
    told: Callable[[Fraction], None] = lambda value: None

    @property
    def value(self) -> Fraction:
        """The bound that the leaves prove."""
        g = self.scene.discount
        own, others = (x / (1 - g) if x else _ZERO for x in (self.scene.own, self.scene.others))
        return max(max(leaf.value for leaf in self.leaves.values()), one_state(g, own, others))

    def grow(self, end: float, goal: Fraction | None = None) -> None:
        """Splits until the bound is at most the goal, or close to what splitting can reach.

        Called again with another goal, it goes on from there.
        """
        if not self.leaves:
            self.leaves[()] = _solved(self.scene, self.scene.ranges, goal)
        for at, leaf in self.leaves.items():
            if _may_be(leaf.value, goal):
                self.leaves[at] = _solved(self.scene, leaf.ranges, goal)
        heap = [(-leaf.value, at) for at, leaf in self.leaves.items()]
        heapq.heapify(heap)
        reached = _ZERO
        while heap and len(self.leaves) < LEAVES and time.monotonic() < end:
            worst, at = heap[0]
            leaf = self.leaves[at]
            if leaf.centre is not None and goal is None:
                reached = max(reached, _solved(self.scene, leaf.centre | leaf.regrets).value)
            target = reached * (1 + CLOSE) if goal is None else goal
            split = leaf.spread
            if goal is not None:
                split = self.split(leaf, goal)
            if -worst <= target or split is None:
                return
            if len(self.cuts) % _OFTEN == 0:
                self.told(leaf.value)
            halves = self.halves(leaf, split, goal)
            heapq.heappop(heap)
            # In one step each, so that an interrupt leaves a whole tree.
            self.leaves.update({(*at, side): found for side, found in enumerate(halves)})
            self.cuts[at] = split
            del self.leaves[at]
            for side, found in enumerate(halves):
                heapq.heappush(heap, (-found.value, (*at, side)))

    def split(self, leaf: _Leaf, goal: Fraction) -> Split | None:
        """Splits the errors; the regrets where errors in the middle of the leaf are too much."""
        if leaf.centre is not None:
            here = _solved(self.scene, leaf.centre | leaf.regrets).value
            self.regretful |= here > goal * (1 + SOON)
            near = here > goal * (1 - SOON) and leaf.value - here < 2 * SOON * goal
            if self.regretful and (here > goal or near):
                return _regret(leaf.ranges, self.scene.discount) or leaf.spread
        return leaf.spread

    def halves(self, leaf: _Leaf, split: Split, goal: Fraction | None) -> list[_Leaf]:
        """What a split leaves to show."""
        place, middle = split
        low, high = leaf.ranges[place]
        parts = (low, middle), (middle, high)
        return [_solved(self.scene, {**leaf.ranges, place: part}, goal) for part in parts]

    def written(self, value: Fraction, at: tuple[int, ...] = ()) -> dict[str, object]:
        """The tree as a JSON object, each leaf brought up to the value."""
        if at in self.cuts:
            (kind, s), middle = self.cuts[at]
            return {
                "of": kind,
                "state": s,
                "at": text(middle),
                "below": self.written(value, (*at, 0)),
                "above": self.written(value, (*at, 1)),
            }
        leaf = self.leaves[at]
        if leaf.multipliers is None:
            return {"leaf": {}}
        y = dict(leaf.multipliers)
        y["mass"] = y.get("mass", _ZERO) + value - leaf.value
        return {"leaf": {name: text(number) for name, number in y.items() if number}}


def _certificate(
    said: GameClass, asked: Threshold, player: int | None, trees: list[_Tree]
) -> Certificate | None:
    excludes: dict[str, object] = {"gap": text(asked.value), "strict": asked.strict}
    if player is not None:
        excludes["player"] = player
    goal = asked.value * (1 - said.discount) / 2
    cases: list[dict[str, object]] = [
        {
            "players": list(tree.scene.players),
            "tree": tree.written(goal if asked.strict else tree.value),
        }
        for tree in trees
    ]
    written = Certificate(
        {
            "format": FORMAT,
            "class": said.certified(),
            "excludes": excludes,
            "encoding": ENCODING,
            "cases": cases,
        }
    )
    return written if written.verify().valid else None


# -- one leaf


def _solved(scene: _Scene, ranges: Ranges, goal: Fraction | None = None) -> _Leaf:
    """Multipliers for ranges: floats find them, and the mass makes them exact.

    They are the best ones up to rounding; where that might decide, the best ones.
    """
    cut = ordered(ranges)
    if cut is None:
        return _Leaf(ranges, _ZERO, None)
    program = _Program(scene, cut)
    found = program.rounded()
    if found is None:
        most = max(program.gains)
        return _Leaf(ranges, most, {"mass": most}, _widest(cut, _ERRORS))
    multipliers, point = found
    value = program.value(multipliers)
    if _may_be(value, goal):
        multipliers = program.exact() or multipliers
        value = program.value(multipliers)
    return _Leaf(ranges, value, multipliers, *_spread(scene, cut, program.corners, point))


def _may_be(value: Fraction, goal: Fraction | None) -> bool:
    """Whether rounding may be why a value is above the goal, or above 0."""
    return 0 < value - (goal or _ZERO) < _ROUNDING


class _Program:
    """The visits to the corners of ranges that gain the most, and the multipliers that bound it."""

    def __init__(self, scene: _Scene, cut: Ranges) -> None:
        g = scene.discount
        self.scene = scene
        self.corners: list[Corner] = [
            (s, a, q)
            for s in (0, 1)
            for a, q in dict.fromkeys(product(cut["own", s], cut["others", s]))
        ]
        worth, later = worths(cut, g)
        self.away = [leaving(cut, g, s) for s in (0, 1)]
        self.gains = [
            (a * worth[s] + (1 - a) * q * g * later) / (1 - g) for s, a, q in self.corners
        ]
        self.together = [1 - g * (1 - a) * (1 - q) for _, a, q in self.corners]
        self.kept = [g * (1 - q - self.away[s]) for s, _, q in self.corners]

    def rounded(self) -> tuple[Multipliers, Floats] | None:
        """Multipliers up to rounding, all but the mass; visits [together or not, corner]."""
        g, count = float(self.scene.discount), len(self.corners)
        state = np.array([s for s, _, _ in self.corners])
        a, q = (np.array([float(c[k]) for c in self.corners]) for k in (1, 2))
        kept = np.array([float(x) for x in self.kept])
        one, zero = np.ones(count), np.zeros(count)
        rows = [np.concatenate([[float(x) for x in self.together], zero]), np.append(one, one)]
        rows += [np.concatenate([a, a]), np.concatenate([q, q])]
        stays = [s for s in (0, 1) if self.away[s] < 1]
        rows += [np.concatenate([a * kept, kept - 1]) * np.tile(state == s, 2) for s in stays]
        budgets = [float(self.scene.own or 0), float(self.scene.others or 0)]
        found = small_lp.maximise(
            np.concatenate([[float(x) for x in self.gains], zero]),
            np.array(rows),
            np.array([1 - g, 1.0, *budgets, *(0.0 for _ in stays)]),
            [0, count],
        )
        if found is None:
            return None
        names = ("flow", "mass", *KINDS, *(STAYS[s] for s in stays))
        y = {
            name: round(float(number) * _GRAINS) * _GRAIN
            for name, number in zip(names, found.multipliers, strict=True)
        }
        y = {name: x if name == "flow" else max(x, _ZERO) for name, x in y.items()}
        return {**y, "mass": self.mass(y)}, found.point.reshape(2, count)

    def mass(self, y: Multipliers) -> Fraction:
        """The least mass that makes the inequalities of a leaf true."""
        flow, own, others, *stays = (y.get(x, _ZERO) for x in ("flow", *KINDS, *STAYS))
        rows = zip(self.corners, self.gains, self.together, self.kept, strict=True)
        return max(
            max(f - stays[s] * a * kept - flow * together, stays[s] * (1 - kept))
            - own * a
            - others * q
            for (s, a, q), f, together, kept in rows
        )

    def exact(self) -> Multipliers | None:
        """The best multipliers."""
        gain: list[tuple[str, Fraction]] = []
        rows: dict[str, list[tuple[str, Fraction]]] = {
            x: [] for x in ("flow", "mass", *KINDS, *STAYS)
        }
        for x, (s, a, q) in enumerate(self.corners):
            gain.append((f"N{x}", self.gains[x]))
            rows["flow"].append((f"N{x}", self.together[x]))
            if self.away[s] < 1:
                rows[STAYS[s]] += [(f"N{x}", a * self.kept[x]), (f"L{x}", self.kept[x] - 1)]
            for visits in (f"N{x}", f"L{x}"):
                rows["mass"].append((visits, _ONE))
                rows["own"].append((visits, a))
                rows["others"].append((visits, q))
        found = lp.maximise(
            gain,
            [
                Row("flow", _terms(rows["flow"]), "==", 1 - self.scene.discount),
                Row("mass", _terms(rows["mass"]), "==", _ONE),
                *(Row(x, _terms(rows[x]), "<=", _ZERO) for x in STAYS if rows[x]),
                Row("own", _terms(rows["own"]), "<=", self.scene.own or _ZERO),
                Row("others", _terms(rows["others"]), "<=", self.scene.others or _ZERO),
            ],
            {
                f"{kind}{x}": Box(_ZERO, Fraction(2))
                for kind in "NL"
                for x in range(len(self.corners))
            },
        )
        if not isinstance(found, lp.Optimum):
            return None
        return {name: found.multipliers.get(name, _ZERO) for name in rows}

    def value(self, y: Multipliers) -> Fraction:
        """What multipliers prove."""
        own, others = self.scene.own or _ZERO, self.scene.others or _ZERO
        flow = y.get("flow", _ZERO) * (1 - self.scene.discount)
        return flow + y["mass"] + y.get("own", _ZERO) * own + y.get("others", _ZERO) * others


def _spread(
    scene: _Scene, cut: Ranges, corners: list[Corner], point: Floats
) -> tuple[Split | None, Ranges]:
    """Where the solution lies furthest apart, or gains most from the greatest a; its middle."""
    g = scene.discount
    together, visits = point[0], point.sum(axis=0)
    centre: Ranges = {}
    apart: dict[Place, float] = {}
    for s in (0, 1):
        here = [(m, c) for m, c in zip(visits.tolist(), corners, strict=True) if c[0] == s]
        weight = sum(m for m, _ in here)
        for kind, entry in (("own", 1), ("others", 2)):
            held = [(m, float(c[entry])) for m, c in here]
            low, high = cut[kind, s]
            mean = sum(m * v for m, v in held) / weight if weight else float(low)
            middle = min(max(Fraction(mean).limit_denominator(_FINE**2), low), high)
            centre[kind, s] = middle, middle
            if high - low > _NARROW:
                apart[kind, s] = sum(m * abs(v - mean) for m, v in held)
    most, mean = cut["own", 0][1], centre["own", 0][0]
    if ("own", 0) in apart and mean < most:
        later = sum(n * float((1 - a) * q) for n, (_, a, q) in zip(together, corners, strict=True))
        apart["own", 0] += float(g * (later_worth(most, g) - later_worth(mean, g))) * later
    place = max(apart, key=lambda x: apart[x], default=None)
    if place is None or apart[place] < _FLAT:
        return _widest(cut, _ERRORS), centre
    (low, high), middle = cut[place], centre[place][0].limit_denominator(_FINE)
    return (place, middle if low < middle < high else (low + high) / 2), centre


def _widest(cut: Ranges, places: Iterable[Place]) -> Split | None:
    """The middle of the widest of these ranges, unless all are narrow."""
    place = max(places, key=lambda x: cut[x][1] - cut[x][0])
    low, high = cut[place]
    return (place, (low + high) / 2) if high - low > _NARROW else None


def _regret(ranges: Ranges, g: Fraction) -> Split | None:
    """The middle, on a scale of ratios, of the regret that is known the least."""
    unit = (1 - g) / 10
    best, split = _CLEAR, None
    for place in REGRETS:
        low, high = ranges[place]
        if low < 0 < high:
            return place, _ZERO
        near, far = sorted((abs(low), abs(high)))
        ratio = (far + unit) / (near + unit)
        if ratio > best:
            root = Fraction(sqrt((far + unit) * (near + unit))) - unit
            middle = root.limit_denominator(10 * int(1 / unit))
            best, split = ratio, (place, middle if high > 0 else -middle)
    return split


def _terms(given: list[tuple[str, Fraction]]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((x, c) for x, c in given if c)
