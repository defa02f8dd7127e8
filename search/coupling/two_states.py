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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import ceil

from nashgap.numeric.numbers import text

from ..certificate import Certificate
from ..checkers.common import FORMAT
from ..checkers.two_states import ENCODING, one_state
from ..problem import Threshold
from ..query import GameClass
from .corners import GRAIN, GRAINS, Scene
from .leaves import Leaf, may_be, solved
from .splits import Split, regret

CLOSE = Fraction(1, 1000)
"""A bound this close, as a share, to what its own argument can give is close enough."""
_OFTEN = 20
"""Splits between two words on how far it is."""
LEAVES = 20_000
"""The most open leaves."""
DEEPEST = 200
"""The most splits on one way; a goal that is out of reach would split one place for ever."""
STEPS = (Fraction(201, 200), Fraction(1))
"""A goal is approached: a bound a little above it is good already, and easier to prove."""
SOON = Fraction(1, 50)
"""What errors in the middle of a leaf give is called near the goal if within this share of it."""
_ONE, _ZERO = Fraction(1), Fraction(0)


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
    elif value.denominator > GRAINS:
        value = ceil(value * GRAINS) * GRAIN
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


def _scenes(said: GameClass, player: int | None) -> Iterator[Scene]:
    error = next(a.parameter for a in said.assumptions if a.name == "match-bc") or _ZERO
    able = [count > 1 for count in said.actions]
    sharing: dict[tuple[bool, int], list[int]] = {}
    for i in range(said.players) if player is None else [player]:
        sharing.setdefault((able[i], sum(able) - able[i]), []).append(i)
    for (moves, others), players in sharing.items():
        own, rest = (error / 2 * count if count else None for count in (moves, others))
        yield Scene(tuple(players), said.discount, own, rest)


@dataclass
class _Tree:
    """The open leaves of a proof, the worst first.

    Attributes:
        scene: what is asked. leaves: by the way from the root. cuts: what was split, and where.
        regretful: whether regrets are split: somewhere errors alone were found to be too much.
        told: the bound of the worst leaf, now and then.
    """

    scene: Scene
    leaves: dict[tuple[int, ...], Leaf] = field(default_factory=dict)
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
            self.leaves[()] = solved(self.scene, self.scene.ranges, goal)
        for at, leaf in self.leaves.items():
            if may_be(leaf.value, goal):
                self.leaves[at] = solved(self.scene, leaf.ranges, goal)
        heap = [(-leaf.value, at) for at, leaf in self.leaves.items()]
        heapq.heapify(heap)
        reached = _ZERO
        while heap and len(self.leaves) < LEAVES and time.monotonic() < end:
            worst, at = heap[0]
            leaf = self.leaves[at]
            if leaf.centre is not None and goal is None:
                reached = max(reached, solved(self.scene, leaf.centre | leaf.regrets).value)
            target = reached * (1 + CLOSE) if goal is None else goal
            split = leaf.spread
            if goal is not None:
                split = self.split(leaf, goal)
            if -worst <= target or split is None or len(at) >= DEEPEST:
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

    def split(self, leaf: Leaf, goal: Fraction) -> Split | None:
        """Splits the errors; the regrets where errors in the middle of the leaf are too much."""
        if leaf.centre is not None:
            here = solved(self.scene, leaf.centre | leaf.regrets).value
            self.regretful |= here > goal * (1 + SOON)
            near = here > goal * (1 - SOON) and leaf.value - here < 2 * SOON * goal
            if self.regretful and (here > goal or near):
                return regret(leaf.ranges, self.scene.discount) or leaf.spread
        return leaf.spread

    def halves(self, leaf: Leaf, split: Split, goal: Fraction | None) -> list[Leaf]:
        """What a split leaves to show."""
        place, middle = split
        low, high = leaf.ranges[place]
        parts = (low, middle), (middle, high)
        return [solved(self.scene, {**leaf.ranges, place: part}, goal) for part in parts]

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
