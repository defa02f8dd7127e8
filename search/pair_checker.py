r"""The checker of "pair" certificates: classes whose supremum is below that of all Nash experts.

Like `checker`: the standard library alone, nothing of the search (`univariate` knows no more). A
certificate states that in no game of its class some player gains more than \(c\) (strict), or
\(c\) or more, over the learner's policy, which matches the expert's \(\rho\) exactly; any kernel,
any policies.

**The argument.** Let player \(i\) gain. Equal \(\rho\) gives the same visited states \(S_+\),
closed under the expert, with the same policies there. \(U\): \(i\)'s optimal values against the
expert's opponents. \(W\): those against the learner's, \(b\) an optimal pure deviation. A Nash
expert is optimal on \(S_+\), so \(U=V_i^{\pi^E}\) there, and the gain is a \(\nu\)-average of
\(W-U\): some \(s_0\) in the start's support has \(W(s_0)-U(s_0)\) at least as large. Rename:
\(S_+=\{0,\dots,k-1\}\), \(s_0=0\). What the opponents do at a state makes of the joint actions
with one action of \(i\) one reward and one distribution, averages of those of the game. A *node*
is such a distribution \(p\); each bounds a form \(w\) by \(\gamma\,pW\), a form \(u\) by
\(\gamma\,pU\) from above ("most") or below ("least"), or both. At a visited \(s\) both opponents
play alike:

- "expert s": some action in the support of \(\pi^E_i(s)\) stays in \(S_+\) and is optimal:
  \(U_s=r_s+\gamma pU\), \(p\) on \(S_+\).
- "deviate s": \(b\)'s action: \(W_s\le q_s+\gamma pW\), \(U_s\ge q_s+\gamma pU\).

At an unvisited \(u\), for \(b\)'s action:

- "against u": \(U_u\ge r_u+\gamma pU\). "learner u": \(W_u\le r'_u+\gamma pW\), another \(p\).

Rewards. `state-rewards`: \(r_s=q_s\) and \(r'_u=r_u\) are the state's. `own-rewards`: \(r'_u=r_u\),
the reward of \(b\)'s action; together with `zero-sum` or common payoffs it is the state's, because
one function then depends on \(a_i\) alone and on \(a_j\) alone. Otherwise \(r'_u\le1\) and
\(r_u\ge-1\) are put at these ends.

`reset=b`: the start is one state, so it is \(s_0\); an average of rows that give it at least \(b\)
does so too: \(p=b\,\delta_0+(1-b)p'\). `entry=b`: a distribution from a visited state that leaves
\(S_+\) with mass at most \(b\) is \((1-b)p'+bp''\), \(p'\) on \(S_+\), \(p''\) anywhere. Both:
\(b_r\delta_0+(1-b_r-b')p'+b'p''\), \(b'=\min(b_e,1-b_r)\).

`uniform-off-support`: \(N\) joint actions of the opponents (where players take turns: the largest
\(A_j\), only one player's action matters). The expert's opponents mix over them, so for one of
them, of reward \(r\) and distribution \(p\), \(U_u\ge r+\gamma pU\); the learner's play it with
weight at least \(1/N\), and any row brings at most \(r''+\gamma Z_u\): "deviate u": \(NW_u\le
r+\gamma pW+(N-1)(r''+\gamma Z_u)\); "best u": \(Z_u\le pW\). \(r''=1\), or \(r\) where the reward
is \(b\)'s or the state's.

`margin=m`: the expert is pure. "deviates s" says whether \(b\) departs (1) or not (0) from its
action: "follow s" (0): \(W_s\le r_s+\gamma pW\), \(U_s=r_s+\gamma pU\), \(p\) on \(S_+\); with 1
"expert" and "deviate", where now \(U_s\ge m+\dots\). In both "other s": some other action has
\(U_s\ge m+r+\gamma pU\), \(r\ge-1\) or the state's. With `subgame-perfect` this holds at unvisited
states too, where \(U_u=V_i^{\pi^E}(u)\): "expert u" (\(p\) anywhere), "other u" and the learner's
row. If that row shares its reward (own) or its distribution (uniform) with \(b\)'s action there,
"deviates u" tells whether that is the expert's: then "follow u" stands for both.

`alternating` with two players (turn-based with more: like any class): every state is \(i\)'s
("mine") or the opponent's ("theirs") and leads to the other kind only. A visited state of theirs
has one row: "follow". An unvisited one of mine has one row for \(b\)'s action, whatever the
opponents do: "deviate".

`symmetric` with `zero-sum`: whatever the opponent plays, i may copy its mixture, state by state;
the joint distribution is then symmetric and the reward antisymmetric, so this earns 0: \(U\ge0\)
("copy"). A Nash expert is optimal for both players at a visited state, and there its two values,
both at least 0, sum to 0: \(U=0\) ("level"; with `subgame-perfect` everywhere). Every reward is 0
if it also depends on the state alone, or in a zero-sum game with common payoffs.

`deterministic` with `pure` (and no uniform learner, reset or entry): every distribution above is a
point. "to NODE" chooses it, and "NODE = w", "NODE = most", "NODE = least" are the node's rows
there.

Nothing to gain. Where players take turns in a symmetric game nobody's action matters, as the
owner's alone does and the other's as well: one row for all, "deviate". `team-optimal`, or turns
with common payoffs and `subgame-perfect` (each owner takes what is best for all, so \(U\) solves
the team's Bellman equation): with \(U\) the team's optimal values, "deviate s" holds at every state
for every joint row. `dominant`: the expert's policy is a best response to the learner's opponents,
and staying in \(S_+\) it meets the expert's rows: "follow". If \(i\) has one action: likewise
"follow". If nobody else has two: \(U\) and \(W\) solve one problem: "deviate".

**Directions.** For integers \(\alpha\ge0,\beta\) and a support \(X\) let \(M=\max_{t\in X}\alpha
W_t+\beta U_t\): "above" is \(\alpha W_t+\beta U_t\le M\); the choice "top" is a \(t\) that attains
it: "reached" is \(M\le\alpha W_t+\beta U_t\). A node's row in that direction, "NODE | alpha beta":
\(\alpha w+\beta u\le\gamma[\dots]\), each share of \(p\) at its own \(M\); \(\beta<0\) needs
"least", \(\beta>0\) "most".

**Trees.** As in `checker`: branches for every named state and one unnamed state of each role
(visited or not, mine or theirs), because rows and choices treat equal roles alike, 0 apart. A
leaf's multipliers are at least 0 and sum up to \(0\le-d\), \(d>0\), or \(0<-d\), \(d\ge0\), where
"asked" has a share and is strict. Where a node has two successors a, b, "mixed" is a leaf for each
share \(x\in[0,1]\) of b: the node's rows are then linear, "NODE @ w": \(w\le\gamma[(1-x)W_a+
xW_b]\), "NODE @ most" and "NODE @ least" likewise for u; the multipliers are polynomials in x, at
least 0 on the interval that they are given for (by Sturm's theorem, in `univariate`), like d.
Covered must be every player (or the one named), every \(k\)
(only \(S\) with full support, only k with `visited=k`), and with `alternating` every ownership up
to renaming.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from .univariate import Poly, is_nonnegative, is_positive, poly, times
from .univariate import total as add

FORMAT = "nashgap/certificate/1"
ENCODING = "pair"
IMPLY_NASH = frozenset({"nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal"})
KNOWN = IMPLY_NASH | {
    "match-rho", "match-mu", "full-support", "zero-sum", "common-payoff", "symmetric", "turn-based",
    "alternating", "state-rewards", "own-rewards", "uniform-off-support", "deterministic", "pure",
}  # fmt: skip
PARAMETRISED = frozenset({"margin", "reset", "entry", "visited"})
MOST = 10**5
ONE = Fraction(1)

Form = dict[str, Fraction]
Path = dict[str, int]


class MalformedError(ValueError):
    """Not a certificate: a key, a type or a size is wrong. True and false are said otherwise."""


@dataclass(frozen=True)
class Rules:
    """What the class says, for one player; see above."""

    rewards: str
    reset: Fraction
    entry: Fraction
    margin: Fraction | None
    everywhere: bool
    weight: int | None
    alternating: bool
    level: str
    is_void: bool
    is_exact: bool
    nothing: str


@dataclass(frozen=True)
class Bounded:
    """A node: w and u are bounded by the expectation over shares of states."""

    w: Form | None
    u: Form | None
    most: bool
    shares: tuple[tuple[Fraction, str], ...]
    scale: Fraction


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate at all.
    """
    top = _object(raw, "certificate", {"format", "class", "excludes", "encoding", "cases"})
    if top["format"] != FORMAT or top["encoding"] != ENCODING:
        raise MalformedError(f"format, encoding: needed {FORMAT!r}, {ENCODING!r}")
    said = _Statement(top)
    missing = said.obligations()
    reasons: list[str] = []
    for number, item in enumerate(_list(top["cases"], "cases")):
        where = f"cases[{number}]"
        case = _object(item, where, {"players", "visited", "tree"}, {"mine"})
        k = _integer(case["visited"], f"{where}.visited")
        mine = None
        if "mine" in case:
            mine = frozenset(_integer(s, f"{where}.mine") for s in _list(case["mine"], where))
        shown = {(_integer(p, f"{where}.players"), k, mine) for p in _list(case["players"], where)}
        if not shown <= missing:
            reasons.append(f"{where}: not a case that is to be shown")
        for rules in {said.rules(player) for player, _, _ in shown & missing}:
            reasons += _Rows(said, rules, k, mine).faults(case["tree"], f"{where}.tree")
        missing -= shown
    if missing:
        reasons.append(f"{len(missing)} cases are not covered")
    return tuple(reasons)


