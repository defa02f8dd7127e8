r"""Proves that a problem's objective cannot meet a threshold: a tree of cases, exact at every leaf.

The tree splits on choices, along the deviator's path: first where the deviator goes from the
start, then from there, and so on. At each node the linear program under the choices made is
maximised exactly; if its maximum misses the threshold, the node is a leaf and the multipliers that
prove it are written down. Otherwise the next choice is split.

Symmetry. States of one role that no choice on the way down names are interchangeable, so a split
needs one branch for every named state and, for each role with unnamed states, one branch for a
representative. The start is named from the beginning.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from . import lp
from .problem import Choice, Picks, Problem, Row, Threshold
from .univariate import Poly


@dataclass(frozen=True)
class Leaf:
    """The rows' multipliers whose sum is a contradiction; "asked" is the threshold's own row."""

    multipliers: Mapping[str, Fraction]


@dataclass(frozen=True)
class Split:
    """One choice and a subtree for each option that stands for all."""

    choice: str
    branches: tuple[tuple[int, "Tree"], ...]


@dataclass(frozen=True)
class Mixed:
    """A contradiction for every way to mix two successors of one row.

    Attributes:
        node: the row. ends: the two successors; the second one has the share x.
        pieces: from, to, and multipliers that are polynomials in x, the constant first.
    """

    node: str
    ends: tuple[int, int]
    pieces: tuple[tuple[Fraction, Fraction, Mapping[str, Poly]], ...]


Tree = Leaf | Split | Mixed


@dataclass(frozen=True)
class Open:
    """Every choice made, and the threshold still met: nothing to prove, and the maximum there."""

    picks: Picks
    optimum: lp.Optimum


@dataclass(frozen=True)
class GaveUp:
    """No proof and no solution, and why."""

    reason: str


ASKED = "asked"


Programs = dict[tuple[Row, ...], lp.Optimum | lp.Infeasible | lp.Failed]
"""Programs already solved, by their rows; for problems with the same boxes and objective."""


def prove(
    problem: Problem,
    asked: Threshold,
    *,
    solved: Programs | None = None,
    most_nodes: int = 100_000,
) -> Tree | Open | GaveUp:
    """A tree that shows that the objective never meets the threshold, or where it does.

    Args:
        problem: the problem.
        asked: the threshold to exclude.
        solved: programs of problems with equal boxes and objective; more are added.
        most_nodes: how many programs may be solved.

    Example:
        >>> from .encodings import Case, encodings
        >>> case = Case(2, 1, Fraction(1, 2), True, True, True)
        >>> problem = encodings()["any-kernel"].build(case)
        >>> tree = prove(problem, Threshold(Fraction(2), strict=True))
        >>> [option for option, _ in tree.branches]
        [0, 1]
        >>> isinstance(prove(problem, Threshold(Fraction(2))), Open)
        True
    """
    return _Prover(problem, asked, {} if solved is None else solved, most_nodes).node({})


class _Prover:
    def __init__(
        self, problem: Problem, asked: Threshold, solved: Programs, most_nodes: int
    ) -> None:
        self.problem = problem
        self.asked = asked
        self.solved = solved
        self.left = most_nodes

    def node(self, picks: Picks) -> Tree | Open | GaveUp:
        if not self.left:
            return GaveUp("the case tree grew too large")
        self.left -= 1
        rows = tuple(self.problem.active(picks))
        if rows not in self.solved:
            self.solved[rows] = lp.maximise(self.problem.objective, rows, self.problem.boxes)
        found = self.solved[rows]
        match found:
            case lp.Failed(reason):
                return GaveUp(reason)
            case lp.Infeasible(multipliers):
                return Leaf(multipliers)
            case lp.Optimum(value, _, multipliers) if not self.asked.met_by(value):
                return Leaf({**multipliers, ASKED: Fraction(1)})
            case lp.Optimum(value, _, multipliers) if value == self.asked.value and any(
                row.strict and multipliers.get(row.name) for row in rows
            ):  # equality would need a strict row to hold with equality
                return Leaf({**multipliers, ASKED: Fraction(1)})
        choice = next_choice(self.problem, picks)
        if choice is None:
            return Open(picks, found)
        branches: list[tuple[int, Tree]] = []
        for option in representatives(self.problem, choice, picks):
            below = self.node({**picks, choice.name: option})
            if isinstance(below, (Open, GaveUp)):
                return below
            branches.append((option, below))
        return Split(choice.name, tuple(branches))


def next_choice(problem: Problem, picks: Picks) -> Choice | None:
    """The choice that continues the deviator's path; when that has closed, any that is left."""
    state, seen = problem.start, set[int]()
    while state not in seen and state in problem.followed:
        seen.add(state)
        choice = problem.followed[state]
        if choice.name not in picks:
            return choice
        state = picks[choice.name]
    return next((choice for choice in problem.choices if choice.name not in picks), None)


def representatives(problem: Problem, choice: Choice, picks: Picks) -> Iterator[int]:
    """The options that are named on the way down, and one unnamed state of each role."""
    named = {problem.start, choice.state}
    for name, option in picks.items():
        made = problem.choice(name)
        named |= {option} if made is None else {option, made.state}
    fresh = set[str]()
    for option in choice.options:
        if option in named:
            yield option
        elif problem.roles[option] not in fresh:
            fresh.add(problem.roles[option])
            yield option
