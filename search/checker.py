r"""The checker of certificates: no solver, nothing of the search, the standard library alone.

A certificate states that in no game of its class some player gains more than \(c\) (strict), or
\(c\) or more, over the learner's policy. The class: \(n\) players, \(S\) states, \(A_i\) actions,
discount \(\gamma\), rewards in \([-1,1]\), any start; the learner matches the expert's \(\rho\)
exactly.

**What is proved, by whom.** The statement becomes linear rows by the following argument, which
this file's reader must follow; that the rows contradict the threshold is then checked here by
arithmetic.

Let player \(i\) gain the most. Equal \(\rho\) gives the same visited states \(S_+\), \(k=|S_+|\),
closed under the expert, with the same policies there. \(U\): \(i\)'s optimal values against the
expert's opponents. \(W\): those against the learner's, \(b\) an optimal pure deviation. A Nash
expert is optimal at visited states, so \(U=V_i^{\pi^E}\) there; the learner's own value from the
start is the expert's. The gain is a \(\nu\)-average of \(W-U\), so some state \(s_0\) of the
start's support has \(W(s_0)-U(s_0)\) at least as large. Rename states: \(S_+=\{0,\dots,k-1\}\),
\(s_0=0\). For \(\gamma=0\) successors have weight 0 in every row. Boxes:
\(|U|,|W|\le1/(1-\gamma)\).

Encoding "any-kernel". At \(s<k\) both opponents play alike: \(W_s=\bar r+\gamma\sum_t\bar P_tW_t\)
and \(U_s\ge\bar r+\gamma\sum_t\bar P_tU_t\), so \(W_s-U_s\le\gamma(W_t-U_t)\) for some \(t\): the
value of the choice "move s", and the row "step s t". If \(i\) has one action it moves as the
expert does and \(t<k\).

Encoding "deterministic" (only if kernel and policies are assumed so), with rewards
\(|r|,|q|\le1\): "expert s t", \(s,t<k\), the expert's move: \(U_s=r_s+\gamma U_t\). "move s t",
\(b\)'s move to \(t\): \(W_s=q_s+\gamma W_t\), and for \(s<k\) "optimal s t": \(U_s\ge q_s+\gamma
U_t\); with one action \(t<k\) for \(s<k\). "against u t", \(u\ge k\), the optimal move to \(t\)
against the expert's opponents: \(U_u=r_u+\gamma U_t\).

Both: if no other player has two actions, "same u", \(u\ge k\): \(W_u=U_u\). If the assumptions do
not make the expert Nash and \(i\) has two actions, \(U\) stands for \(V_i^{\pi^E}\) everywhere,
"against" is the expert's move, and there is no "step", "optimal" or "same".

`strict-nash`: the expert is pure on \(S_+\) (else it could play one of the actions that it mixes,
at no loss). So at \(s<k\) either \(b\) plays its action, which stays in \(S_+\), or another one,
which is worth less than \(U_s\): were it worth as much, playing it at s and optimally elsewhere
would be a deviation at no loss. Hence "step s t" and "optimal s t" with \(t\ge k\) hold with
"<"; \(0\le0\) is then a contradiction wherever one of them has a share.

Branches. A tree may split on a choice. Rows and choices treat all visited states alike except 0,
and all unvisited ones; so states that the path does not name are interchangeable within these two
kinds, and it is enough to treat all named options and one unnamed state of each kind. A leaf gives
multipliers for rows in force on its path, of any sign for equations, otherwise at least 0; their
sum must read \(0\le-d\) with \(d>0\), or \(0<-d\), \(d\ge0\), where "asked" has a share and is
strict.

Covered must be: every player (or the one named), every \(k\) from 1 to \(S\) (only \(S\) with full
support, only \(k\) with `visited=k`).
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

FORMAT = "nashgap/certificate/1"
IMPLY_NASH = frozenset({"nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal"})
KNOWN = IMPLY_NASH | {
    "match-rho", "match-mu", "full-support", "zero-sum", "common-payoff", "symmetric", "turn-based",
    "alternating", "state-rewards", "own-rewards", "uniform-off-support", "deterministic", "pure",
}  # fmt: skip
PARAMETRISED = frozenset({"margin", "reset", "entry", "match-bc", "visited"})
MOST = 10**6

Terms = list[tuple[str, Fraction]]
Path = dict[tuple[str, int], int]


class MalformedError(ValueError):
    """Not a certificate: a key, a type or a size is wrong. True and false are said otherwise."""


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Args:
        raw: the JSON object; integers may also be strings of digits.

    Raises:
        MalformedError: it is not a certificate at all.
    """
    top = _object(raw, "certificate", {"format", "class", "excludes", "encoding", "cases"})
    if top["format"] != FORMAT:
        raise MalformedError(f"format: needed {FORMAT!r}")
    statement = _Statement(top)
    missing = statement.obligations()
    reasons: list[str] = []
    for number, item in enumerate(_list(top["cases"], "cases")):
        where = f"cases[{number}]"
        case = _object(item, where, {"players", "visited", "tree"})
        k = _integer(case["visited"], f"{where}.visited")
        players = [_integer(p, f"{where}.players") for p in _list(case["players"], where)]
        for player in players:
            if (player, k) not in missing:
                reasons.append(
                    f"{where}: player {player} with {k} visited states is not to be shown"
                )
        for kind in {statement.kind(p) for p in players if (p, k) in missing}:
            reasons += _Rows(statement, k, *kind).faults(case["tree"], f"{where}.tree")
        missing -= {(player, k) for player in players}
    reasons += [
        f"player {p} with {k} visited states is not covered" for p, k in sorted(missing)[:9]
    ]
    return tuple(reasons)


