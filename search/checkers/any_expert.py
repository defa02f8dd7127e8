r"""The checker of "any-expert" certificates: what any policy may gain, whatever it imitates.

Terms and statement are those of `common`, areas and directions those of `directions`. The
argument from the class to the rows:

1. *Two value functions.* Equal \(\mu\), so too equal \(\rho\): the learner visits the same
   \(k=|S_+|\) states \(S_+\) as the expert, and never leaves them. Where neither is assumed,
   \(S_+\) are all states, k = S. Let \(i\) gain by a pure \(b\), optimal from every state against
   \(p_{-i}\); \(W\) are its values, and \(U=V_i^p\). The gain is \(\sum_s\nu(s)(W-U)(s)\), at most
   \(W-U\) at some start. Number \(S_+=\{0,\dots,k-1\}\), that start being 0. "asked":
   \(W_0-U_0\ge c\) (> c if strict). "low x", "high x": \(|U|,|W|\le1/(1-\gamma)\); rewards
   \(|r|,|q|\le1\).
2. *Nodes.* Against \(p_{-i}\) each action of \(i\), and \(p_i\) itself, has one expected reward and
   one distribution \(P\). A node has a \(P\) and says something of W, of U, or of both. "expert" at
   visited s, \(p_i\)'s: \(U=r+\gamma PU\), \(P\) on \(S_+\). "deviate" at any s, \(b\)'s: \(W\le
   q+\gamma PW\).
3. *Rewards.* With `state-rewards` \(q=r\). So too with `own-rewards` if they are opposite or common
   to two players or more, as one function depends on each action alone. All are 0 if a zero-sum
   game has common payoffs, or is `symmetric` with rewards of the state or own:
   \(r_1(s,a,b)=-r_1(s,b,a)\), so \(r_1(s,a)=-r_1(s,b)\) for all a, b.
4. *Where a row leads.* \(P\) is a sum of shares, each times a distribution on some area: "in"
   (\(S_+\)) or "all". `reset=b`: the start is 0, with a share b of every row. `entry=b`: a row from
   a visited state leaves \(S_+\) with at most b, so a share of b (or of all that reset leaves, if
   less) is on "all" and the rest on "in"; nothing of it where k = S. In a `deterministic` kernel
   b > 0 of `reset` is 1, and b < 1 of `entry` is 0.
5. *`alternating`, two players:* each state is \(i\)'s ("mine") or the other's, and leads to the
   other kind: areas are "in-mine" and so on. At the other's visited states \(i\)'s action does not
   matter: one node, "follow": \(W\le r+\gamma PW\), \(U=r+\gamma PU\), \(P\) on "in".
6. *Nothing to choose.* "follow" at every visited s if i has one action, or if players take turns in
   a `symmetric` game: nobody's action matters, as the owner's alone does and the other's as well.
7. *`symmetric`, `zero-sum`, two actions each.* If \(x\) is the reward of 1 against 0, that of 0
   against 1 is \(-x\), of equal actions 0. Against an opponent that plays 1 with probability y,
   action 0 earns \(-yx\) and 1 earns \((1-y)x\): between any two mixtures of them lies at most
   \(|x|\le1\). "alike s", visited s: \(q-r\le1\).
8. *Directions.* For integers \(\alpha\ge0\), \(\beta\), an area X: \(M=\max_{t\in X}\alpha
   W_t+\beta U_t\). "above a b X t": \(\alpha W_t+\beta U_t\le M\). The choice "top a b X" is a t in
   X that attains it: "reached a b X". "NODE | a b": \(\alpha\) times what the node says of W plus
   \(\beta\) times that of U, with \(P(\alpha W+\beta U)\) for each share at most its M.
9. *All of it.* To be shown: every player in question, every k of the class, in 5 every way to own
   the states up to names. Rows treat states of one role (visited or not, mine or not) alike, 0
   apart, so those that a path does not name are interchangeable.
"""

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from .common import ONE, ZERO, MalformedError, Statement, integer, object_, statement
from .directions import Areas, Which, direction, end, owned, which_of
from .sums import Form, Path, Row, add, check_cases, fault_of, faults_of

ENCODING = "any-expert"
MOST = 10**5


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    said = statement(raw, ENCODING)
    if said.states**3 * len(said.players) > MOST:
        raise MalformedError("class: needed a smaller one")

    def able(player: int) -> bool:
        return said.actions[player] > 1

    def faults(one: bool, which: Which, case: dict[str, Any], where: str) -> Iterator[str]:
        return faults_of(Beside(said, one, *which), case["tree"], f"{where}.tree")

    missing = {(i, *which) for i in said.players for which in cases(said, able(i))}
    return check_cases(said, missing, {"visited", "tree", "mine?"}, which_of, able, faults)


