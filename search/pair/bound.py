"""A case tree that no kernel's game exceeds a threshold, or a point of the relaxation that does.

The tree splits on which state attains a maximum. It is the proof; at every leaf it is exact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .. import lp
from ..problem import Threshold
from ..prover import ASKED, GaveUp, Leaf, Split, Tree
from .hull import Point, form
from .program import Direction, Picks, Program


@dataclass(frozen=True)
class Reaches:
    """All that was asked is met by a point of the relaxation."""

    picks: Picks
    point: Point
    value: Fraction


def bound(
    program: Program,
    directions: Sequence[Direction],
    asked: Threshold,
    *,
    most_nodes: int = 20_000,
) -> Tree | Reaches | GaveUp:
    """A tree that shows that the threshold is never met, or where the relaxation meets it."""
    return _Bounder(program, tuple(directions), asked, most_nodes).node({})


class _Bounder:
    def __init__(
        self, program: Program, directions: tuple[Direction, ...], asked: Threshold, left: int
    ) -> None:
        self.program, self.directions, self.asked = program, directions, asked
        self.tops = program.tops(directions)
        self.left = left

    def node(self, picks: Picks) -> Tree | Reaches | GaveUp:
        if not self.left:
            return GaveUp("the case tree grew too large")
        self.left -= 1
        rows = tuple(self.program.relaxed(self.directions, picks))
        found = lp.maximise(self.program.objective, rows, self.program.boxes(rows))
        match found:
            case lp.Failed(reason):
                return GaveUp(reason)
            case lp.Infeasible(multipliers):
                return Leaf(multipliers)
            case lp.Optimum(value, point, multipliers):
                if not self.asked.met_by(value):
                    return Leaf({**multipliers, ASKED: Fraction(1)})
        split = self.next_choice(picks, point)
        if split is None:
            return Reaches(picks, point, value)
        name, options = split
        branches: list[tuple[int, Tree]] = []
        ordered = sorted(options, key=lambda t: -self.promise(name, t, point))
        for option in ordered:
            below = self.node({**picks, name: option})
            if isinstance(below, (Reaches, GaveUp)):
                return below
            branches.append((option, below))
        return Split(name, tuple(branches))

    def promise(self, name: str, option: int, point: Point) -> Fraction:
        if name.startswith("deviates"):
            return Fraction(option)
        alpha, beta, _ = name.removeprefix("top ").split(" ")
        w, u = point.get(f"W {option}", Fraction(0)), point.get(f"U {option}", Fraction(0))
        return int(alpha) * w + int(beta) * u

    def next_choice(self, picks: Picks, point: Point) -> tuple[str, list[int]] | None:
        """The choice on which the point leans most, with an option for each kind of state."""
        for top, support in self.tops.items():
            if not support:
                return f"top {top}", []
        for name in self.program.deviates:
            if name not in picks:
                return name, [0, 1]
        true: dict[str, Fraction] = {}
        for top, support in self.tops.items():
            name = f"top {top}"
            true[f"M {top}"] = max((self.promise(name, t, point) for t in support), default=Fraction(0))
        leans: dict[str, Fraction] = {}
        actual = {**point, **true}
        for row in self.program.relaxed(self.directions, picks):
            if row.name.startswith(("above", "reached")):
                continue
            excess = form(dict(row.terms), actual) - row.bound
            if excess > 0:
                for x, c in row.terms:
                    if x in true and f"top {x[2:]}" not in picks:
                        leans[x] = leans.get(x, Fraction(0)) + excess
        if not leans:
            return None
        top = max(leans, key=lambda x: leans[x])[2:]
        return f"top {top}", list(self.representatives(self.tops[top], picks))

    def representatives(self, support: tuple[int, ...], picks: Picks) -> Iterator[int]:
        """The states that are named on the way down, and one unnamed of each role."""
        named, fresh = named_by(picks, self.program.deviates), set[str]()
        for t in support:
            role = self.program.shape.role(t)
            if t in named:
                yield t
            elif role not in fresh:
                fresh.add(role)
                yield t


def named_by(picks: Picks, deviates: Sequence[str]) -> set[int]:
    """The states that choices speak of."""
    named = {0}
    for name, option in picks.items():
        named.add(int(name.split(" ")[1]) if name in deviates else option)
    return named