class _Statement:
    """The class and the threshold, read strictly."""

    def __init__(self, top: Mapping[str, Any]) -> None:
        keys = {"players", "states", "actions", "discount", "assumptions", "rewards", "start"}
        given = _object(top["class"], "class", keys)
        self.actions = [
            _integer(a, "class.actions") for a in _list(given["actions"], "class.actions")
        ]
        self.states = _integer(given["states"], "class.states")
        self.discount = _number(given["discount"], "class.discount")
        if not self.actions or len(self.actions) != _integer(given["players"], "class.players"):
            raise MalformedError("class.actions: needed one count a player")
        if min([self.states, *self.actions]) < 1 or not 0 <= self.discount < 1:
            raise MalformedError("class: needed sizes of at least 1 and a discount in [0, 1)")
        if [_number(r, "class.rewards") for r in _list(given["rewards"], "class.rewards")] != [
            -1,
            1,
        ]:
            raise MalformedError('class.rewards: needed ["-1", "1"]')
        if given["start"] != "any":
            raise MalformedError('class.start: needed "any"')
        names = dict(map(_assumption, _list(given["assumptions"], "class.assumptions")))
        if "match-rho" not in names:
            raise MalformedError("class.assumptions: only classes with match-rho can be checked")
        self.is_nash = bool(names.keys() & IMPLY_NASH)
        self.is_strict = "strict-nash" in names
        self.full_support = "full-support" in names
        self.visited = names.get("visited")
        self.encoding = top["encoding"]
        if self.encoding not in ("any-kernel", "deterministic"):
            raise MalformedError('encoding: needed "any-kernel" or "deterministic"')
        if self.encoding == "deterministic" and not {"deterministic", "pure"} <= names.keys():
            raise MalformedError("encoding: its rows need the assumptions deterministic and pure")
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

    def obligations(self) -> set[tuple[int, int]]:
        if self.states * len(self.players) > MOST:
            raise MalformedError("class: too large")
        sizes = range(self.states if self.full_support else 1, self.states + 1)
        asked = [k for k in sizes if self.visited in (None, k)]
        return {(player, k) for player in self.players for k in asked}

    def kind(self, player: int) -> tuple[bool, bool]:
        """Whether the player has two actions, and whether another player has."""
        others = any(a > 1 for j, a in enumerate(self.actions) if j != player)
        return self.actions[player] > 1, others