class _Statement:
    """The class and the threshold, read strictly."""

    def __init__(self, top: Mapping[str, Any]) -> None:
        keys = {"players", "states", "actions", "discount", "assumptions", "rewards", "start"}
        given = _object(top["class"], "class", keys)
        self.actions = [_integer(a, "actions") for a in _list(given["actions"], "class.actions")]
        self.states = _integer(given["states"], "class.states")
        self.discount = _number(given["discount"], "class.discount")
        if not self.actions or len(self.actions) != _integer(given["players"], "class.players"):
            raise MalformedError("class.actions: needed one count a player")
        if min([self.states, *self.actions]) < 1 or not 0 <= self.discount < 1:
            raise MalformedError("class: needed sizes of at least 1 and a discount in [0, 1)")
        sizes = [_number(r, "class.rewards") for r in _list(given["rewards"], "class.rewards")]
        if sizes != [-1, 1] or given["start"] != "any":
            raise MalformedError('class: needed rewards ["-1", "1"] and start "any"')
        pairs = [_assumption(a) for a in _list(given["assumptions"], "class.assumptions")]
        self.names = {name for name, _ in pairs}
        self.parameters = dict(pairs)
        if "match-rho" not in self.names or not self.names & IMPLY_NASH:
            raise MalformedError("class.assumptions: needed match-rho and a Nash expert")
        self.turns = bool(self.names & {"turn-based", "alternating"})
        if len(pairs) != len(self.parameters) or (self.turns and self.parameters.get("margin")):
            raise MalformedError("class.assumptions: a repetition, or turns with a margin")
        excludes = _object(top["excludes"], "excludes", {"gap", "strict"}, {"player"})
        self.gap = _number(excludes["gap"], "excludes.gap")
        if not isinstance(excludes["strict"], bool):
            raise MalformedError("excludes.strict: needed true or false")
        self.strict: bool = excludes["strict"]
        self.players = list(range(len(self.actions)))
        if "player" in excludes:
            self.players = [_integer(excludes["player"], "excludes.player")]
            if self.players[0] >= len(self.actions):
                raise MalformedError("excludes.player: no such player")

    def rules(self, player: int) -> Rules:
        names = self.names
        others = [a for j, a in enumerate(self.actions) if j != player]
        common = bool(names & {"common-payoff", "team-optimal"})
        fair = "symmetric" in names and len(self.actions) == 2
        state = "state-rewards" in names
        state = state or ("own-rewards" in names and (common or "zero-sum" in names))
        nothing = ""
        if "dominant" in names or self.actions[player] == 1:
            nothing = "follow"
        elif "team-optimal" in names or all(a == 1 for a in others):
            nothing = "deviate"
        elif common and self.turns and "subgame-perfect" in names:
            nothing = "deviate"  # every owner serves the team
        elif fair and self.turns:
            nothing = "deviate"  # nobody's action matters
        if nothing:
            return Rules(
                "free", Fraction(0), ONE, None, False, None, False, "", False, False, nothing
            )
        level = "" if not fair or "zero-sum" not in names else "visited"
        is_void = "zero-sum" in names and (common or (fair and (state or "own-rewards" in names)))
        if level and "subgame-perfect" in names:
            level = "everywhere"
        free = not self.parameters.get("reset") and self.parameters.get("entry") in (None, 1)
        pure = {"deterministic", "pure"} <= names and "uniform-off-support" not in names
        margin = self.parameters.get("margin")
        weight = max(others) if self.turns else prod(others)
        return Rules(
            "state" if state or is_void else "own" if "own-rewards" in names else "free",
            self.parameters.get("reset") or Fraction(0),
            ONE
            if self.parameters.get("entry") is None
            else Fraction(self.parameters["entry"] or 0),
            margin,
            margin is not None and "subgame-perfect" in names,
            weight if "uniform-off-support" in names else None,
            "alternating" in names and len(self.actions) == 2,
            level,
            is_void,
            free and pure,
            "",
        )

    def obligations(self) -> set[tuple[int, int, frozenset[int] | None]]:
        if self.states**3 * len(self.players) > MOST:
            raise MalformedError("class: too large")
        size = self.states
        found: set[tuple[int, int, frozenset[int] | None]] = set()
        for player in self.players:
            for k in range(size if "full-support" in self.names else 1, size + 1):
                if self.parameters.get("visited") not in (None, k):
                    continue
                if not self.rules(player).alternating:
                    found.add((player, k, None))
                    continue
                for a in range(k):
                    for b in range(size - k + 1):
                        rest = {*range(1, a + 1), *range(k, k + b)}
                        found |= {(player, k, frozenset(rest | own)) for own in (set[int](), {0})}
        return found


