r"""A case as a program: exact rows for a kernel, and rows in directions for every kernel.

For a direction \((\alpha,\beta)\) and a support \(X\) let \(M=\max_{t\in X}\alpha W_t+\beta U_t\).
A node then obeys \(\alpha w+\beta u\le\gamma[c(\alpha W_0+\beta U_0)+\sum_jc_jM_j]\), whatever its
weights. That \(M\) is reached at some \(t\in X\) is a choice; nothing else is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from ..problem import Box, Row
from .nodes import CONSTANT, ONE, Node, Shape, Terms, deviations, nodes
from .rules import Rules

Direction = tuple[int, int]
Weights = Mapping[str, tuple[Mapping[int, Fraction], ...]]
"""For each node and each of its parts, the weights on states."""
Picks = Mapping[str, int]
FIRST: tuple[Direction, ...] = ((1, -1), (0, -1), (1, 0), (0, 1))


@dataclass(frozen=True)
class Program:
    """One case of a class.

    Attributes:
        rules: the class's rows. shape: the case. discount: gamma.
    """

    rules: Rules
    shape: Shape
    discount: Fraction
    _kept: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def at(self, discount: Fraction) -> "Program":
        """The same case at another discount."""
        return Program(self.rules, self.shape, discount)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node."""
        return nodes(self.rules, self.shape, self.discount)

    @property
    def objective(self) -> tuple[tuple[str, Fraction], ...]:
        """W_0 - U_0."""
        return (("W 0", ONE), ("U 0", -ONE))

    @cached_property
    def deviates(self) -> tuple[str, ...]:
        """The choices whether the deviation departs from the expert's action."""
        return tuple(f"deviates {s}" for s in deviations(self.rules, self.shape))

    def box(self, name: str) -> Box:
        """A variable's range."""
        most = 1 / (1 - self.discount)
        match name.split(" "):
            case ["r" | "q", _]:
                return Box(-ONE, ONE) if not self.rules.is_void else Box(Fraction(0), Fraction(0))
            case ["M", alpha, beta, _]:
                size = (abs(int(alpha)) + abs(int(beta))) * most
                return Box(-size, size)
            case _:
                return Box(-most, most)

    def tops(self, directions: Iterable[Direction]) -> dict[str, tuple[int, ...]]:
        """The maxima that the nodes' rows name, with their supports."""
        found: dict[str, tuple[int, ...]] = {}
        for alpha, beta in directions:
            for node in self.nodes:
                if node.takes(alpha, beta):
                    for part in node.parts:
                        top = f"{alpha} {beta} {part.support}"
                        found[top] = self.shape.support(part.support)
        return found

    def relaxed(self, directions: Iterable[Direction], picks: Picks) -> Iterator[Row]:
        """The rows in these directions under the choices made."""
        chosen = tuple(directions)
        yield from self.in_directions(chosen, picks)
        yield from self.level()
        for node in self.live(picks):
            if f"to {node.name}" in picks:
                where = ({picks[f"to {node.name}"]: ONE},)
                yield from _under(node, where, " =", ("w", "most", "least"))
        for top, support in self.tops(chosen).items():
            for t in support:
                yield self._above(top, t)
            if f"top {top}" in picks:
                yield self._reached(top, picks[f"top {top}"])

    def live(self, picks: Picks) -> Iterator[Node]:
        """The nodes that exist under the choices made."""
        for node in self.nodes:
            if node.when is None or picks.get(node.when[0]) == node.when[1]:
                yield node

    def in_directions(self, directions: Iterable[Direction], picks: Picks) -> Iterator[Row]:
        """The nodes' rows in these directions."""
        chosen = tuple(directions)
        for node in self.live(picks):
            for direction in chosen:
                if node.takes(*direction):
                    yield self._once((node.name, direction), node, direction)

    def level(self) -> Iterator[Row]:
        """The signs of the player's values in a symmetric zero-sum game, or its rewards there."""
        if self.rules.level == "no":
            return
        if self.rules.level == "alike":
            for s in range(self.shape.visited):
                yield row(f"alike {s}", {f"q {s}": ONE, f"r {s}": -ONE, CONSTANT: -ONE})
            return
        for s in range(self.shape.states):
            yield row(f"copy {s}", {f"U {s}": -ONE})
            if s < self.shape.visited or self.rules.level == "everywhere":
                yield row(f"level {s}", {f"U {s}": ONE})

    def fixed(self, weights: Weights, picks: Picks) -> Iterator[Row]:
        """The rows under given weights; a node without weights has none."""
        yield from self.level()
        for node in self.live(picks):
            if node.name in weights:
                yield from _under(node, weights[node.name], "", ("w", "u+", "u-"))

    def boxes(self, rows: Iterable[Row]) -> dict[str, Box]:
        """The ranges of the variables of some rows and of the objective."""
        named = dict.fromkeys(x for x, _ in self.objective)
        for item in rows:
            named.update(dict.fromkeys(x for x, _ in item.terms))
        return {x: self.box(x) for x in named}

    def _once(self, key: object, node: Node, direction: Direction) -> Row:
        if key not in self._kept:
            self._kept[key] = node_row(node, *direction)
        found = self._kept[key]
        assert isinstance(found, Row)
        return found

    def _above(self, top: str, t: int) -> Row:
        return row(f"above {top} {t}", _functional(top, t), {f"M {top}": -ONE})

    def _reached(self, top: str, t: int) -> Row:
        return row(f"reached {top}", {f"M {top}": ONE}, negative(_functional(top, t)))