def cases(said: Statement, able: bool) -> Iterator[Which]:
    """Every case (9)."""
    matched = said.names.keys() & {"match-rho", "match-mu"}
    for k in said.sizes() if matched else [said.states]:
        if not Beside(said, able, k, None).alternates:
            yield k, None
            continue
        for mine in owned(said.states, k):
            yield k, mine


class Node(NamedTuple):
    r"""A node (2): what is at most \(\gamma PW\), what equals \(\gamma PU\), and where P leads."""

    w: Form
    u: Form
    shares: list[tuple[Fraction, str]]


class Beside(Areas):
    """The rows and choices of one case."""

    def __init__(self, said: Statement, able: bool, k: int, mine: frozenset[int] | None) -> None:
        names = said.names.keys()
        super().__init__(said.states, k, mine)
        self.said = said
        common = bool(names & {"common-payoff", "team-optimal"})
        shared = len(said.actions) > 1 and (common or "zero-sum" in names)
        turns, fair = bool(names & {"turn-based", "alternating"}), "symmetric" in names
        own, state = "own-rewards" in names, "state-rewards" in names
        opposed = fair and "zero-sum" in names
        self.follows = not able or (turns and fair)
        self.alternates = not self.follows and "alternating" in names and len(said.actions) == 2
        self.is_void = ("zero-sum" in names and common) or (opposed and (own or state))
        self.is_state = state or self.is_void or (own and shared)
        self.alike = opposed and max(said.actions) == 2
        self.reset, self.entry = said.names.get("reset", ZERO), said.names.get("entry", ONE)
        if "deterministic" in names:
            self.reset, self.entry = Fraction(self.reset > 0), Fraction(self.entry >= 1)

    def node(self, kind: str, s: int) -> Node | None:
        """The node of that name, if there is one (2, 5, 6)."""
        g, inside = self.said.discount, s < self.k
        follows = self.follows or (self.mine is not None and not self.is_mine(s))
        if s >= self.said.states or (inside and (kind == "follow") != follows):
            return None
        if (not inside and kind != "deviate") or kind not in ("expert", "deviate", "follow"):
            return None
        own = {
            f"W {s}": ONE,
            f"{'q' if kind == 'deviate' and not self.is_state else 'r'} {s}": -ONE,
        }
        mine = {f"U {s}": ONE, f"r {s}": -ONE}
        to = "" if self.mine is None else "-theirs" if self.is_mine(s) else "-mine"
        rest = 1 - self.reset
        out = rest if not inside else min(self.entry, rest) if kind == "deviate" else ZERO
        shares = [(self.reset, ""), (rest - out, f"in{to}"), (out, f"all{to}")]
        return Node(
            {} if kind == "expert" else own,
            {} if kind == "deviate" else mine,
            [(g * share, area) for share, area in shares if share],
        )

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
            case ["alike", s] if self.alike and not self.follows and integer(s, name) < self.k:
                form = {f"q {s}": ONE, f"r {s}": -ONE, "": -ONE}
            case ["above", a, b, area, t]:
                form = self.top(a, b, area, integer(t, name), 1)
            case ["reached", a, b, area]:
                form = self.top(a, b, area, path.get(f"top {a} {b} {area}"), -1)
            case [kind, s, "|", a, b]:
                node, (x, y) = self.node(kind, integer(s, name)), direction(a, b)
                form = node and towards(node, x, y)
        return Row(form) if form else None

    def box(self, variable: list[str]) -> Fraction | None:
        """The largest size of a variable, or None if there is no such variable."""
        most = 1 / (1 - self.said.discount)
        match variable:
            case ["U" | "W" | "r" | "q" as kind, s] if integer(s, "state") < self.said.states:
                return most if kind in "UW" else ZERO if self.is_void else ONE
            case ["M", a, b, area] if self.support(area) is not None:
                return most * sum(map(abs, direction(a, b)))
        return None

    def options(self, choice: str, path: Path) -> Mapping[int, Hashable] | None:
        """The states of an area at one of which a maximum is, with their roles (8, 9)."""
        match choice.split(" "):
            case ["top", a, b, area] if direction(a, b):
                return self.roles(self.support(area))
        return None

    def named(self, choice: str, option: int) -> set[int]:
        """The state that an option names."""
        return {option}

    def leaf(self, node: object, path: Path, where: str) -> str | None:
        """Why the multipliers of a leaf are no contradiction; None if they are one."""
        given = object_(node, where, {"leaf"})["leaf"]
        return fault_of(lambda name: self.row(name, path), given, where)


def towards(node: Node, a: int, b: int) -> Form | None:
    """A node's row in a direction; None where it says nothing of one of the two values."""
    if (a and not node.w) or (b and not node.u):
        return None
    form = Form()
    add(form, node.w, Fraction(a))
    add(form, node.u, Fraction(b))
    for share, area in node.shares:
        add(form, {f"M {a} {b} {area}": ONE} if area else end(a, b, 0), -share)
    return form
