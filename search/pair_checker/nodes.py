"""Nodes: distributions that bound forms in W and U by an expectation; one for every kind of row."""

from dataclasses import dataclass
from fractions import Fraction

from .statement import ONE, Rules, Statement

Form = dict[str, Fraction]
Path = dict[str, int]
_OWNERS = ("mine", "theirs")


@dataclass(frozen=True)
class Bounded:
    """A node: w and u are bounded by the expectation over shares of states."""

    w: Form | None
    u: Form | None
    most: bool
    shares: tuple[tuple[Fraction, str], ...]
    scale: Fraction


class Nodes:
    """The nodes of one case, made from the statement."""

    def __init__(self, said: Statement, rules: Rules, k: int, mine: frozenset[int] | None) -> None:
        self.said, self.rules, self.k, self.mine = said, rules, k, mine
        self.states = range(said.states)

    def support(self, name: str) -> list[int] | None:
        """The states of an area, perhaps of one owner; None if there is no such area."""
        area, dash, owner = name.partition("-")
        if area not in ("in", "all") or (dash and (self.mine is None or owner not in _OWNERS)):
            return None
        inside = range(self.k) if area == "in" else self.states
        return [s for s in inside if not dash or (s in (self.mine or ())) == (owner == "mine")]

    def role(self, s: int) -> tuple[bool, bool]:
        """States of one role are treated alike, 0 apart: visited or not, mine or not."""
        return s < self.k, s in (self.mine or ())

    def is_chosen(self, s: int) -> bool:
        """Whether it is a choice if the deviation departs at s."""
        rules = self.rules
        if rules.margin is None:
            return False
        shares = rules.rewards == "own" or rules.weight is not None
        return s < self.k or (rules.everywhere and shares)

    def node(self, kind: str, s: int, branch: list[str], path: Path) -> Bounded | None:
        """The node of that name, if it is in force."""
        rules = self.rules
        if rules.nothing:
            whole = ((ONE, "all" if rules.nothing == "deviate" else "in"),)
            inside = rules.nothing == "deviate" or s < self.k
            if kind != rules.nothing or branch or not inside:
                return None
            reward = {f"{'q' if kind == 'deviate' else 'r'} {s}": ONE}
            return self.make(
                _less(f"W {s}", reward), _less(f"U {s}", reward), whole, kind == "follow"
            )
        picked = path.get(f"deviates {s}")
        if s >= self.k:
            return self.unvisited(kind, s, branch, picked)
        if branch or (self.mine is not None and kind == "other"):
            return None
        step = "" if self.mine is None else "-theirs" if s in self.mine else "-mine"
        theirs = step == "-mine"
        if kind == "expert" and not theirs:
            return self.expert(s, f"in{step}") if rules.margin is None or picked == 1 else None
        if kind == "follow" and (theirs or picked == 0):
            return self.follow(s, f"in{step}")
        if kind == "deviate" and not theirs and (rules.margin is None or picked == 1):
            reward = {f"r {s}" if rules.rewards == "state" else f"q {s}": ONE}
            u = _less(f"U {s}", reward, rules.margin or Fraction(0))
            return self.make(_less(f"W {s}", reward), u, self.leaving(step), False)
        if kind == "other" and rules.margin is not None:
            return self.other(s, self.leaving(step))
        return None

    def unvisited(self, kind: str, s: int, branch: list[str], picked: int | None) -> Bounded | None:
        """The node at an unvisited state."""
        rules = self.rules
        mine = self.mine is not None and s in self.mine
        support = "all" if self.mine is None else "all-theirs" if mine else "all-mine"
        shares = self.anywhere(support)
        state = {f"r {s}": ONE}
        if mine:
            if kind != "deviate" or branch:
                return None
            return self.make(_less(f"W {s}", state), _less(f"U {s}", state), shares, False)
        if kind == "best" and rules.weight is not None and not branch:
            return Bounded({f"Z {s}": ONE}, None, False, shares, ONE)
        if rules.everywhere:
            return self.sharp(kind, s, branch, picked, shares)
        if branch:
            return None
        if rules.weight is not None and kind == "deviate":
            reward = {f"q {s}": ONE} if rules.rewards == "free" else state
            return self.make(self.mixed(s, reward), _less(f"U {s}", reward), shares, False)
        if rules.weight is None and kind == "against":
            least = {"": -ONE} if rules.rewards == "free" else state
            return self.make(None, _less(f"U {s}", least), shares, False)
        if rules.weight is None and kind == "learner":
            most = {"": ONE} if rules.rewards == "free" else state
            return self.make(_less(f"W {s}", most), None, shares, False)
        return None

    def sharp(
        self,
        kind: str,
        s: int,
        branch: list[str],
        picked: int | None,
        shares: tuple[tuple[Fraction, str], ...],
    ) -> Bounded | None:
        """At an unvisited state where the expert's action has a margin."""
        rules = self.rules
        chosen, uniform = self.is_chosen(s), rules.weight is not None
        if kind == "other" and not branch:
            return self.other(s, shares)
        if kind == "follow" and not branch and chosen and uniform and picked == 0:
            state = {f"r {s}": ONE}
            return self.make(self.mixed(s, state), _less(f"U {s}", state), shares, True)
        here = branch == ([] if not chosen else [str(picked)])
        if kind == "expert" and here and not (uniform and picked == 0):
            return self.make(None, _less(f"U {s}", {f"r {s}": ONE}), shares, True)
        own = {f"r {s}" if rules.rewards == "state" or picked == 0 else f"q {s}": ONE}
        if kind == "learner" and here and not uniform:
            most = {"": ONE} if rules.rewards == "free" else own
            return self.make(_less(f"W {s}", most), None, shares, False)
        if picked != 1 or branch or not chosen:
            return None
        u = _less(f"U {s}", own, rules.margin or Fraction(0))
        if kind == "against" and not uniform:
            return self.make(None, u, shares, False)
        return (
            self.make(self.mixed(s, own), u, shares, False)
            if kind == "deviate" and uniform
            else None
        )

    def expert(self, s: int, support: str) -> Bounded:
        """The expert's action."""
        return self.make(None, _less(f"U {s}", {f"r {s}": ONE}), self.anywhere(support), True)

    def follow(self, s: int, support: str) -> Bounded:
        """The deviation plays the expert's action."""
        reward = {f"r {s}": ONE}
        shares = self.anywhere(support)
        return self.make(_less(f"W {s}", reward), _less(f"U {s}", reward), shares, True)

    def other(self, s: int, shares: tuple[tuple[Fraction, str], ...]) -> Bounded:
        """Some other action than the expert's."""
        least = {f"r {s}": ONE} if self.rules.rewards == "state" else {"": -ONE}
        return self.make(
            None, _less(f"U {s}", least, self.rules.margin or Fraction(0)), shares, False
        )

    def mixed(self, u: int, reward: Form) -> Form:
        """N W_u - reward - (N - 1)(reward of the rest + gamma Z_u)."""
        count = Fraction(self.rules.weight or 1)
        form = {f"W {u}": count}
        add_to(form, reward, -ONE)
        add_to(form, {"": ONE} if self.rules.rewards == "free" else reward, 1 - count)
        add_to(form, {f"Z {u}": self.said.discount}, 1 - count)
        return form

    def anywhere(self, support: str) -> tuple[tuple[Fraction, str], ...]:
        """The start with its share, and the rest anywhere on a support."""
        return (self.rules.reset, ""), (1 - self.rules.reset, support)

    def leaving(self, step: str) -> tuple[tuple[Fraction, str], ...]:
        """A distribution from a visited state."""
        back = self.rules.reset
        out = min(self.rules.entry, 1 - back)
        return (back, ""), (1 - back - out, f"in{step}"), (out, f"all{step}")

    def make(
        self,
        w: Form | None,
        u: Form | None,
        shares: tuple[tuple[Fraction, str], ...],
        most: bool,
    ) -> Bounded:
        """The node without the shares that are 0."""
        return Bounded(w, u, most, tuple(x for x in shares if x[0]), self.said.discount)


def _less(variable: str, reward: Form, margin: Fraction = Fraction(0)) -> Form:
    """Variable - reward - margin."""
    form = {variable: ONE}
    add_to(form, reward, -ONE)
    add_to(form, {"": ONE}, -margin)
    return form


def add_to(total: Form, form: Form, factor: Fraction) -> None:
    """Adds a multiple of a form."""
    for x, c in form.items():
        total[x] = total.get(x, Fraction(0)) + factor * c