def _under(
    node: Node, weights: Sequence[Mapping[int, Fraction]], mark: str, kinds: tuple[str, str, str]
) -> Iterator[Row]:
    """The node's rows under weights, named after what they bound."""
    mean = kernel_row(node, weights)
    if node.w is not None:
        side = {f"W {t}": -node.scale * p for t, p in mean.items()}
        yield row(f"{node.name}{mark} {kinds[0]}", node.w, side)
    if node.u is not None:
        side = {f"U {t}": -node.scale * p for t, p in mean.items()}
        if node.at_most:
            yield row(f"{node.name}{mark} {kinds[1]}", node.u, side)
        if node.at_least:
            yield row(f"{node.name}{mark} {kinds[2]}", negative(node.u), negative(side))


def kernel_row(node: Node, weights: Sequence[Mapping[int, Fraction]]) -> dict[int, Fraction]:
    """The distribution that a node's weights make up."""
    mean: dict[int, Fraction] = {0: node.to_start} if node.to_start else {}
    for part, share in zip(node.parts, weights, strict=True):
        for t, p in share.items():
            mean[t] = mean.get(t, Fraction(0)) + part.share * p
    return mean


def node_row(node: Node, alpha: int, beta: int) -> Row:
    """The node's row in a direction."""
    sides: list[Terms] = []
    if alpha and node.w is not None:
        sides.append({x: alpha * c for x, c in node.w.items()})
    if beta and node.u is not None:
        sides.append({x: beta * c for x, c in node.u.items()})
    start = -node.scale * node.to_start
    sides.append({"W 0": start * alpha, "U 0": start * beta})
    tops = ((f"M {alpha} {beta} {part.support}", part.share) for part in node.parts)
    sides += [{top: -node.scale * share} for top, share in tops]
    return row(f"{node.name} | {alpha} {beta}", *sides)


def row(name: str, *sides: Terms) -> Row:
    """The row: the sum of linear forms is at most 0."""
    total: dict[str, Fraction] = {}
    for side in sides:
        for x, c in side.items():
            total[x] = total.get(x, Fraction(0)) + c
    constant = total.pop(CONSTANT, Fraction(0))
    return Row(name, tuple((x, c) for x, c in total.items() if c), "<=", -constant)


def negative(terms: Terms) -> dict[str, Fraction]:
    """Minus a linear form."""
    return {x: -c for x, c in terms.items()}


def _functional(top: str, t: int) -> dict[str, Fraction]:
    alpha, beta, _ = top.split(" ")
    return {f"W {t}": Fraction(int(alpha)), f"U {t}": Fraction(int(beta))}
