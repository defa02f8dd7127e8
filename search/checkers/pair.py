r"""The checker of "pair" certificates: \(\rho\) is matched, the expert Nash, any kernel.

Terms and statement are those of `common`, areas and directions those of `directions`. The
argument from the class to the rows:

1. *Two value functions.* Player \(i\) gains by a pure \(b\), optimal from every state. Equal
   \(\rho\): the same visited states \(S_+\), which neither policy leaves, and there \(p=e\). \(W\),
   \(U\): i's optimal values against \(p_{-i}\), which are \(b\)'s, and against \(e_{-i}\). As the
   expert is Nash, \(U=V_i^e\) on \(S_+\), with `subgame-perfect` everywhere. The gain is
   \(\sum_s\nu(s)(W-U)(s)\), at most \(W-U\) at some start. Number \(S_+=\{0,\dots,k-1\}\), that
   start being 0. "asked": \(W_0-U_0 \ge c\) (> c if strict). "low x", "high x":
   \(|U|,|W|,|Z|\le1/(1-\gamma)\); rewards \(|r|,|q|\le1\).
2. *Nodes.* An action of \(i\) against a mixture of the others has one expected reward and one
   distribution \(P\). A node has a \(P\) and says \(w\le\gamma PW\) and \(u\ge\gamma PU\)
   ("least"), if it is "most" also \(u\le\gamma PU\). At a state s, \(W\le r\) is short for
   \(w=W_s-r_s\), \(U\ge q\) for \(u=U_s-q_s\) and "least", \(U=q\) for both "least" and "most".
   \(P\) is a sum of shares, each times a distribution on some area: "in" (\(S_+\)), "all", those
   states of them that are i's ("in-mine") or not ("in-theirs"), or the start. Which nodes a class
   puts at which states, and why, is said in `pair_nodes`, also how U is signed: "copy s":
   \(U\ge0\), "level s": \(U\le0\), in 9 there.
3. *Directions.* For integers \(\alpha\ge0\), \(\beta\), an area X: \(M=\max_{t\in X}\alpha
   W_t+\beta U_t\). "above a b X t": \(\alpha W_t+\beta U_t\le M\). The choice "top a b X" is a t in
   X that attains it: "reached a b X". "NODE | a b": \(\alpha w+\beta u\le\gamma P(\alpha W+\beta
   U)\), for each share at most its M; \(\beta>0\) needs "most". (If X has no state, no distribution
   is on it, and there is no such game.)
4. *Points.* If all policies and rows are pure and no share is set, each \(P\) is a point, the
   choice "to NODE". The directions (1, 0), (0, 1), (0, -1) there are "NODE = w", "NODE = most",
   "NODE = least".
5. *Two successors* f, g of a node whose area has no more: \(P\) gives g a share \(x\). A "mixed"
   leaf is a sum for every \(x\in[0,1]\) (`polynomials`): in its rows "NODE @ w", "@ most", "@
   least" P is f for x = 0 and g for x = 1.
6. *All of it.* To be shown: every player in question, every k of the class, and where owners
   alternate every way to own the states up to names. Rows treat states of one role (visited or not,
   mine or not) alike, 0 apart, so those that a path does not name are interchangeable.
"""

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from .common import ONE, ZERO, MalformedError, Statement, integer, list_, object_, statement
from .directions import Areas, Which, direction, end, owned, which_of
from .pair_nodes import TURNS, Kind, Node, Nodes, alternates
from .polynomials import Line, fault_of_pieces
from .sums import Form, Path, Row, add, check_cases, fault_of, faults_of

ENCODING = "pair"
MOST = 10**5
SIDES = {"w": (1, 0), "most": (0, 1), "least": (0, -1)}


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    said = statement(raw, ENCODING)
    if "match-rho" not in said.names or not said.is_nash or "match-bc" in said.names:
        raise MalformedError("class.assumptions: needed match-rho and a Nash expert")
    if said.names.get("margin") and said.names.keys() & TURNS:
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


def cases(said: Statement, kind: Kind) -> Iterator[Which]:
    """Every case (6)."""
    for k in said.sizes():
        if not alternates(said, kind):
            yield k, None
            continue
        for mine in owned(said.states, k):
            yield k, mine