class _Rows:
    """The rows of one case, made from the statement above, and the check of a tree against them."""

    def __init__(self, said: _Statement, rules: Rules, k: int, mine: frozenset[int] | None) -> None:
        self.said, self.rules, self.k, self.mine = said, rules, k, mine
        self.states = range(said.states)

    def faults(self, tree: object, where: str) -> Iterator[str]:
        """Walks the tree; yields what is wrong."""
        todo: list[tuple[object, str, Path]] = [(tree, where, {})]
        while todo:
            node, place, path = todo.pop()
            if isinstance(node, dict) and "leaf" in node:
                fault = self.leaf(_object(node, place, {"leaf"})["leaf"], path, place)
                if fault:
                    yield f"{place}: {fault}"
                continue
            if isinstance(node, dict) and "mixed" in node:
                fault = self.every_share(_object(node, place, _MIXED), path, place)
                if fault:
                    yield f"{place}: {fault}"
                continue
            split = _object(node, place, {"choice", "branches"})
            name = split["choice"]
            options = self.options(name, path) if isinstance(name, str) else None
            if options is None or name in path:
                yield f"{place}: {name!r:.40} is no choice here"
                continue
            seen: set[int] = set()
            for branch in _list(split["branches"], place):
                item = _object(branch, place, {"to", "tree"})
                to = _integer(item["to"], f"{place}.to")
                if to not in options:
                    yield f"{place}: {to} is no option"
                seen.add(to)
                todo.append((item["tree"], f"{place}.{to}", {**path, name: to}))
            if not self.covers(name, seen, options, path):
                yield f"{place}: the branches do not cover every case"

    def options(self, name: str, path: Path) -> list[int] | None:
        """What a choice may be, or None if there is no such choice."""
        match name.split(" "):
            case ["deviates", state]:
                s = _integer(state, name)
                return [0, 1] if s in self.states and self.is_chosen(s) else None
            case ["top", alpha, beta, support]:
                _direction(alpha, beta)
                return self.support(support)
            case ["to", kind, state, *branch] if self.rules.is_exact:
                s = _integer(state, name)
                node = self.node(kind, s, branch, path) if s in self.states else None
                return None if node is None else self.support(node.shares[0][1])
        return None

    def is_chosen(self, s: int) -> bool:
        """Whether it is a choice if the deviation departs at s."""
        rules = self.rules
        if rules.margin is None:
            return False
        shares = rules.rewards == "own" or rules.weight is not None
        return s < self.k or (rules.everywhere and shares)

    def support(self, name: str) -> list[int] | None:
        area, dash, owner = name.partition("-")
        if area not in ("in", "all") or (dash and (self.mine is None or owner not in _OWNERS)):
            return None
        inside = range(self.k) if area == "in" else self.states
        return [s for s in inside if not dash or (s in (self.mine or ())) == (owner == "mine")]

    def covers(self, name: str, seen: set[int], options: list[int], path: Path) -> bool:
        """Every named option is there, and one unnamed state of each role that has any."""
        if name.startswith("deviates"):
            return seen >= set(options)
        named = {0}
        for choice, option in {**path, name: 0}.items():
            words = choice.split(" ")
            named.add(int(words[1]) if words[0] == "deviates" else option)
            named |= {int(words[2])} if words[0] == "to" else set()
        if not named & set(options) <= seen:
            return False
        roles = {self.role(t) for t in options if t not in named}
        return roles <= {self.role(t) for t in seen if t not in named}

    def role(self, s: int) -> tuple[bool, bool]:
        return s < self.k, s in (self.mine or ())

    def leaf(self, given: object, path: Path, where: str) -> str | None:
        """Adds up the rows times their multipliers; None if that is a contradiction."""
        if not isinstance(given, dict):
            raise MalformedError(f"{where}: needed an object of multipliers")
        total: Form = {}
        strict = False
        for name, written in given.items():
            y = _number(written, f"{where}.{name}")
            row = self.row(name, path)
            if row is None:
                return f"{name!r:.60} is no row in force here"
            if y < 0:
                return f"{name!r:.60} has a negative multiplier"
            strict = strict or (name == "asked" and self.said.strict and y > 0)
            _add(total, row, y)
        constant = total.pop("", Fraction(0))
        if any(total.values()):
            return "the variables do not cancel"
        return None if constant > 0 or (constant == 0 and strict) else "the sum is no contradiction"

    def every_share(self, given: Mapping[str, Any], path: Path, where: str) -> str | None:
        """A contradiction for each share x of the second end; None if there is one everywhere."""
        words = given["mixed"].split(" ") if isinstance(given["mixed"], str) else []
        if len(words) < 2:
            raise MalformedError(f"{where}: needed the name of a node")
        s = _integer(words[1], where)
        node = self.node(words[0], s, words[2:], path) if s in self.states else None
        ends = [_integer(t, where) for t in _list(given["ends"], where)]
        if node is None or len(node.shares) != 1 or len(ends) != 2:
            return "no node of one share is in force, or not two ends are named"
        if sorted(self.support(node.shares[0][1]) or ()) != sorted(ends):
            return "the ends are not all the successors"
        reached = Fraction(0)
        for piece in _list(given["pieces"], where):
            item = _object(piece, where, {"from", "to", "leaf"})
            low, high = _number(item["from"], where), _number(item["to"], where)
            if low != reached or high <= low:
                return "the pieces do not follow one another from 0"
            reached = high
            fault = self.piece(given["mixed"], node, ends, item["leaf"], path, (low, high))
            if fault:
                return f"from {low} to {high}: {fault}"
        return None if reached == 1 else "the pieces do not end at 1"

    def piece(
        self,
        name: str,
        node: Bounded,
        ends: list[int],
        given: object,
        path: Path,
        between: tuple[Fraction, Fraction],
    ) -> str | None:
        """Adds up rows times polynomials in x; None if that is a contradiction on the interval."""
        if not isinstance(given, dict):
            raise MalformedError("piece: needed an object of multipliers")
        total: dict[str, Poly] = {}
        multipliers = {key: _polynomial(written, key) for key, written in given.items()}
        for key, y in multipliers.items():
            of, _, kind = key.partition(" @ ")
            row = self.row(key, path) if of != name else None
            rows = shared(node, ends, kind) if of == name else None if row is None else (row, {})
            if rows is None:
                return f"{key!r:.60} is no row in force here"
            if not is_nonnegative(y, *between):
                return f"{key!r:.60} has a negative multiplier"
            for power, form in enumerate(rows):
                for x, c in form.items():
                    shift = (Fraction(0),) * power + (c,)
                    total[x] = add((total.get(x, ()), times(y, shift)))
        constant = total.pop("", ())
        if any(total.values()):
            return "the variables do not cancel"
        strict = self.said.strict and is_positive(multipliers.get("asked", ()), *between)
        if is_positive(constant, *between) or (strict and is_nonnegative(constant, *between)):
            return None
        return "the sum is no contradiction"

    def row(self, name: str, path: Path) -> Form | None:
        """The form that is at most 0, if a row of that name is in force."""
        if name == "asked":
            return {"W 0": -ONE, "U 0": ONE, "": self.said.gap}
        words = name.split(" ")
        match words:
            case ["low" | "high" as side, *rest]:
                size = self.box(rest)
                sign = ONE if side == "high" else -ONE
                return None if size is None else {" ".join(rest): sign, "": -size}
            case ["copy" | "level" as kind, state] if self.rules.level:
                s = _integer(state, name)
                if s not in self.states:
                    return None
                if kind == "copy":
                    return {f"U {s}": -ONE}
                zero = s < self.k or self.rules.level == "everywhere"
                return {f"U {s}": ONE} if zero else None
            case [kind, state, *branch, "=", what]:
                s = _integer(state, name)
                node = self.node(kind, s, branch, path) if s in self.states else None
                to = path.get(" ".join(["to", kind, state, *branch]))
                found = None if node is None or to is None else shared(node, [to, to], what)
                return None if found is None else found[0]
            case ["above" | "reached" as kind, alpha, beta, support, *rest]:
                a, b = _direction(alpha, beta)
                states, top = self.support(support), f"{alpha} {beta} {support}"
                if kind == "above" and len(rest) == 1:
                    t: int | None = _integer(rest[0], name)
                else:
                    t = path.get(f"top {top}") if kind == "reached" and not rest else None
                if states is None or t not in states:
                    return None
                form = {f"W {t}": Fraction(a), f"U {t}": Fraction(b), f"M {top}": -ONE}
                return form if kind == "above" else {x: -c for x, c in form.items()}
            case [kind, state, *branch, "|", alpha, beta]:
                s = _integer(state, name)
                node = self.node(kind, s, branch, path) if s in self.states else None
                return None if node is None else self.directed(node, alpha, beta)
        return None

    def box(self, words: list[str]) -> Fraction | None:
        """The largest size of a variable, or None if there is no such variable."""
        most = 1 / (1 - self.said.discount)
        match words:
            case ["U" | "W" | "Z" | "r" | "q" as kind, state]:
                if _integer(state, "variable") not in self.states:
                    return None
                return (ONE if not self.rules.is_void else Fraction(0)) if kind in "rq" else most
            case ["M", alpha, beta, support] if self.support(support) is not None:
                return most * sum(map(abs, _direction(alpha, beta)))
        return None

    def directed(self, node: Bounded, alpha: str, beta: str) -> Form | None:
        """The node's row in a direction."""
        a, b = _direction(alpha, beta)
        if (a and node.w is None) or (b and node.u is None) or (b > 0 and not node.most):
            return None
        form: Form = {}
        _add(form, node.w or {}, Fraction(a))
        _add(form, node.u or {}, Fraction(b))
        for share, support in node.shares:
            if support:
                _add(form, {f"M {alpha} {beta} {support}": ONE}, -node.scale * share)
            else:
                _add(form, {"W 0": Fraction(a), "U 0": Fraction(b)}, -node.scale * share)
        return form

    # -- the nodes

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
        return self.make(None, _less(f"U {s}", {f"r {s}": ONE}), self.anywhere(support), True)

    def follow(self, s: int, support: str) -> Bounded:
        reward = {f"r {s}": ONE}
        shares = self.anywhere(support)
        return self.make(_less(f"W {s}", reward), _less(f"U {s}", reward), shares, True)

    def other(self, s: int, shares: tuple[tuple[Fraction, str], ...]) -> Bounded:
        least = {f"r {s}": ONE} if self.rules.rewards == "state" else {"": -ONE}
        return self.make(
            None, _less(f"U {s}", least, self.rules.margin or Fraction(0)), shares, False
        )

    def mixed(self, u: int, reward: Form) -> Form:
        """N W_u - reward - (N - 1)(reward of the rest + gamma Z_u)."""
        count = Fraction(self.rules.weight or 1)
        form = {f"W {u}": count}
        _add(form, reward, -ONE)
        _add(form, {"": ONE} if self.rules.rewards == "free" else reward, 1 - count)
        _add(form, {f"Z {u}": self.said.discount}, 1 - count)
        return form

    def anywhere(self, support: str) -> tuple[tuple[Fraction, str], ...]:
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
        return Bounded(w, u, most, tuple(x for x in shares if x[0]), self.said.discount)