class _Rows:
    """The rows of one case, made from the statement above, and the check of a tree against them."""

    def __init__(
        self, statement: _Statement, k: int, can_deviate: bool, others_differ: bool
    ) -> None:
        self.said = statement
        self.k = k
        self.can_deviate = can_deviate
        self.others_differ = others_differ
        self.optimal = statement.is_nash or not can_deviate

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
            split = _object(node, place, {"choice", "branches"})
            choice = _words(split["choice"], place, 1)
            key = (choice[0], choice[1][0])
            options = self.options(*key)
            if options is None or key in path:
                yield f"{place}: {split['choice']!r} is no choice here"
                continue
            seen: set[int] = set()
            for branch in _list(split["branches"], place):
                item = _object(branch, place, {"to", "tree"})
                to = _integer(item["to"], f"{place}.to")
                if to not in options:
                    yield f"{place}: {to} is no option"
                seen.add(to)
                todo.append((item["tree"], f"{place}.{to}", {**path, key: to}))
            if not self.covers(seen, options, key[1], path):
                yield f"{place}: the branches do not cover every case"

    def options(self, name: str, s: int) -> range | None:
        """The states that a choice may lead to, or None if there is no such choice."""
        visited, anywhere = s < self.k, range(self.said.states)
        detailed = self.said.encoding == "deterministic"
        match name:
            case "move" if s in anywhere and (detailed or (visited and self.optimal)):
                return range(self.k) if visited and not self.can_deviate else anywhere
            case "expert" if detailed and visited:
                return range(self.k)
            case "against" if detailed and not visited and s in anywhere:
                return anywhere
        return None

    def covers(self, seen: set[int], options: range, state: int, path: Path) -> bool:
        """Every named option is there, and one unnamed state of each kind that has any."""
        named = {0, state} | set(path.values()) | {s for _, s in path}
        if not {t for t in named if t in options} <= seen:
            return False
        for kind in (range(self.k), range(self.k, self.said.states)):
            inside = range(max(kind.start, options.start), min(kind.stop, options.stop))
            unnamed = len(inside) - sum(t in inside for t in named)
            if unnamed > 0 and not any(t in inside and t not in named for t in seen):
                return False
        return True

    def leaf(self, given: object, path: Path, where: str) -> str | None:
        """Adds up the rows times their multipliers; None if that is a contradiction."""
        if not isinstance(given, dict):
            raise MalformedError(f"{where}: needed an object of multipliers")
        total: dict[str, Fraction] = {}
        right, strict = Fraction(0), False
        for name, written in given.items():
            y = _number(written, f"{where}.{name}")
            row = self.row(name, path)
            if row is None:
                return f"{name!r} is no row in force here"
            terms, bound, equation = row
            if y < 0 and not equation:
                return f"{name!r} has a negative multiplier"
            strict = strict or (y > 0 and self.is_strict(name))
            right += y * bound
            for variable, c in terms:
                total[variable] = total.get(variable, Fraction(0)) + y * c
        if any(total.values()):
            return "the variables do not cancel"
        return None if right < 0 or (right == 0 and strict) else f"the sum reads 0 <= {right}"

    def is_strict(self, name: str) -> bool:
        """Whether a row holds with "<"."""
        if name == "asked":
            return self.said.strict
        kind, *rest = name.split(" ")
        return kind in ("step", "optimal") and self.said.is_strict and int(rest[1]) >= self.k

    def row(self, name: str, path: Path) -> tuple[Terms, Fraction, bool] | None:
        """(terms, bound, whether an equation) of the row called `name`, if it is in force."""
        one, g, zero = Fraction(1), self.said.discount, Fraction(0)
        if name == "asked":
            return [("W 0", -one), ("U 0", one)], -self.said.gap, False
        side, _, variable = name.partition(" ")
        if side in ("low", "high"):
            size = self.box(variable)
            return (
                None
                if size is None
                else ([(variable, one if side == "high" else -one)], size, False)
            )
        kind, numbers = _words(name, "row", 1 if side == "same" else 2)
        s = numbers[0]
        if kind == "same":
            inside = self.k <= s < self.said.states and self.optimal and not self.others_differ
            return ([(f"W {s}", one), (f"U {s}", -one)], zero, True) if inside else None
        t = numbers[1]
        choice = "move" if kind in ("step", "optimal") else kind
        if path.get((choice, s)) != t or (kind in ("step", "optimal") and not self.optimal):
            return None
        match self.said.encoding, kind:
            case "any-kernel", "step" if s < self.k:
                return (
                    [(f"W {s}", one), (f"U {s}", -one), (f"W {t}", -g), (f"U {t}", g)],
                    zero,
                    False,
                )
            case "deterministic", "expert" | "against":
                return [(f"U {s}", one), (f"r {s}", -one), (f"U {t}", -g)], zero, True
            case "deterministic", "move":
                return [(f"W {s}", one), (f"q {s}", -one), (f"W {t}", -g)], zero, True
            case "deterministic", "optimal" if s < self.k:
                return [(f"q {s}", one), (f"U {t}", g), (f"U {s}", -one)], zero, False
        return None

    def box(self, variable: str) -> Fraction | None:
        """The largest size of a variable, or None if there is no such variable."""
        kind, (s,) = _words(variable, "variable", 1)
        if s >= self.said.states:
            return None
        if kind in ("U", "W"):
            return 1 / (1 - self.said.discount)
        return Fraction(1) if kind in ("r", "q") and self.said.encoding == "deterministic" else None


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
        return name, _number(parameter, f"class.assumptions, {name}")
    if isinstance(given, str) and not equals and name in KNOWN:
        return name, None
    raise MalformedError(f"class.assumptions: unknown {given!r:.60}")


def _words(given: object, where: str, count: int) -> tuple[str, list[int]]:
    words = given.split(" ") if isinstance(given, str) else []
    if len(words) != count + 1:
        raise MalformedError(f"{where}: unreadable {given!r:.60}")
    return words[0], [_integer(word, where) for word in words[1:]]
