r"""Which nodes of "pair" certificates are in force in which class. Read `pair` first: 1, 2 there.

\(i,W,U,S_+,b\) and what "\(W\le r\)", "\(U\ge q\)", "\(U=q\)" say of a node are those of `pair`. At
each state s there are rewards \(r_s,q_s\in[-1,1]\) and a number \(Z_s\). The nodes at s:

1. *Visited:* the others play alike. "expert": all actions that \(e_i\) mixes at s are optimal and
   stay in \(S_+\); one of them has \(U=r\), \(P\) on \(S_+\). "deviate", \(b\)'s: \(W\le q\),
   \(U\ge q\).
2. *Unvisited,* \(b\)'s action: "against" \(e_{-i}\): \(U\ge r\). "learner", against \(p_{-i}\):
   \(W\le r'\), another \(P\).
3. *Rewards.* `own-rewards`: \(r'=r\) in 2. `state-rewards`: also \(q=r\) everywhere; so too for
   `own-rewards` with `zero-sum` or common payoffs, where one function depends on each action alone.
   Otherwise ("free") \(r=-1\), \(r'=1\) in 2. All are 0 if a zero-sum game has common payoffs, or
   is `symmetric` with rewards of the state or own: \(r_1(s,a)=-r_1(s,b)\) for all a, b.
4. *Where a row leads.* `reset=b`: the start is 0, with a share b of every row. `entry=b`: a row
   from a visited state leaves \(S_+\) with at most b, so a share of b (or of all that reset
   leaves, if less) is on "all" and the rest on "in". "expert" and "follow" at visited states: all
   on "in".
5. *`alternating`, two players:* each state is \(i\)'s ("mine") or the other's, and leads to the
   other kind: areas are "in-mine" and so on. At the other's states i's action does not matter:
   visited ones have one row, "follow": \(W\le r\), \(U=r\), \(P\) on "in"; unvisited ones are as in
   2. At mine the other's does not: unvisited ones have "deviate": \(W\le r\), \(U\ge r\), one
   \(P\).
6. *`uniform-off-support`, unvisited.* \(N\): how many joint actions the others have, or, where
   players take turns, the greatest \(A_j\), as at most one of them matters. Some joint action \(y\)
   in the mixture \(e_{-i}\) has \(U\ge q\) in the row of \(b\)'s action and y. \(p_{-i}\) plays y
   with weight 1/N or more. \(Z_s\) is the greatest \(PW\) of the rows of \(b\)'s action; "best":
   \(Z_s\le PW\), for one of them. "deviate": \(NW\le(q+\gamma PW)+(N-1)(r''+\gamma Z)\). \(r''=1\)
   if free; else one reward for q and r'', namely r.
7. *`margin=m`* (no turns: some action would be no worse). The choice "deviates s" says whether
   \(b\) departs from the pure \(e_i(s)\). Visited: 0, "follow": \(W\le r\), \(U=r\), \(P\) on "in";
   1: as in 1 with \(U\ge q+m\). Always "other", some action but \(e_i(s)\): \(U\ge r+m\), r the
   state's or -1.
8. *`margin=m`, `subgame-perfect`, unvisited.* There is an optimal pure \(e_i(s)\), too: "expert":
   \(U=r\), and "other". "learner" as in 2. If rewards are own or the learner uniform, "deviates s"
   is a choice. Own: 0, "expert s 0", "learner s 0": \(W\le r\); 1, "expert s 1", "against": \(U\ge
   q+m\), "learner s 1": \(W\le q\). Uniform: y in 6 is what the pure \(e_{-i}\) plays; 0: "follow",
   6's \(W\), \(U=r\), with r for q; 1: "expert s 1", and 6 with \(U\ge q+m\).
9. *`symmetric`, `zero-sum`.* Whatever the other plays, i may play the same at each state: the
   joint action is as likely as its exchange, whose reward is opposite, so this earns 0: \(U\ge0\).
   So for both players; at visited states (with `subgame-perfect` at all) their optimal values are
   the expert's, which sum to 0: \(U=0\).
10. *Nothing to gain.* "follow" as in 5 at visited s, if i has one action, or the expert is
   `dominant`: \(e_i\) is a best response to \(p_{-i}\), and \(W=V_i^{(e_i,p_{-i})}\) and U meet the
   same rows on \(S_+\). "deviate", \(W\le q\), \(U\ge q\), \(P\) on "all", at every s: if no other
   has two actions (one problem); if players take turns in a `symmetric` game (nobody's action
   matters, as the owner's alone does and the other's as well); with \(U\) the team's optimal
   values, if the expert is `team-optimal`, or `subgame-perfect` where players with common payoffs
   take turns (it solves the team's Bellman equation). No other assumption is used then.
"""

