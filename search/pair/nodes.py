r"""The rows of a pair of MDPs, with every expected continuation as a node.

A node says that some weights \(p\) on states have \(w\le\mathbb E_pW\) and, for \(u\), one or both
of \(u\ge\mathbb E_pU\), \(u\le\mathbb E_pU\): \(W\) and \(U\) share the weights.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .rules import Rules

Terms = Mapping[str, Fraction]
ONE, ZERO = Fraction(1), Fraction(0)
CONSTANT = ""
"""The key of a linear form's constant."""


@dataclass(frozen=True)
class Shape:
    """One case: how many states are visited and, where owners alternate, who owns what.

    Attributes:
        states: S. visited: k. mine: the exploiter's states, or None where nobody owns any.
    """

    states: int
    visited: int
    mine: frozenset[int] | None = None

    def support(self, name: str) -> tuple[int, ...]:
        """The states that a support's name stands for."""
        area, _, owner = name.partition("-")
        inside = range(self.visited if area == "in" else self.states)
        mine = self.mine or frozenset()
        return tuple(s for s in inside if not owner or (s in mine) == (owner == "mine"))

    def role(self, state: int) -> str:
        """States of one role are interchangeable, the start 0 apart."""
        area = "visited" if state < self.visited else "unvisited"
        return area if self.mine is None else f"{area} {'mine' if state in self.mine else 'theirs'}"


@dataclass(frozen=True)
class Part:
    """A share of a row: `share` times weights on the states of `support`."""

    share: Fraction
    support: str


@dataclass(frozen=True)
class Node:
    r"""Some row with \(w\le\gamma(cW_0+\sum_jc_j\,p_jW)\), and \(u\) likewise.

    Attributes:
        name: unique in its case.
        parts: the shares \(c_j\) with their supports.
        to_start: \(c\); all shares sum to 1.
        scale: \(\gamma\), or 1.
        w: a linear form, or None.
        u: a linear form, or None.
        at_least: whether \(u\) is at least its side. at_most: whether it is at most.
        when: (choice, option) under which the node exists, or None.
    """

    name: str
    parts: tuple[Part, ...]
    to_start: Fraction
    scale: Fraction
    w: Terms | None = None
    u: Terms | None = None
    at_least: bool = False
    at_most: bool = False
    when: tuple[str, int] | None = None

    def takes(self, alpha: int, beta: int) -> bool:
        r"""Whether \(\alpha w+\beta u\) is bounded by the largest \(\alpha W+\beta U\)."""
        if (alpha and self.w is None) or (beta and self.u is None) or alpha < 0:
            return False
        return (beta <= 0 or self.at_most) and (beta >= 0 or self.at_least)


def nodes(rules: Rules, shape: Shape, discount: Fraction) -> tuple[Node, ...]:
    """Every node of a case; see the package for where each comes from."""
    return tuple(_Nodes(rules, shape, discount).all())


def deviations(rules: Rules, shape: Shape) -> tuple[int, ...]:
    """The states at which it is a choice whether the deviation plays the expert's action."""
    if rules.margin is None or rules.rest != "no":
        return ()
    off = rules.everywhere and (rules.rewards == "own" or rules.uniform is not None)
    return tuple(range(shape.states if off else shape.visited))