_OWNERS = ("mine", "theirs")
_MIXED = {"mixed", "ends", "pieces"}
MOST_DEGREE = 30


def shared(node: Bounded, ends: list[int], kind: str) -> tuple[Form, Form] | None:
    """The node's row at shares (1 - x, x) of the ends: the part without x, and what x multiplies.

    "w" bounds w; "most" and "least" bound u from above and below.
    """
    form = node.w if kind == "w" else node.u
    if form is None or kind not in ("w", "most", "least") or (kind == "most" and not node.most):
        return None
    letter, sign = ("W" if kind == "w" else "U"), (-ONE if kind == "least" else ONE)
    plain: Form = {}
    _add(plain, form, sign)
    _add(plain, {f"{letter} {ends[0]}": -node.scale}, sign)
    one, two = f"{letter} {ends[0]}", f"{letter} {ends[1]}"
    return plain, {one: sign * node.scale, two: -sign * node.scale}


def _less(variable: str, reward: Form, margin: Fraction = Fraction(0)) -> Form:
    """Variable - reward - margin."""
    form = {variable: ONE}
    _add(form, reward, -ONE)
    _add(form, {"": ONE}, -margin)
    return form


def _add(total: Form, form: Form, factor: Fraction) -> None:
    for x, c in form.items():
        total[x] = total.get(x, Fraction(0)) + factor * c