from collections.abc import Iterator, Mapping, Set
from fractions import Fraction
from math import prod
from typing import NamedTuple

from .common import ONE, ZERO, Statement
from .sums import Form, Path, add

Kind = tuple[bool, tuple[int, ...]]
"""All that matters of a player: whether it has two actions, and how many the others have."""
TURNS = frozenset({"turn-based", "alternating"})
COMMON = frozenset({"common-payoff", "team-optimal"})


class Node(NamedTuple):
    r"""\(w\le cPW\), \(u\ge cPU\), and \(u\le cPU\) if `most`; no form, no such inequality.

    The scale c is \(\gamma\) but for "best"; P is a sum of shares on areas, "" being the start.
    """

    name: str
    w: Form
    u: Form
    most: bool
    shares: list[tuple[Fraction, str]]
    scale: Fraction


def nothing(names: Set[str], kind: Kind) -> str:
    """The node of 10, if there is nothing to gain."""
    able, others = kind
    if "dominant" in names or not able:
        return "follow"
    perfect = bool(names & COMMON) and "subgame-perfect" in names
    serves = bool(names & TURNS) and ("symmetric" in names or perfect)
    return "deviate" if serves or "team-optimal" in names or max(others, default=1) == 1 else ""


def alternates(said: Statement, kind: Kind) -> bool:
    """Whether it matters who owns a state (5)."""
    names = said.names.keys()
    return "alternating" in names and len(said.actions) == 2 and not nothing(names, kind)


