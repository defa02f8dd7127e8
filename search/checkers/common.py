r"""What all kinds of certificates share: what they state, how they are read and added up.

**The statement.** A game has \(n\) players with \(A_i\) actions, \(S\) states, a kernel, rewards
\(r_i(s,a)\in[-1,1]\), a start \(\nu\) and the discount \(\gamma<1\). Expert \(e\) and learner \(p\)
are stationary product policies; those of all but \(i\) are \(e_{-i},p_{-i}\). \(V_i^\pi\):
discounted values; \(\mu_\pi(s)\), \(\rho_\pi(s,a)\): normalised discounted visits from \(\nu\). A
state is *visited* if \(\mu_e(s)>0\); the expert never leaves these. Player \(i\) *gains*
\(\max_bV_i^{(b,p_{-i})}(\nu)-V_i^p(\nu)\); some pure \(b\) attains it from every start. A
certificate states: in no game of its class does a player (if one is named, that one) gain more than
\(c\) ("strict"), or \(c\) or more. Its class: \(n\), \(S\), the \(A_i\), \(\gamma\), any start, and
all of these that it names:

- `match-rho`, `match-mu`: \(\rho_p=\rho_e\), \(\mu_p=\mu_e\). `match-bc=x`: for each player
  \(\mathbb E_{\mu_e}\lVert p_i-e_i\rVert_1\le x\). `full-support`, `visited=k`: all states are
  visited, or k.
- `nash`: \(e\) is a Nash equilibrium from the start; `subgame-perfect`: from every state;
  `strict-nash`: each deviation of one player that differs at a visited state is strictly worse.
  `dominant`: \(e_i\) is a best response from the start to all \(\pi_{-i}\). `team-optimal`: common
  payoffs, and no policy of all is better from the start. The last three make \(e\) Nash too.
- `margin=m`: \(e\) is pure, and with \(Q\) the optimal one of player \(i\) against \(e_{-i}\),
  \(Q(s,a)\le Q(s,e_i(s))-m\) for other actions at visited s; at every s with `subgame-perfect`.
- `zero-sum`, `symmetric` (two players; exchanging their actions exchanges rewards and keeps the
  kernel), `common-payoff`. `turn-based`: at each state the action of one player alone, its owner,
  changes rewards and rows; `alternating`: and the owner changes with every step.
- `state-rewards`, `own-rewards`: \(r_i\) depends on s alone, on s and \(a_i\) alone. `reset=b`: the
  start is one state, and each row gives it b or more. `entry=b`: rows of visited states give the
  others at most b. `uniform-off-support`: the learner is uniform at unvisited states.
  `deterministic`, `pure`: the kernel; the policies.

**Proofs.** A row is a linear form that is at most 0 (< 0 if strict, = 0 if an equation) for what
its variables stand for. A leaf gives multipliers, at least 0 but for equations. If the sum is a
number \(d>0\), or \(d=0\) and a strict row has a share, there is no such game.

A tree splits on a choice, say which of some states a maximum is at. Where states of one role that
are named nowhere on the path are interchangeable (which each kind argues for), it is enough to
treat every named state and one unnamed state of each role. 0 is always named.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

FORMAT = "nashgap/certificate/1"
IMPLY_NASH = frozenset({"nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal"})
NAMES = IMPLY_NASH | {
    "match-rho", "match-mu", "full-support", "zero-sum", "common-payoff", "symmetric", "turn-based",
    "alternating", "state-rewards", "own-rewards", "uniform-off-support", "deterministic", "pure",
}  # fmt: skip
PARAMETRISED = frozenset({"margin", "reset", "entry", "match-bc", "visited"})
CLASS = frozenset({"players", "states", "actions", "discount", "assumptions", "rewards", "start"})
ZERO, ONE = Fraction(0), Fraction(1)

Form = dict[str, Fraction]
"""Coefficients of variables; that of "" is the constant."""
Path = Mapping[str, int]
"""The choices made so far."""


class MalformedError(ValueError):
    """Not a certificate: a key, a type or a size is wrong. True and false are said otherwise."""


@dataclass(frozen=True)
class Statement:
    """What a certificate states, read strictly; its proof is in `cases`."""

    actions: tuple[int, ...]
    states: int
    discount: Fraction
    names: Mapping[str, Fraction]
    gap: Fraction
    strict: bool
    players: tuple[int, ...]
    encoding: str
    given: object
    cases: list[Any]

    @property
    def is_nash(self) -> bool:
        """Whether some assumption makes the expert Nash."""
        return bool(self.names.keys() & IMPLY_NASH)

    def others(self, player: int) -> list[int]:
        """How many actions each other player has."""
        return [count for j, count in enumerate(self.actions) if j != player]

    def sizes(self) -> list[int]:
        """How many states may be visited."""
        least = self.states if "full-support" in self.names else 1
        return [k for k in range(least, self.states + 1) if self.names.get("visited", k) == k]


def statement(raw: object, *encodings: str, given: bool = False) -> Statement:
    """Reads all of a certificate but its cases.

    Raises:
        MalformedError: it is none of these encodings, or states nothing.
    """
    top = object_(raw, "certificate", {"format", "class", "excludes", "encoding", "cases"})
    if top["format"] != FORMAT or top["encoding"] not in encodings:
        raise MalformedError(f"format, encoding: needed {FORMAT!r}, one of {encodings}")
    said = object_(top["class"], "class", CLASS | {"given"} if given else CLASS)
    actions = tuple(integer(a, "class.actions") for a in list_(said["actions"], "class.actions"))
    states, discount = integer(said["states"], "class.states"), number(said["discount"], "class")
    if not actions or len(actions) != integer(said["players"], "class.players"):
        raise MalformedError("class.actions: needed one count a player")
    if min(states, *actions) < 1 or not 0 <= discount < 1:
        raise MalformedError("class: needed sizes of at least 1 and a discount in [0, 1)")
    ends = [number(r, "class.rewards") for r in list_(said["rewards"], "class.rewards")]
    if ends != [-1, 1] or said["start"] != "any":
        raise MalformedError('class: needed rewards ["-1", "1"] and start "any"')
    listed = [assumption(a) for a in list_(said["assumptions"], "class.assumptions")]
    names = dict(listed)
    pairs = names.keys() & {"zero-sum", "symmetric"}
    if len(names) < len(listed) or (pairs and len(actions) != 2):
        raise MalformedError("class.assumptions: needed each one once, and two players for {pairs}")
    if "symmetric" in names and len(set(actions)) > 1:
        raise MalformedError("class.assumptions: symmetric needed as many actions for both")
    excludes = object_(top["excludes"], "excludes", {"gap", "strict"}, {"player"})
    if not isinstance(excludes["strict"], bool):
        raise MalformedError("excludes.strict: needed true or false")
    players = range(len(actions))
    asked = (integer(excludes["player"], "player"),) if "player" in excludes else tuple(players)
    if asked[0] not in players:
        raise MalformedError("excludes.player: needed one of the players")
    gap = number(excludes["gap"], "excludes.gap")
    return Statement(
        actions, states, discount, names, gap, excludes["strict"], asked, top["encoding"],
        said.get("given"), list_(top["cases"], "cases"),
    )  # fmt: skip


def assumption(given: object) -> tuple[str, Fraction]:
    """A name and its parameter, 0 where there is none."""
    name, equals, parameter = str(given).partition("=")
    if isinstance(given, str) and equals and name in PARAMETRISED:
        value = number(parameter, f"class.assumptions, {name}")
        if value >= 0 and (value <= 1 or name not in ("reset", "entry")):
            return name, value
    if isinstance(given, str) and not equals and name in NAMES:
        return name, ZERO
    raise MalformedError(f"class.assumptions: needed another word than {given!r:.60}")


# -- JSON, closed


def object_(
    given: object, where: str, keys: set[str] | frozenset[str], optional: set[str] | None = None
) -> dict[str, Any]:
    """An object with all of these keys and no unknown one."""
    if not isinstance(given, dict) or not keys <= set(given) <= keys | (optional or set()):
        raise MalformedError(f"{where}: needed an object with exactly the keys {sorted(keys)}")
    return given


def list_(given: object, where: str) -> list[Any]:
    """A list."""
    if not isinstance(given, list):
        raise MalformedError(f"{where}: needed a list")
    return given


def integer(given: object, where: str) -> int:
    """An integer from 0, perhaps as a string."""
    if isinstance(given, str) and re.fullmatch(r"0|[1-9][0-9]{0,8}", given):
        return int(given)
    if isinstance(given, int) and not isinstance(given, bool) and 0 <= given < 10**9:
        return given
    raise MalformedError(f"{where}: needed an integer from 0")


def number(given: object, where: str) -> Fraction:
    """A rational number as a string."""
    if isinstance(given, str) and re.fullmatch(r"-?[0-9]{1,4000}(/0*[1-9][0-9]{0,3999})?", given):
        return Fraction(given)
    raise MalformedError(f'{where}: needed a string "p/q"')


# -- rows


class Row(NamedTuple):
    """A form that is at most 0."""

    form: Form
    is_equation: bool = False
    is_strict: bool = False


def add(total: Form, form: Mapping[str, Fraction], factor: Fraction) -> None:
    """Adds a multiple of a form."""
    for x, c in form.items() if factor else ():
        total[x] = total.get(x, ZERO) + factor * c


def fault_of(row_of: Callable[[str], Row | None], given: object, where: str) -> str | None:
    """Adds up rows times their multipliers; None if that is a contradiction."""
    if not isinstance(given, dict):
        raise MalformedError(f"{where}: needed an object of multipliers")
    total, strict = Form(), False
    for name, written in given.items():
        y, row = number(written, f"{where}.{name:.60}"), row_of(name)
        if row is None:
            return f"{name!r:.60} is no row in force here"
        if y < 0 and not row.is_equation:
            return f"{name!r:.60} has a negative multiplier"
        strict = strict or (y > 0 and row.is_strict)
        add(total, row.form, y)
    left = total.pop("", ZERO)
    if any(total.values()):
        return "the variables do not cancel"
    return None if left > 0 or (left == 0 and strict) else f"the sum reads {left} <= 0"


# -- trees and cases


class Case(Protocol):
    """What a tree is checked against."""

    def options(self, choice: str, path: Path) -> Mapping[int, Hashable] | None:
        """The options of a choice with their roles; None if there is no such choice."""

    def named(self, choice: str, option: int) -> set[int]:
        """The states that a choice and its option name."""
        raise NotImplementedError

    def leaf(self, node: object, path: Path, where: str) -> str | None:
        """Why a leaf is no contradiction; None if it is one."""


def faults_of(case: Case, tree: object, where: str) -> Iterator[str]:
    """Walks a tree, without recursion; yields what is wrong."""
    todo: list[tuple[object, str, dict[str, int]]] = [(tree, where, {})]
    while todo:
        node, place, path = todo.pop()
        if not isinstance(node, dict) or "choice" not in node:
            if fault := case.leaf(node, path, place):
                yield f"{place}: {fault}"
            continue
        split, seen = object_(node, place, {"choice", "branches"}), set[int]()
        choice = split["choice"]
        if not isinstance(choice, str):
            raise MalformedError(f"{place}: needed a choice in words")
        options = case.options(choice, path)
        if options is None or choice in path:
            yield f"{place}: {choice!r:.40} is no choice here"
            continue
        for branch in list_(split["branches"], place):
            item = object_(branch, place, {"to", "tree"})
            to = integer(item["to"], f"{place}.to")
            if to not in options:
                yield f"{place}: {to} is no option"
                continue
            seen.add(to)
            todo.append((item["tree"], f"{place}.{to}", {**path, choice: to}))
        named = {0}.union(case.named(choice, 0), *(case.named(*made) for made in path.items()))
        fresh = {role for to, role in options.items() if to not in named}
        if not named & options.keys() <= seen or not fresh <= {options[t] for t in seen - named}:
            yield f"{place}: the branches do not cover every case"


def check_cases(
    said: Statement,
    missing: set[tuple[Any, ...]],
    keys: set[str],
    which: Callable[[dict[str, Any], str], tuple[Any, ...]],
    kind: Callable[[int], Hashable],
    faults: Callable[[Any, tuple[Any, ...], dict[str, Any], str], Iterator[str]],
) -> tuple[str, ...]:
    """Goes through the cases, and sees that together they are all that is to be shown.

    Args:
        said: the statement.
        missing: a player and what else names a case, of all that is to be shown.
        keys: those of a case beside "players"; one that ends in "?" may be left out.
        which: what else names a case, from its object.
        kind: all that a proof depends on of a player.
        faults: what is wrong with a case for a kind of player.
    """
    reasons: list[str] = []
    needed = {"players", *(key for key in keys if key[-1] != "?")}
    for place, item in enumerate(said.cases):
        where = f"cases[{place}]"
        case = object_(item, where, needed, {key[:-1] for key in keys - needed})
        named = [integer(p, f"{where}.players") for p in list_(case["players"], where)]
        rest = which(case, where)
        shown = {(player, *rest) for player in named}
        if not shown <= missing or len(shown) < len(named):
            reasons.append(f"{where}: not what is left to be shown")
        for one in dict.fromkeys(kind(player) for player, *_ in sorted(shown & missing, key=str)):
            reasons += faults(one, rest, case, where)
        missing -= shown
    if missing:
        reasons.append(f"{len(missing)} cases are not covered, one of player {min(missing)[0]}")
    return tuple(reasons)
