r"""The largest gap over every kernel, with a case tree that proves it.

The tree splits on which state attains a maximum. Where every maximum in force is decided and the
best point still has a node outside the hull of its states, a direction that separates the two is
added below; where all nodes are inside, the weights are a kernel and the point a game. Every leaf
is exact.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from .. import lp
from ..problem import Row, Threshold
from ..prover import ASKED, GaveUp, Leaf, Mixed, Split, Tree
from .hull import Point, form, located, sure
from .mixing import mixed
from .program import FIRST, Direction, Picks, Program, Weights


@dataclass(frozen=True)
class Solution:
    """A kernel with the best rewards for it.

    Attributes:
        picks: whether the deviation departs, where that is a choice. weights: the kernel.
        point: values and rewards. value: the objective there.
    """

    picks: Picks
    weights: Weights
    point: Point
    value: Fraction


_DEEPEST = 150
Outcome = Tree | Solution | GaveUp
Work = Generator[Solution, None, Outcome]


@dataclass(frozen=True)
class Limits:
    """When to stop.

    Attributes:
        nodes: programs solved. slack: how far above the best solution the proof may stay.
        digs: directions that may be added on one path.
        mixes: whether to try all shares of a row that mixes two successors at once.
        guided: whether to begin with the directions of the best game's dual solution.
    """

    nodes: int = 5_000
    slack: Fraction = Fraction(0)
    digs: int = 100
    mixes: bool = False
    guided: bool = False


def best_for(program: Program, weights: Weights, picks: Picks) -> Solution | None:
    """The best rewards and values for a kernel; None if the rows have no solution."""
    rows = tuple(program.fixed(weights, picks))
    found = lp.maximise(program.objective, rows, program.boxes(rows))
    if not isinstance(found, lp.Optimum):
        return None
    return Solution(dict(picks), weights, found.point, found.value)


@dataclass
class Bounder:
    """Branch and bound over one case.

    Attributes:
        program: the case. asked: what the proof excludes; it rises with each solution if `climbs`.
        limits: when to stop. climbs: whether to go on after a solution; what exceeds it, and the
            slack, is excluded then.
        first: the directions to begin with.
        spent: programs solved so far.
    """

    program: Program
    asked: Threshold
    limits: Limits = field(default_factory=Limits)
    climbs: bool = True
    first: tuple[Direction, ...] = FIRST
    spent: int = 0

    def run(self) -> "Work":
        """Yields ever better solutions; returns a tree that excludes `asked` as it is at the end.

        Without `climbs` it returns at the first solution.
        """
        return self.node({}, self.first)

    def node(self, picks: Picks, directions: tuple[Direction, ...]) -> "Work":
        """Solves one node of the tree, and what is below it."""
        if self.spent >= self.limits.nodes or len(picks) > _DEEPEST:
            return GaveUp("the case tree grew too large")
        self.spent += 1
        rows = tuple(self.program.relaxed(directions, picks))
        best = lp.maximise(self.program.objective, rows, self.program.boxes(rows))
        match best:
            case lp.Failed(reason):
                blind = self.any_choice(picks, directions)
                if blind is None:
                    return GaveUp(reason)
                return (yield from self.branch(picks, directions, {}, *blind))
            case lp.Infeasible(multipliers):
                return Leaf(multipliers)
            case lp.Optimum(value, point, multipliers):
                leaf = Leaf({**multipliers, ASKED: Fraction(1)})
                if not self.asked.met_by(value):
                    return leaf
        split = self.next_choice(picks, directions, point)
        if split is None and self.limits.mixes:
            whole = self.mixed(rows, point, picks)
            if whole is not None:
                return whole
        if split is None:
            cut = self.cut(picks, directions, point)
            if isinstance(cut, Solution):
                yield cut
                if not self.climbs:
                    return cut
                self.raise_to(cut.value)
                again = self.asked.met_by(value)
                return (yield from self.node(picks, directions)) if again else leaf
            if isinstance(cut, GaveUp):
                return cut
            if len(directions) >= len(self.first) + self.limits.digs:
                return GaveUp("directions were added without end")
            directions = (*directions, *cut)
            split = self.next_choice(picks, directions, point)
            if split is None:
                return GaveUp("a direction that separates does not split")
        return (yield from self.branch(picks, directions, point, *split))

    def mixed(self, rows: Sequence[Row], point: Point, picks: Picks) -> Mixed | None:
        """A contradiction for all shares of the one node that is outside its hull."""
        places = [(n, located(n, self.program.shape, point)) for n in self.program.live(picks)]
        outside = [n for n, place in places if place is None or not place.is_inside]
        if len(outside) != 1:
            return None
        return mixed(self.program, rows, outside[0], self.asked)

    def branch(
        self,
        picks: Picks,
        directions: tuple[Direction, ...],
        point: Point,
        name: str,
        options: Sequence[int],
    ) -> "Work":
        """Solves one node for every option of a choice."""
        branches: list[tuple[int, Tree]] = []
        for option in sorted(options, key=lambda t: -promise(name, t, point)):
            below = yield from self.node({**picks, name: option}, directions)
            if isinstance(below, (Solution, GaveUp)):
                return below
            branches.append((option, below))
        return Split(name, tuple(branches))

    def cut(
        self, picks: Picks, directions: tuple[Direction, ...], point: Point
    ) -> tuple[Direction, ...] | Solution | GaveUp:
        """New directions that separate nodes from their hulls; a solution if there is none."""
        weights: dict[str, tuple[Mapping[int, Fraction], ...]] = {}
        outside: dict[Direction, Fraction] = {}
        is_inside = True
        for node in self.program.live(picks):
            place = located(node, self.program.shape, point)
            if place is None:
                return GaveUp("the hull of a node has no exact answer")
            weights[node.name] = place.weights
            is_inside = is_inside and place.is_inside
            if place.direction is not None and place.direction not in directions:
                outside[place.direction] = place.excess
        kept = {x: t for x, t in picks.items() if x in self.program.deviates}
        solution = best_for(self.program, weights, kept)
        if solution is not None and self.asked.met_by(solution.value):
            return solution
        if is_inside:
            return GaveUp("the kernel of a point in the hulls has no exact optimum")
        if not outside:
            return GaveUp("a point outside a hull was not separated")
        return (max(outside, key=lambda d: outside[d]),)

    def raise_to(self, value: Fraction) -> None:
        """Excludes only what exceeds a solution by the slack."""
        self.asked = Threshold(max(self.asked.value, value + self.limits.slack), strict=True)

    def next_choice(
        self, picks: Picks, directions: tuple[Direction, ...], point: Point
    ) -> tuple[str, list[int]] | None:
        """The choice on which the point leans most, with an option for each kind of state."""
        tops = self.program.tops(directions)
        for top, support in tops.items():
            if not support:
                return f"top {top}", []
        open_ = [name for name in self.program.deviates if name not in picks]
        named = named_by(picks)
        for name in open_:
            if int(name.split(" ")[1]) in named:
                return name, [0, 1]
        if self.program.rules.is_exact:
            return (open_[0], [0, 1]) if open_ else self.next_move(picks, point)
        true = {f"M {x}": max(promise(x, t, point) for t in states) for x, states in tops.items()}
        actual, leans = {**point, **true}, dict[str, Fraction]()
        for row in self.program.in_directions(directions, picks):
            excess = form(dict(row.terms), actual) - row.bound
            for x, _ in row.terms if excess > 0 else ():
                if x in true and f"top {x[2:]}" not in picks:
                    leans[x] = leans.get(x, Fraction(0)) + excess
        if not leans:  # states that no choice speaks of matter last, if at all
            return (open_[0], [0, 1]) if open_ else None
        top = max(leans, key=lambda x: leans[x])[2:]
        return f"top {top}", list(self.representatives(tops[top], picks))

    def next_move(self, picks: Picks, point: Point) -> tuple[str, list[int]] | None:
        """A row whose one successor is open: no state at this point makes it true."""
        for node in self.program.live(picks):
            name = f"to {node.name}"
            if name not in picks and sure(node, self.program.shape, point) is None:
                support = self.program.shape.support(node.parts[0].support)
                return name, list(self.representatives(support, {**picks, name: 0}))
        return None

    def any_choice(
        self, picks: Picks, directions: tuple[Direction, ...]
    ) -> tuple[str, list[int]] | None:
        """A choice that is left: more rows may make a program easier."""
        for top, support in self.program.tops(directions).items():
            if f"top {top}" not in picks:
                return f"top {top}", list(self.representatives(support, picks))
        return None

    def representatives(self, support: tuple[int, ...], picks: Picks) -> Iterator[int]:
        """The states that are named on the way down, and one unnamed of each role."""
        named, fresh = named_by(picks), set[str]()
        for t in support:
            role = self.program.shape.role(t)
            if t in named:
                yield t
            elif role not in fresh:
                fresh.add(role)
                yield t


def promise(name: str, option: int, point: Point) -> Fraction:
    """How large the chosen functional is at an option."""
    if name.startswith("deviates"):
        return Fraction(option)
    if name.startswith("to "):
        return point.get(f"W {option}", Fraction(0))
    alpha, beta, _ = name.removeprefix("top ").split(" ")
    w, u = point.get(f"W {option}", Fraction(0)), point.get(f"U {option}", Fraction(0))
    return int(alpha) * w + int(beta) * u


def named_by(picks: Picks) -> set[int]:
    """The states that choices speak of."""
    spoken = {int(x.split(" ")[1]) for x in picks if x.startswith("deviates")}
    spoken |= {int(x.split(" ")[2]) for x in picks if x.startswith("to ")}
    return {0} | spoken | {t for x, t in picks.items() if not x.startswith("deviates")}