class _Nodes:
    def __init__(self, rules: Rules, shape: Shape, discount: Fraction) -> None:
        self.rules, self.shape, self.g = rules, shape, discount

    def all(self) -> Iterator[Node]:
        for s in range(self.shape.states):
            visited = s < self.shape.visited
            match self.rules.rest:
                case "dominant":
                    if visited:
                        yield self.follow(s)
                    continue
                case "team":
                    yield self.deviate(s, "all")
                    continue
            if self.shape.mine is not None:
                yield from self.owned(s)
            elif visited:
                yield from self.visited(s)
            else:
                yield from self.unvisited(s)

    def visited(self, s: int) -> Iterator[Node]:
        if not self.rules.is_nash:
            yield self.expert(s, "in")
            yield self.better(s, "all", inside="in")
            return
        if self.rules.margin is None:
            yield self.expert(s, "in")
            yield self.deviate(s, "all", entry=True)
            return
        yield self.follow(s, (f"deviates {s}", 0))
        yield self.expert(s, "in", (f"deviates {s}", 1))
        yield self.deviate(s, "all", entry=True, when=(f"deviates {s}", 1))
        yield self.other(s, entry=True)
        if self.rules.rival:
            yield self.answer(s)

    def unvisited(self, u: int) -> Iterator[Node]:
        rules, sure = self.rules, not self.rules.everywhere
        if not rules.is_nash:
            yield self.better(u, "all")
            return
        if rules.uniform is not None:
            yield self.best(u)
        if sure:
            if rules.uniform is None:
                yield self.against(u)
                yield self.learner(u)
            else:
                yield self.deviate(u, "all")
            return
        yield self.other(u)
        if u not in deviations(rules, self.shape):
            yield self.expert(u, "all")
            yield self.learner(u)
            return
        follows, departs = (f"deviates {u}", 0), (f"deviates {u}", 1)
        yield self.expert(u, "all", departs)
        if rules.uniform is None:
            yield self.expert(u, "all", follows)
            yield self.learner(u, follows, "r")
            yield self.against(u, departs)
            yield self.learner(u, departs)
        else:
            yield self.follow(u, follows, "all")
            yield self.deviate(u, "all", when=departs)

    def owned(self, s: int) -> Iterator[Node]:
        mine = self.shape.mine or frozenset()
        next_ = "theirs" if s in mine else "mine"
        if not self.rules.is_nash:
            yield from self.turn(s, next_)
            return
        if s < self.shape.visited:
            if s in mine:
                yield self.expert(s, f"in-{next_}")
                yield self.deviate(s, f"all-{next_}", entry=True, inside=f"in-{next_}")
            else:
                yield self.follow(s, support=f"in-{next_}")
        elif s in mine:
            yield self.shared(s, f"all-{next_}")
        elif self.rules.uniform is not None:
            yield self.best(s, f"all-{next_}")
            yield self.deviate(s, f"all-{next_}")
        else:
            yield self.against(s, support=f"all-{next_}")
            yield self.learner(s, support=f"all-{next_}")

    def turn(self, s: int, next_: str) -> Iterator[Node]:
        """Beside any expert: the other player's action is the same for both values."""
        if s >= self.shape.visited:
            yield self.better(s, f"all-{next_}")
        elif s in (self.shape.mine or ()):
            yield self.expert(s, f"in-{next_}")
            yield self.better(s, f"all-{next_}", inside=f"in-{next_}")
        else:
            yield self.follow(s, support=f"in-{next_}")

    # -- single nodes

    def expert(self, s: int, support: str, when: tuple[str, int] | None = None) -> Node:
        """The expert's action: U_s = r_s + g E U."""
        u = {f"U {s}": ONE, f"r {s}": -ONE}
        name = f"expert {s}" + (f" {when[1]}" if when and s >= self.shape.visited else "")
        return self.node(name, support, u=u, at_least=True, at_most=True, when=when)

    def follow(self, s: int, when: tuple[str, int] | None = None, support: str = "in") -> Node:
        """The deviation plays the expert's action: W_s <= r_s + g E W, U_s = r_s + g E U."""
        w = self.learners(s, {f"r {s}": ONE})
        u = {f"U {s}": ONE, f"r {s}": -ONE}
        return self.node(f"follow {s}", support, w=w, u=u, at_least=True, at_most=True, when=when)

    def deviate(
        self,
        s: int,
        support: str,
        *,
        entry: bool = False,
        inside: str = "in",
        when: tuple[str, int] | None = None,
    ) -> Node:
        """The deviation's action: W_s <= q_s + g E W, U_s >= m + q_s + g E U."""
        q = self.reward(s)
        margin = self.rules.margin if when is not None and self.rules.margin else ZERO
        u = {f"U {s}": ONE, **_minus(q), CONSTANT: -margin}
        return self.node(
            f"deviate {s}", support, w=self.learners(s, q), u=u, at_least=True, when=when,
            entry=inside if entry else None,
        )  # fmt: skip

    def better(self, s: int, support: str, inside: str | None = None) -> Node:
        """The deviation's action, which the player need not have had: W_s <= q_s + g E W."""
        name = "r" if self.rules.rewards == "state" else "q"
        w = {f"W {s}": ONE, f"{name} {s}": -ONE}
        return self.node(f"deviate {s}", support, w=w, entry=inside)

    def shared(self, s: int, support: str) -> Node:
        """An action of the player where the opponents' do not matter."""
        w, u = {f"W {s}": ONE, f"r {s}": -ONE}, {f"U {s}": ONE, f"r {s}": -ONE}
        return self.node(f"deviate {s}", support, w=w, u=u, at_least=True)

    def other(self, s: int, *, entry: bool = False) -> Node:
        """An action that is not the expert's: U_s >= m + r + g E U."""
        least = {f"r {s}": -ONE} if self.rules.rewards == "state" else {CONSTANT: ONE}
        constant = least.get(CONSTANT, ZERO) - (self.rules.margin or ZERO)
        u = {f"U {s}": ONE, **least, CONSTANT: constant}
        return self.node(f"other {s}", "all", u=u, at_least=True, entry="in" if entry else None)

    def answer(self, s: int) -> Node:
        """An opponent's action where it loses what the player wins: U_s <= r - m + g E U."""
        most = {f"r {s}": -ONE} if self.rules.rewards == "state" else {CONSTANT: -ONE}
        u = {f"U {s}": ONE, **most}
        u[CONSTANT] = u.get(CONSTANT, ZERO) + (self.rules.margin or ZERO)
        return self.node(f"answer {s}", "all", u=u, at_most=True, entry="in")

    def against(self, u: int, when: tuple[str, int] | None = None, support: str = "all") -> Node:
        """The deviation's action against the expert's opponents."""
        margin = self.rules.margin if when is not None and self.rules.margin else ZERO
        side = {f"U {u}": ONE, **_minus(self.least(u)), CONSTANT: ZERO}
        side[CONSTANT] = -margin + (ONE if self.rules.rewards == "free" else ZERO)
        return self.node(f"against {u}", support, u=side, at_least=True, when=when)

    def learner(
        self,
        u: int,
        when: tuple[str, int] | None = None,
        reward: str | None = None,
        support: str = "all",
    ) -> Node:
        """The deviation's action against the learner's opponents."""
        side = {f"W {u}": ONE}
        if self.rules.rewards == "free":
            side[CONSTANT] = -ONE
        else:
            side |= {f"{reward} {u}": -ONE} if reward else _minus(self.reward(u))
        name = f"learner {u}" + (f" {when[1]}" if when else "")
        return self.node(name, support, w=side, when=when)

    def best(self, u: int, support: str = "all") -> Node:
        """Z_u: what the opponents' other actions lead to."""
        return Node(f"best {u}", *self.split(support, None), ONE, w={f"Z {u}": ONE})

    # -- what they are made of

    def reward(self, s: int) -> dict[str, Fraction]:
        """The reward of the deviation's action."""
        rules = self.rules
        if rules.rewards == "state":
            return {f"r {s}": ONE}
        free = rules.rewards == "free" or s < self.shape.visited
        departs = rules.everywhere and s in deviations(rules, self.shape)
        return {f"q {s}": ONE} if free or departs or rules.rest == "team" else {f"r {s}": ONE}

    def least(self, u: int) -> dict[str, Fraction]:
        """The reward of that action against the expert's opponents at an unvisited state."""
        return {} if self.rules.rewards == "free" else self.reward(u)

    def learners(self, s: int, reward: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """What is at most the discounted continuation, from W_s at most the value there."""
        n = self.rules.uniform
        if n is None or s < self.shape.visited:
            return {f"W {s}": ONE, **_minus(reward)}
        # N W_s <= (reward + g E W) + (N - 1)(reward' + g Z_s)
        rest = Fraction(n - 1)
        form = {f"W {s}": Fraction(n), f"Z {s}": -rest * self.g}
        if self.rules.rewards == "free":
            return {**form, **_minus(reward), CONSTANT: -rest}
        return {**form, **{x: -n * c for x, c in reward.items()}}

    def node(
        self,
        name: str,
        support: str,
        *,
        w: Terms | None = None,
        u: Terms | None = None,
        at_least: bool = False,
        at_most: bool = False,
        when: tuple[str, int] | None = None,
        entry: str | None = None,
    ) -> Node:
        return Node(name, *self.split(support, entry), self.g, w, u, at_least, at_most, when)

    def split(self, support: str, inside: str | None) -> tuple[tuple[Part, ...], Fraction]:
        """The shares of a row: the start, what must stay inside, and the rest."""
        rules = self.rules
        rest = ONE - rules.reset
        leaves = rest if inside is None else min(rules.entry, rest)
        parts = [Part(rest - leaves, inside or ""), Part(leaves, support)]
        return tuple(part for part in parts if part.share), rules.reset


def _minus(terms: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {x: -c for x, c in terms.items()}