class Pair(Areas):
    """The rows and choices of one case."""

    def __init__(self, said: Statement, kind: Kind, k: int, mine: frozenset[int] | None) -> None:
        super().__init__(said.states, k, mine)
        self.said = said
        self.nodes = Nodes(said, kind, k, mine)

    def find(self, words: list[str], path: Path) -> Node | None:
        """The node of that name, if it is in force."""
        s = integer(words[1], "node") if len(words) > 1 else self.said.states
        found = self.nodes.at(s, path) if s < self.said.states else ()
        return next((node for node in found if node.name == " ".join(words)), None)

    # -- rows

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
            case ["copy" | "level" as kind, state] if self.nodes.levels:
                limit = self.said.states if kind == "copy" else self.nodes.levels
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
                form = towards(node, x, y, *goals)
            case [*words, "=", side] if side in SIDES:
                node, to = self.find(words, path), path.get(f"to {' '.join(words)}")
                if to is not None:
                    form = towards(node, *SIDES[side], end(*SIDES[side], to))
        return Row(form) if form else None

    def box(self, variable: list[str]) -> Fraction | None:
        """The largest size of a variable, or None if there is no such variable (1, 3)."""
        most = 1 / (1 - self.said.discount)
        match variable:
            case ["U" | "W" | "Z", s] if integer(s, "state") < self.said.states:
                return most
            case ["r" | "q", s] if integer(s, "state") < self.said.states:
                return ZERO if self.nodes.is_void else ONE
            case ["M", a, b, area] if self.support(area) is not None:
                return most * sum(map(abs, direction(a, b)))
        return None

    # -- trees

    def options(self, choice: str, path: Path) -> Mapping[int, Hashable] | None:
        """The options of a choice with their roles (3, 4, 6; 7 and 8 of `pair_nodes`)."""
        states: list[int] | None = None
        match choice.split(" "):
            case ["deviates", s] if self.nodes.is_chosen(integer(s, choice)):
                return {0: "no", 1: "yes"}
            case ["top", a, b, area] if direction(a, b):
                states = self.support(area)
            case ["to", *words] if self.nodes.has_points:
                node = self.find(words, path)
                states = self.support(node.shares[0][1]) if node else None
        return self.roles(states)

    def named(self, choice: str, option: int) -> set[int]:
        """The states that a choice and its option name."""
        match choice.split(" "):
            case ["deviates", s]:
                return {int(s)}
            case ["to", _, s, *_]:
                return {int(s), option}
        return {option}

    def leaf(self, node: object, path: Path, where: str) -> str | None:
        """Why the multipliers of a leaf are no contradiction; None if they are one (5)."""
        if not isinstance(node, dict) or "mixed" not in node:
            leaf = object_(node, where, {"leaf"})["leaf"]
            return fault_of(lambda name: self.row(name, path), leaf, where)
        item = object_(node, where, {"mixed", "ends", "pieces"})
        found = self.find(str(item["mixed"]).split(" "), path)
        ends = [integer(t, where) for t in list_(item["ends"], where)]
        shares = found.shares if found else []
        if not found or len(shares) != 1 or len(ends) != 2 or ends != self.support(shares[0][1]):
            return "no node of one share is in force, or the ends are not its two successors"

        def line_of(name: str) -> Line | None:
            of, mark, side = name.partition(" @ ")
            row, slope = None if mark else self.row(name, path), Form()
            if of == found.name and side in SIDES:
                first, second = (end(*SIDES[side], t) for t in ends)
                form = towards(found, *SIDES[side], first)
                row = Row(form) if form else None
                add(slope, first, found.scale)
                add(slope, second, -found.scale)
            return (row, slope) if row else None

        return fault_of_pieces(line_of, item["pieces"], where)


def towards(node: Node | None, a: int, b: int, *goals: Form) -> Form | None:
    """A node's row in a direction, if it has one: each share is at most its goal (3)."""
    if not node or (a and not node.w) or (b and not node.u) or (b > 0 and not node.most):
        return None
    form = Form()
    add(form, node.w, Fraction(a))
    add(form, node.u, Fraction(b))
    for (share, _), goal in zip(node.shares, goals, strict=True):
        add(form, goal, -node.scale * share)
    return form
