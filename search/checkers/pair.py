r"""The checker of "pair" certificates: \(\rho\) is matched, the expert Nash, any kernel.

Terms and statement are those of `common`. The argument from the class to the rows:

1. *Two value functions.* Player \(i\) gains by a pure \(b\), optimal from every state. Equal
   \(\rho\): the same visited states \(S_+\), which neither policy leaves, and there \(p=e\). \(W\),
   \(U\): i's optimal values against \(p_{-i}\), which are \(b\)'s, and against \(e_{-i}\). As the
   expert is Nash, \(U=V_i^e\) on \(S_+\), with `subgame-perfect` everywhere. The gain is
   \(\sum_s\nu(s)(W-U)(s)\), at most \(W-U\) at some start. Number \(S_+=\{0,\dots,k-1\}\), that
   start being 0. "asked": \(W_0-U_0 \ge c\) (> c if strict). "low x", "high x":
   \(|U|,|W|,|Z|\le1/(1-\gamma)\); rewards \(|r|,|q|\le1\).
2. *Nodes.* An action of \(i\) against a mixture of the others has one expected reward and one
   distribution \(P\). A node has a \(P\) and says \(w\le\gamma PW\) and \(u\ge\gamma PU\)
   ("least"), if it is "most" also \(u\le\gamma PU\). Below, at s, \(W\le r\) is short for
   \(w=W_s-r_s\), \(U\ge q\) for \(u=U_s-q_s\) and "least", \(U=q\) for both "least" and "most".
3. *Visited s:* the others play alike. "expert": all actions that \(e_i\) mixes at s are optimal and
   stay in \(S_+\); one of them has \(U=r\), \(P\) on \(S_+\). "deviate", \(b\)'s: \(W\le q\),
   \(U\ge q\).
4. *Unvisited s,* \(b\)'s action: "against" \(e_{-i}\): \(U\ge r\). "learner", against \(p_{-i}\):
   \(W\le r'\), another \(P\).
5. *Rewards.* `own-rewards`: \(r'=r\) in 4. `state-rewards`: also \(q=r\) everywhere; so too for
   `own-rewards` with `zero-sum` or common payoffs, where one function depends on each action alone.
   Otherwise ("free") \(r=-1\), \(r'=1\) in 4. All are 0 if a zero-sum game has common payoffs, or
   is `symmetric` with rewards of the state or own: \(r_1(s,a)=-r_1(s,b)\) for all a, b.
6. *Where a row leads.* \(P\) is a sum of shares, each times a distribution on some area: "in"
   (\(S_+\)) or "all". `reset=b`: the start is 0, with a share b of every row. `entry=b`: a row from
   a visited state leaves \(S_+\) with at most b, so a share of b (or of all that reset leaves, if
   less) is on "all" and the rest on "in". Expert and follow at visited states: all on "in".
7. *`alternating`, two players:* each state is \(i\)'s ("mine") or the other's, and leads to the
   other kind: areas are "in-mine" and so on. At the other's states i's action does not matter:
   visited ones have one row, "follow": \(W\le r\), \(U=r\), \(P\) on "in"; unvisited ones are as in
   4. At mine the other's does not: unvisited ones have "deviate": \(W\le r\), \(U\ge r\), one
   \(P\). Visited and all states are of both kinds, or there is no such game: a maximum over none
   need not be looked at.
8. *`uniform-off-support`, unvisited s.* \(N\): how many joint actions the others have, or, where
   players take turns, the greatest \(A_j\), as at most one of them matters. Some joint action \(y\)
   in the mixture \(e_{-i}\) has \(U\ge q\) in the row of \(b\)'s action and y. \(p_{-i}\) plays y
   with weight 1/N or more. \(Z_s\) is the greatest \(PW\) of the rows of \(b\)'s action; "best":
   \(Z_s\le PW\), for one of them. "deviate": \(NW\le(q+\gamma PW)+(N-1)(r''+\gamma Z)\). \(r''=1\)
   if free; else one reward for q and r'', namely r.
9. *`margin=m`* (no turns: some action would be no worse). The choice "deviates s" says whether
   \(b\) departs from the pure \(e_i(s)\). Visited s: 0, "follow": \(W\le r\), \(U=r\), \(P\) on
   "in"; 1: as in 3 with \(U\ge q+m\). Always "other", some action but \(e_i(s)\): \(U\ge r+m\), r
   the state's or -1. With `subgame-perfect` unvisited s too have an optimal \(e_i(s)\), "expert":
   \(U=r\), and "other"; "learner" as in 4. There "deviates s" is a choice if rewards are own or the
   learner uniform. Own: 0, "expert s 0", "learner s 0": \(W\le r\); 1, "expert s 1", "against":
   \(U\ge q+m\), "learner s 1": \(W\le q\). Uniform: y in 8 is what the pure \(e_{-i}\) plays; 0:
   "follow", 8's \(W\), \(U=r\), with r for q; 1: "expert s 1", and 8 with \(U\ge q+m\).
10. *`symmetric`, `zero-sum`.* Whatever the other plays, i may play the same at each state: the
   joint action is as likely as its exchange, whose reward is opposite, so this earns 0: "copy s":
   \(U\ge0\). So for both players; at visited states (with `subgame-perfect` at all) their optimal
   values are the expert's, which sum to 0: "level s": \(U=0\).
11. *Nothing to gain.* "follow" as in 7 at visited s, if i has one action, or the expert is
   `dominant`: \(e_i\) is a best response to \(p_{-i}\), and \(W=V_i^{(e_i,p_{-i})}\) and U meet the
   same rows on \(S_+\). "deviate", \(W\le q\), \(U\ge q\), \(P\) on "all", at every s: if no other
   has two actions (one problem); if players take turns in a `symmetric` game (nobody's action
   matters, as the owner's alone does and the other's as well); with \(U\) the team's optimal
   values, if the expert is `team-optimal`, or `subgame-perfect` where players with common payoffs
   take turns (it solves the team's Bellman equation).
12. *Directions.* For integers \(\alpha\ge0\), \(\beta\), an area X: \(M=\max_{t\in X}\alpha
   W_t+\beta U_t\). "above a b X t": \(\alpha W_t+\beta U_t\le M\). The choice "top a b X" is a t in
   X that attains it: "reached a b X". "NODE | a b": \(\alpha w+\beta u\le\gamma P(\alpha W+\beta
   U)\), for each share at most its M; \(\beta>0\) needs "most".
13. *Points.* With `deterministic`, `pure` and none of 6 and 8 each \(P\) is a point, the choice "to
   NODE". The directions (1, 0), (0, 1), (0, -1) there are "NODE = w", "NODE = most", "NODE =
   least".
14. *Two successors* f, g: \(P\) gives g a share \(x\). A "mixed" leaf is a sum for every
   \(x\in[0,1]\). Rows "NODE @ w", "@ most", "@ least" are linear in x, multipliers polynomials in
   x, on pieces [l, h]. \(\sum c_kx^k\) of degree n is at least 0 there if no coefficient of \(\sum
   c_k(l+hy)^k(1+y)^{n-k}\) is negative, as \(x=(l+hy)/(1+y)\) with \(y\ge0\); if the first and the
   last, the values at l and h, are positive, so is it. Or both may be so on either half of [l, h].
15. *All of it.* To be shown: every player in question, every k of the class, in 7 every way to own
   the states up to names. Rows treat states of one role (visited or not, mine or not) alike, 0
   apart, so those that a path does not name are interchangeable.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, NamedTuple

from .common import (
    ONE,
    ZERO,
    Form,
    MalformedError,
    Path,
    Row,
    Statement,
    add,
    check_cases,
    fault_of,
    faults_of,
    integer,
    list_,
    number,
    object_,
    statement,
)  # fmt: skip

ENCODING = "pair"
MOST, MOST_TERMS = 10**5, 30
KINDS = {"w": (1, 0), "most": (0, 1), "least": (0, -1)}
Kind = tuple[bool, tuple[int, ...]]
"""All that matters of a player: whether it has two actions, and how many the others have."""
Which = tuple[int, frozenset[int] | None]
"""How many states are visited, and which are mine."""


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    said = statement(raw, ENCODING)
    if "match-rho" not in said.names or not said.is_nash or "match-bc" in said.names:
        raise MalformedError("class.assumptions: needed match-rho and a Nash expert")
    if said.names.get("margin") and said.names.keys() & {"turn-based", "alternating"}:
        raise MalformedError("class.assumptions: needed no margin where players take turns")
    if said.states**3 * len(said.players) > MOST:
        raise MalformedError("class: needed a smaller one")

    def faults(one: Kind, which: Which, case: dict[str, Any], where: str) -> Iterator[str]:
        return faults_of(Pair(said, one, *which), case["tree"], f"{where}.tree")

    missing = {(i, *which) for i in said.players for which in cases(said, kind_of(said, i))}
    keys = {"visited", "tree", "mine?"}
    return check_cases(said, missing, keys, which_of, lambda i: kind_of(said, i), faults)


def kind_of(said: Statement, player: int) -> Kind:
    """All that matters of a player."""
    return said.actions[player] > 1, tuple(sorted(said.others(player)))


def which_of(case: dict[str, Any], where: str) -> Which:
    """What a case is about."""
    mine = [integer(s, where) for s in list_(case["mine"], where)] if "mine" in case else None
    return integer(case["visited"], where), None if mine is None else frozenset(mine)


def cases(said: Statement, kind: Kind) -> Iterator[Which]:
    """Every case (15)."""
    for k in said.sizes():
        if not Pair(said, kind, k, None).alternates:
            yield k, None
            continue
        for first, a, b in product((set[int](), {0}), range(k), range(said.states - k + 1)):
            yield k, frozenset(first | {*range(1, a + 1), *range(k, k + b)})


class Node(NamedTuple):
    """A node (2); P is a sum of shares on areas, "" standing for the start."""

    name: str
    w: Form
    u: Form
    most: bool
    shares: list[tuple[Fraction, str]]
    scale: Fraction

    def towards(self, a: int, b: int, *goals: Form) -> Form | None:
        """The row in a direction, with what is at most at the end of each share; None if none."""
        if (a and not self.w) or (b and not self.u) or (b > 0 and not self.most):
            return None
        form = Form()
        add(form, self.w, Fraction(a))
        add(form, self.u, Fraction(b))
        for (share, _), goal in zip(self.shares, goals, strict=True):
            add(form, goal, -self.scale * share)
        return form


class Pair:
    """The rows and choices of one case."""

    def __init__(self, said: Statement, kind: Kind, k: int, mine: frozenset[int] | None) -> None:
        names, (able, others) = said.names.keys(), kind
        self.said, self.k, self.mine = said, k, mine
        common = bool(names & {"common-payoff", "team-optimal"})
        turns = bool(names & {"turn-based", "alternating"})
        own, state = "own-rewards" in names, "state-rewards" in names
        zero, fair = "zero-sum" in names, "symmetric" in names
        perfect, uniform = "subgame-perfect" in names, "uniform-off-support" in names
        serves = "team-optimal" in names or (turns and (fair or (common and perfect)))
        self.nothing = ""  # the row of 11, if there is nothing to gain
        if "dominant" in names or not able:
            self.nothing = "follow"
        elif serves or max(others, default=1) == 1:
            self.nothing = "deviate"
        self.alternates = not self.nothing and "alternating" in names and len(said.actions) == 2
        self.is_void = zero and (common or (fair and (own or state)))
        state = state or self.is_void or (own and (zero or common))
        self.rewards = "state" if state else "own" if own else "free"
        self.reset, self.entry = said.names.get("reset", ZERO), said.names.get("entry", ONE)
        self.margin = None if turns else said.names.get("margin")
        self.everywhere = self.margin is not None and perfect
        self.weight = (max(others) if turns else prod(others)) if uniform else 0  # N of 8
        self.levels = 0 if not (fair and zero) else said.states if perfect else k
        points = {"deterministic", "pure"} <= names and not uniform
        self.is_exact = points and not self.reset and self.entry == 1
        if self.nothing:
            self.rewards, self.reset, self.entry, self.margin = "free", ZERO, ONE, None
            self.levels, self.is_void, self.is_exact = 0, False, False

    def support(self, area: str) -> list[int] | None:
        """The states of an area, perhaps of one owner; None if there is no such area."""
        name, dash, owner = area.partition("-")
        known = not dash or (self.mine is not None and owner in ("mine", "theirs"))
        if name not in ("in", "all") or not known:
            return None
        inside = range(self.k if name == "in" else self.said.states)
        return [s for s in inside if not dash or self.is_mine(s) == (owner == "mine")]

    def is_mine(self, s: int) -> bool:
        """Whether the player owns a state."""
        return self.mine is not None and s in self.mine

    def is_chosen(self, s: int) -> bool:
        """Whether it is a choice if the deviation departs at s (9)."""
        tells = self.everywhere and (self.rewards == "own" or self.weight > 0)
        return self.margin is not None and s < (self.said.states if tells else self.k)

    def nodes(self, s: int, path: Path) -> Iterator[Node]:
        """The nodes in force at a state (3 to 11)."""
        departs, m, free = path.get(f"deviates {s}"), self.margin or ZERO, self.rewards == "free"
        r, q = {f"r {s}": ONE}, {f"{'r' if self.rewards == 'state' else 'q'} {s}": ONE}
        least = r if self.rewards == "state" else {"": -ONE}
        if self.nothing:
            if self.nothing == "deviate":
                yield self.node(s, "deviate", w=q, u=q)
            elif s < self.k:
                yield self.node(s, "follow", "in", w=r, u=r, most=True)
        elif s < self.k:
            if departs == 0 or (self.mine is not None and not self.is_mine(s)):
                yield self.node(s, "follow", "in", w=r, u=r, most=True)
            elif departs == 1 or self.margin is None:
                yield self.node(s, "expert", "in", u=r, most=True)
                yield self.node(s, "deviate", w=q, u=q, margin=m, leaves=True)
            if self.margin is not None:
                yield self.node(s, "other", u=least, margin=m, leaves=True)
        elif self.is_mine(s):
            yield self.node(s, "deviate", w=r, u=r)
        else:
            if self.weight:
                yield self.node(s, "best")
            if not self.everywhere and self.weight:
                reward = q if free else r
                yield self.node(s, "deviate", w=reward, u=reward, mixes=True)
            elif not self.everywhere:
                yield self.node(s, "against", u={"": -ONE} if free else r)
                yield self.node(s, "learner", w={"": ONE} if free else r)
            else:
                yield from self.sharp(s, departs, r, q, least)

    def sharp(self, s: int, departs: int | None, r: Form, q: Form, least: Form) -> Iterator[Node]:
        """Those at an unvisited state where the expert's action has a margin (9)."""
        m = self.margin or ZERO
        yield self.node(s, "other", u=least, margin=m)
        if not self.is_chosen(s):
            yield self.node(s, "expert", u=r, most=True)
            yield self.node(s, "learner", w={"": ONE} if self.rewards == "free" else r)
        elif self.weight and departs == 0:
            yield self.node(s, "follow", w=r, u=r, most=True, mixes=True)
        elif departs is not None:
            yield self.node(s, "expert", u=r, most=True, branch=f" {departs}")
            if not self.weight:
                yield self.node(s, "learner", w=q if departs else r, branch=f" {departs}")
            if departs and self.weight:
                yield self.node(s, "deviate", w=q, u=q, margin=m, mixes=True)
            elif departs:
                yield self.node(s, "against", u=q, margin=m)

    def node(
        self, s: int, kind: str, area: str = "all", *, w: Form | None = None, u: Form | None = None,
        margin: Fraction = ZERO, most: bool = False, leaves: bool = False, mixes: bool = False,
        branch: str = "",
    ) -> Node:  # fmt: skip
        """The node with these rewards; it `mixes` as in 8, and `leaves` S+ as in 6."""
        scale, w_form, u_form = self.said.discount, Form(), Form()
        if kind == "best":
            scale, w_form = ONE, {f"Z {s}": ONE}
        if w is not None:
            count = Fraction(self.weight if mixes else 1)
            add(w_form, {f"W {s}": count}, ONE)
            add(w_form, w, -ONE)
            add(w_form, {"": ONE} if self.rewards == "free" else w, 1 - count)
            add(w_form, {f"Z {s}": scale}, 1 - count)
        if u is not None:
            add(u_form, {f"U {s}": ONE, "": -margin}, ONE)
            add(u_form, u, -ONE)
        to = "" if self.mine is None else "-theirs" if self.is_mine(s) else "-mine"
        rest = 1 - self.reset
        out = min(self.entry, rest) if leaves else rest
        shares = [(self.reset, ""), (rest - out, f"in{to}"), (out, area + to)]
        shares = [part for part in shares if part[0]]
        return Node(f"{kind} {s}{branch}", w_form, u_form, most, shares, scale)

    def find(self, words: list[str], path: Path) -> Node | None:
        """The node of that name, if it is in force."""
        s = integer(words[1], "node") if len(words) > 1 else self.said.states
        found = self.nodes(s, path) if s < self.said.states else ()
        return next((node for node in found if node.name == " ".join(words)), None)

    def row(self, name: str, path: Path) -> Row | None:
        """The row of that name, if it is in force."""
        form: Form | None = None
        match name.split(" "):
            case ["asked"]:
                return Row({"W 0": -ONE, "U 0": ONE, "": self.said.gap}, is_strict=self.said.strict)
            case ["low" | "high" as side, *variable]:
                size = self.box(variable)
                if size is not None:
                    form = {" ".join(variable): ONE if side == "high" else -ONE, "": -size}
            case ["copy" | "level" as kind, state] if self.levels:
                limit = self.said.states if kind == "copy" else self.levels
                if integer(state, name) < limit:
                    form = {f"U {state}": -ONE if kind == "copy" else ONE}
            case ["above", a, b, area, t]:
                form = self.top(a, b, area, integer(t, name), 1)
            case ["reached", a, b, area]:
                form = self.top(a, b, area, path.get(f"top {a} {b} {area}"), -1)
            case [*words, "|", a, b]:
                node, (x, y) = self.find(words, path), direction(a, b)
                areas = [area for _, area in node.shares] if node else []
                goals = [{f"M {x} {y} {area}": ONE} if area else end(x, y, 0) for area in areas]
                form = node and node.towards(x, y, *goals)
            case [*words, "=", kind] if kind in KINDS:
                node, to = self.find(words, path), path.get(f"to {' '.join(words)}")
                if node and to is not None:
                    form = node.towards(*KINDS[kind], end(*KINDS[kind], to))
        return Row(form) if form else None

    def box(self, variable: list[str]) -> Fraction | None:
        """The largest size of a variable, or None if there is no such variable."""
        most = 1 / (1 - self.said.discount)
        match variable:
            case ["U" | "W" | "Z" | "r" | "q" as kind, s] if integer(s, "state") < self.said.states:
                return most if kind in "UWZ" else ZERO if self.is_void else ONE
            case ["M", a, b, area] if self.support(area) is not None:
                return most * sum(map(abs, direction(a, b)))
        return None

    def top(self, a: str, b: str, area: str, t: int | None, sign: int) -> Form | None:
        """What the greatest of a direction has to do with a state, from above or below (12)."""
        form = end(*direction(a, b), t or 0) | {f"M {a} {b} {area}": -ONE}
        inside = t in (self.support(area) or [])
        return {x: sign * c for x, c in form.items()} if inside else None

    def options(self, choice: str, path: Path) -> Mapping[int, Hashable] | None:
        """The options of a choice with their roles (9, 12, 13, 15)."""
        states: list[int] | None = None
        match choice.split(" "):
            case ["deviates", s] if self.is_chosen(integer(s, choice)):
                return {0: "no", 1: "yes"}
            case ["top", a, b, area] if direction(a, b):
                states = self.support(area)
            case ["to", *words] if self.is_exact:
                node = self.find(words, path)
                states = self.support(node.shares[0][1]) if node else None
        return None if states is None else {t: (t < self.k, self.is_mine(t)) for t in states}

    def named(self, choice: str, option: int) -> set[int]:
        """The states that a choice and its option name."""
        match choice.split(" "):
            case ["deviates", s]:
                return {int(s)}
            case ["to", _, s, *_]:
                return {int(s), option}
        return {option}

    def leaf(self, node: object, path: Path, where: str) -> str | None:
        """Why the multipliers of a leaf are no contradiction; None if they are one."""
        if not isinstance(node, dict) or "mixed" not in node:
            given = object_(node, where, {"leaf"})["leaf"]
            return fault_of(lambda name: self.row(name, path), given, where)
        item, reached = object_(node, where, {"mixed", "ends", "pieces"}), ZERO
        found = self.find(str(item["mixed"]).split(" "), path)
        ends = [integer(t, where) for t in list_(item["ends"], where)]
        shares = found.shares if found else []
        if not found or len(shares) != 1 or len(ends) != 2 or ends != self.support(shares[0][1]):
            return "no node of one share is in force, or the ends are not its two successors"
        for part in list_(item["pieces"], where):
            piece = object_(part, where, {"from", "to", "leaf"})
            low, high = number(piece["from"], where), number(piece["to"], where)
            if low != reached or high <= low:
                return "the pieces do not follow one another from 0"
            if fault := self.mixed(found, ends, piece["leaf"], path, (low, high)):
                return f"from {low} to {high}: {fault}"
            reached = high
        return None if reached == 1 else "the pieces do not end at 1"

    def mixed(
        self, node: Node, ends: list[int], given: object, path: Path, on: tuple[Fraction, Fraction]
    ) -> str | None:
        """Adds up rows times polynomials; None if that is a contradiction on the interval (14)."""
        if not isinstance(given, dict):
            raise MalformedError("piece: needed an object of multipliers")
        total, strict = dict[tuple[str, int], Fraction](), False
        for name, written in given.items():
            y = [number(c, f"{name:.60}") for c in list_(written, f"{name:.60}")]
            of, mark, kind = name.partition(" @ ")
            row = None if mark else self.row(name, path)
            form, mixing = row.form if row else None, Form()
            if of == node.name and kind in KINDS:
                form = node.towards(*KINDS[kind], end(*KINDS[kind], ends[0]))
                add(mixing, end(*KINDS[kind], ends[0]), node.scale)
                add(mixing, end(*KINDS[kind], ends[1]), -node.scale)
            if form is None or len(y) > MOST_TERMS:
                return f"{name!r:.60} is no row in force here, or of too high a degree"
            if not is_least(y, *on):
                return f"{name!r:.60} has a multiplier that may be negative"
            strict = strict or (row is not None and row.is_strict and is_least(y, *on, above=True))
            for k, c in enumerate(y):
                for power, side in ((k, form), (k + 1, mixing)):
                    for x, d in side.items():
                        total[x, power] = total.get((x, power), ZERO) + c * d
        if any(c for (x, _), c in total.items() if x):
            return "the variables do not cancel"
        left = [total.get(("", k), ZERO) for k in range(MOST_TERMS + 1)]
        left = left[: max((k + 1 for k, c in enumerate(left) if c), default=0)]
        return None if is_least(left, *on, above=not strict) else "the sum is no contradiction"