def _direction(alpha: str, beta: str) -> tuple[int, int]:
    if re.fullmatch(r"0|[1-9][0-9]{0,39}", alpha) and re.fullmatch(r"0|-?[1-9][0-9]{0,39}", beta):
        return int(alpha), int(beta)
    raise MalformedError(f"direction: needed two integers, the first from 0, not {alpha!r:.40}")


def _object(
    given: object, where: str, keys: set[str], optional: frozenset[str] | set[str] = frozenset()
) -> dict[str, Any]:
    if not isinstance(given, dict) or not keys <= set(given) <= keys | optional:
        raise MalformedError(f"{where}: needed an object with exactly the keys {sorted(keys)}")
    return given


def _list(given: object, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise MalformedError(f"{where}: needed a list")
    return given


def _polynomial(given: object, where: str) -> Poly:
    coefficients = _list(given, where)
    if len(coefficients) > MOST_DEGREE:
        raise MalformedError(f"{where:.60}: needed a smaller degree")
    return poly(*(_number(c, where) for c in coefficients))


def _integer(given: object, where: str) -> int:
    if isinstance(given, str) and re.fullmatch(r"0|[1-9][0-9]{0,8}", given):
        return int(given)
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 10**9:
        return given
    raise MalformedError(f"{where}: needed an integer from 0")


def _number(given: object, where: str) -> Fraction:
    if isinstance(given, str) and re.fullmatch(r"-?[0-9]{1,4000}(/0*[1-9][0-9]{0,3999})?", given):
        return Fraction(given)
    raise MalformedError(f'{where}: needed a string "p/q"')


def _assumption(given: object) -> tuple[str, Fraction | None]:
    name, equals, parameter = str(given).partition("=")
    if isinstance(given, str) and equals and name in PARAMETRISED:
        value = _number(parameter, f"class.assumptions, {name}")
        if value < 0 or (value > 1 and name in ("reset", "entry")):
            raise MalformedError(f"class.assumptions: {name} out of range")
        return name, value
    if isinstance(given, str) and not equals and name in KNOWN:
        return name, None
    raise MalformedError(f"class.assumptions: unknown {given!r:.60}")