class Nodes:
    """The nodes of a case: k states are visited, and some, if any are anyone's, are mine."""

    def __init__(self, said: Statement, kind: Kind, k: int, mine: frozenset[int] | None) -> None:
        self.nothing = nothing(said.names.keys(), kind)
        names: Mapping[str, Fraction] = {} if self.nothing else said.names
        self.states, self.k, self.mine, self.discount = said.states, k, mine, said.discount
        own, turns, others = "own-rewards" in names, bool(names.keys() & TURNS), kind[1]
        common, zero = bool(names.keys() & COMMON), "zero-sum" in names
        fair = zero and "symmetric" in names
        perfect, uniform = "subgame-perfect" in names, "uniform-off-support" in names
        self.is_void = zero and (common or (fair and (own or "state-rewards" in names)))
        state = "state-rewards" in names or self.is_void or (own and (zero or common))
        self.rewards = "state" if state else "own" if own else "free"
        self.reset, self.entry = names.get("reset", ZERO), names.get("entry", ONE)
        self.margin = None if turns else names.get("margin")
        self.is_sharp = self.margin is not None and perfect
        self.weight = (max(others) if turns else prod(others)) if uniform else 0  # N of 6
        self.levels = 0 if not fair else said.states if perfect else k  # where U = 0
        plain = not uniform and not self.reset and self.entry == 1
        self.has_points = plain and {"deterministic", "pure"} <= names.keys()

    def is_chosen(self, s: int) -> bool:
        """Whether it is a choice if the deviation departs at s (7, 8)."""
        tells = self.is_sharp and (self.rewards == "own" or self.weight > 0)
        return self.margin is not None and s < (self.states if tells else self.k)

    def at(self, s: int, path: Path) -> Iterator[Node]:
        """The nodes in force at a state."""
        r, q = {f"r {s}": ONE}, {f"{'r' if self.rewards == 'state' else 'q'} {s}": ONE}
        departs = path.get(f"deviates {s}")
        if self.nothing == "deviate":
            yield self.node("deviate", s, w=less("W", s, q), u=less("U", s, q))
        elif s < self.k:
            yield from self.visited(s, departs, r, q)
        elif self.is_sharp:
            yield from self.sharp(s, departs, r, q)
        elif not self.nothing:
            yield from self.unvisited(s, r, q)

    def visited(self, s: int, departs: int | None, r: Form, q: Form) -> Iterator[Node]:
        """Those of 1, and as 5, 7 and 10 change them."""
        theirs = self.mine is not None and s not in self.mine
        if departs == 0 or theirs or self.nothing == "follow":
            u = less("U", s, r)
            yield self.node("follow", s, "in", w=less("W", s, r), u=u, most=True)
        elif departs == 1 or self.margin is None:
            u = less("U", s, q, self.lead)
            yield self.node("expert", s, "in", u=less("U", s, r), most=True)
            yield self.node("deviate", s, w=less("W", s, q), u=u, leaves=True)
        if self.margin is not None:
            yield self.node("other", s, u=less("U", s, self.least(r), self.lead), leaves=True)

    def unvisited(self, s: int, r: Form, q: Form) -> Iterator[Node]:
        """Those of 2, 5 and 6."""
        free = self.rewards == "free"
        if self.mine is not None and s in self.mine:
            yield self.node("deviate", s, w=less("W", s, r), u=less("U", s, r))
        elif self.weight:
            reward = q if free else r
            yield self.best(s)
            yield self.node("deviate", s, w=self.mixed(s, reward), u=less("U", s, reward))
        else:
            yield self.node("against", s, u=less("U", s, {"": -ONE} if free else r))
            yield self.node("learner", s, w=less("W", s, {"": ONE} if free else r))

    def sharp(self, s: int, departs: int | None, r: Form, q: Form) -> Iterator[Node]:
        """Those of 8."""
        yield self.node("other", s, u=less("U", s, self.least(r), self.lead))
        expert, deviant = less("U", s, r), less("U", s, q, self.lead)
        if self.weight:
            yield self.best(s)
        if not self.is_chosen(s):
            yield self.node("expert", s, u=expert, most=True)
            high = {"": ONE} if self.rewards == "free" else r
            yield self.node("learner", s, w=less("W", s, high))
        elif self.weight and departs == 0:
            yield self.node("follow", s, w=self.mixed(s, r), u=expert, most=True)
        elif self.weight and departs == 1:
            yield self.node("expert", s, u=expert, most=True, branch=" 1")
            yield self.node("deviate", s, w=self.mixed(s, q), u=deviant)
        elif departs is not None:
            yield self.node("expert", s, u=expert, most=True, branch=f" {departs}")
            w = less("W", s, q if departs else r)
            yield self.node("learner", s, w=w, branch=f" {departs}")
            if departs:
                yield self.node("against", s, u=deviant)

    # -- what they are made of

    @property
    def lead(self) -> Form:
        """The margin, 0 if there is none (7)."""
        return {"": self.margin or ZERO}

    def least(self, r: Form) -> Form:
        """The reward of an action of which nothing is known (7)."""
        return r if self.rewards == "state" else {"": -ONE}

    def mixed(self, s: int, q: Form) -> Form:
        r"""\(NW-q-(N-1)(r''+\gamma Z)\), of 6."""
        rest = {"": ONE} if self.rewards == "free" else q
        form = less("W", s, q)
        for part in (less("W", s, rest), {f"Z {s}": -self.discount}):
            add(form, part, Fraction(self.weight - 1))
        return form

    def best(self, s: int) -> Node:
        r"""\(Z\le PW\), of 6."""
        return self.node("best", s, w=less("Z", s))._replace(scale=ONE)

    def node(
        self, kind: str, s: int, area: str = "all", *, w: Form | None = None, u: Form | None = None,
        most: bool = False, leaves: bool = False, branch: str = "",
    ) -> Node:  # fmt: skip
        """The node, with the shares of 4 and the areas of 5; it `leaves` if entry bounds it."""
        to = "" if self.mine is None else "-theirs" if s in self.mine else "-mine"
        rest = 1 - self.reset
        out = min(self.entry, rest) if leaves else rest
        shares = [(self.reset, ""), (rest - out, f"in{to}"), (out, area + to)]
        shares = [share for share in shares if share[0]]
        return Node(f"{kind} {s}{branch}", w or {}, u or {}, most, shares, self.discount)


def less(variable: str, s: int, *terms: Form) -> Form:
    """A variable of a state, less some terms."""
    form = {f"{variable} {s}": ONE}
    for term in terms:
        add(form, term, -ONE)
    return form