def end(a: int, b: int, t: int) -> Form:
    """A direction at a state."""
    return {f"W {t}": Fraction(a), f"U {t}": Fraction(b)}


def is_least(
    p: list[Fraction], low: Fraction, high: Fraction, *, above: bool = False, halvings: int = 40
) -> bool:
    """Whether a polynomial is at least 0, or above 0, on an interval (14)."""
    found = [ZERO] * len(p)
    for k, c in enumerate(p):
        term = [c]
        for one, y in [(low, high)] * k + [(ONE, ONE)] * (len(p) - 1 - k):
            term = [x * one + z * y for x, z in zip([*term, ZERO], [ZERO, *term], strict=True)]
        found = [x + z for x, z in zip(found, term, strict=True)]
    first, last = (found[0], found[-1]) if found else (ZERO, ZERO)
    if min(first, last) < 0 or (above and not (first and last)) or not halvings:
        return False
    if min(found, default=ZERO) >= 0:
        return True
    halves = (low, (low + high) / 2), ((low + high) / 2, high)
    return all(is_least(p, *half, above=above, halvings=halvings - 1) for half in halves)


def direction(alpha: str, beta: str) -> tuple[int, int]:
    """Two integers, the first from 0."""
    if re.fullmatch(r"0|[1-9][0-9]{0,39}", alpha) and re.fullmatch(r"0|-?[1-9][0-9]{0,39}", beta):
        return int(alpha), int(beta)
    raise MalformedError(f"direction: needed two integers, the first from 0, not {alpha!r:.40}")
