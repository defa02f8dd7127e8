"""What a "given" certificate states: the class, the given parts, the threshold; read strictly."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from ..checker import IMPLY_NASH, MalformedError, _integer, _list, _number, _object

KNOWN = IMPLY_NASH | {
    "match-rho", "match-mu", "full-support", "zero-sum", "common-payoff", "symmetric", "turn-based",
    "alternating", "state-rewards", "own-rewards", "uniform-off-support", "deterministic", "pure",
}  # fmt: skip
PARAMETRISED = frozenset({"match-bc", "margin", "reset", "entry", "visited"})
MOST = 10**6
ZERO, ONE = Fraction(0), Fraction(1)

Joint = tuple[int, ...]
Row = tuple[Fraction, ...]
Profile = tuple[tuple[Row, ...], ...]
"""[n][S][A_i]."""
Entry = tuple[int, int, Joint]
"""Player, state and joint action."""
Owners = tuple[int, ...] | None


class Statement:
    """The class, the given parts and the threshold, read strictly."""

    def __init__(self, top: Mapping[str, Any]) -> None:
        keys = {
            "players", "states", "actions", "discount", "assumptions", "rewards", "start", "given"
        }  # fmt: skip
        raw = _object(top["class"], "class", keys)
        self.actions = [_integer(a, "actions") for a in _list(raw["actions"], "class.actions")]
        self.size = _integer(raw["states"], "class.states")
        self.discount = _number(raw["discount"], "class.discount")
        n = len(self.actions)
        if not n or n != _integer(raw["players"], "class.players"):
            raise MalformedError("class.actions: needed one count a player")
        if min([self.size, *self.actions]) < 1 or not 0 <= self.discount < 1:
            raise MalformedError("class: needed sizes of at least 1 and a discount in [0, 1)")
        if [_number(r, "rewards") for r in _list(raw["rewards"], "class.rewards")] != [-1, 1]:
            raise MalformedError('class.rewards: needed ["-1", "1"]')
        if raw["start"] != "any":
            raise MalformedError('class.start: needed "any"; the given one is among the parts')
        pairs = [assumption(a) for a in _list(raw["assumptions"], "class.assumptions")]
        self.parameters = dict(pairs)
        self.names = set(self.parameters)
        if n != 2 and self.names & {"zero-sum", "symmetric"}:
            raise MalformedError("class.assumptions: zero-sum and symmetric are for two players")
        if len(pairs) != len(self.names) or (
            "symmetric" in self.names and len(set(self.actions)) > 1
        ):
            raise MalformedError("class.assumptions: a repetition, or symmetry of unlike players")
        self.joints = list(product(*map(range, self.actions)))
        self.read(raw["given"])
        excludes = _object(top["excludes"], "excludes", {"gap", "strict"}, {"player"})
        self.gap = _number(excludes["gap"], "excludes.gap")
        if not isinstance(excludes["strict"], bool):
            raise MalformedError("excludes.strict: needed true or false")
        self.strict: bool = excludes["strict"]
        self.players = list(range(n))
        if "player" in excludes:
            self.players = [_integer(excludes["player"], "excludes.player")]
            if self.players[0] >= n:
                raise MalformedError("excludes.player: no such player")

    def read(self, given: object) -> None:
        """Kernel and start, in full; rewards and policies, as far as they are known."""
        parts = _object(given, "given", {"start", "transition"}, {"rewards", "expert", "learner"})
        self.start = distribution(parts["start"], self.size, "given.start")
        table = places(parts["transition"], "given.transition")
        slots = {(s, *a) for s in range(self.size) for a in self.joints}
        if set(table) != slots:
            raise MalformedError("given.transition: needed a row for every state and joint action")
        self.kernel = {
            (at[0], at[1:]): distribution(x, self.size, "row") for at, x in table.items()
        }
        self.known: dict[Entry, Fraction] = {}
        for at, x in places(parts.get("rewards", {}), "given.rewards").items():
            if len(at) < 2 or at[1:] not in slots or at[0] >= len(self.actions):
                raise MalformedError("given.rewards: no such entry")
            self.known[at[0], at[1], at[2:]] = _number(x, "given.rewards")
        if any(abs(x) > 1 for x in self.known.values()):
            raise MalformedError("given.rewards: needed numbers in [-1, 1]")
        self.given: dict[str, dict[tuple[int, int], Row]] = {"expert": {}, "learner": {}}
        for role, rows in self.given.items():
            for at, x in places(parts.get(role, {}), f"given.{role}").items():
                if len(at) != 2 or at[0] >= len(self.actions) or at[1] >= self.size:
                    raise MalformedError(f"given.{role}: no such row")
                rows[at[0], at[1]] = distribution(x, self.actions[at[0]], f"given.{role}")
        whole = len(self.actions) * self.size
        if "pure" not in self.names and any(len(rows) < whole for rows in self.given.values()):
            raise MalformedError("class: needed pure policies, or all rows of the policies")
        if prod(len(list(self.options(r))) for r in self.given) > MOST:
            raise MalformedError("class: too large")

    def options(self, role: str) -> Iterator[tuple[Row, ...]]:
        """Every way to fill in the rows, player by player and state by state."""
        rows = self.given[role]
        pure = [[pure_row(a, count) for a in range(count)] for count in self.actions]
        slots = [(i, s) for i in range(len(self.actions)) for s in range(self.size)]
        if prod(len(pure[i]) for i, s in slots if (i, s) not in rows) > MOST:
            raise MalformedError("class: too large")
        return product(*([rows[i, s]] if (i, s) in rows else pure[i] for i, s in slots))

    def profiles(self, role: str) -> Iterator[Profile]:
        """Every policy that the expert or the learner may have."""
        for rows in self.options(role):
            yield tuple(rows[i * self.size : (i + 1) * self.size] for i in range(len(self.actions)))

    def owners(self) -> Iterator[Owners]:
        """Whose turn it is at each state, in every way; None where nobody takes turns."""
        if not self.names & {"turn-based", "alternating"}:
            yield None
            return
        may = [[i for i in range(len(self.actions)) if self.steers(i, s)] for s in range(self.size)]
        steps = [(s, t) for (s, _), row in self.kernel.items() for t, p in enumerate(row) if p]
        for picks in product(*may):
            if "alternating" not in self.names or all(picks[s] != picks[t] for s, t in steps):
                yield picks

    def steers(self, i: int, s: int) -> bool:
        """Whether the rows of a state depend on this player's action alone."""
        return all(self.kernel[s, a] == self.kernel[s, only(i, a)] for a in self.joints)

    def leaf(self, item: object, where: str) -> tuple[object, Mapping[str, Fraction]]:
        """Owners, expert, learner and player of a leaf, and its multipliers."""
        raw = _object(item, where, {"expert", "learner", "player", "rows"}, {"owners"})
        owners: Owners = None
        if "owners" in raw:
            owners = tuple(_integer(i, where) for i in _list(raw["owners"], where))
        rows = raw["rows"]
        if not isinstance(rows, dict):
            raise MalformedError(f"{where}.rows: needed an object of multipliers")
        y = {name: _number(x, f"{where}.rows") for name, x in rows.items()}
        both = [self.written(raw[role], role, f"{where}.{role}") for role in ("expert", "learner")]
        return (owners, *both, _integer(raw["player"], where)), y

    def written(self, given: object, role: str, where: str) -> Profile:
        """A policy of pure actions, [n][S]; null stands for a row that is given."""
        tables = [_list(table, where) for table in _list(given, where)]
        if [len(table) for table in tables] != [self.size] * len(self.actions):
            raise MalformedError(f"{where}: needed one action a player and state")
        return tuple(
            tuple(self.one(a, role, i, s, where) for s, a in enumerate(table))
            for i, table in enumerate(tables)
        )

    def one(self, given: object, role: str, i: int, s: int, where: str) -> Row:
        """The row of one player at one state."""
        if given is None and (i, s) in self.given[role]:
            return self.given[role][i, s]
        return pure_row(_integer(given, where), self.actions[i])


def only(i: int, joint: Joint) -> Joint:
    """The joint action in which all other players play 0."""
    return tuple(a if j == i else 0 for j, a in enumerate(joint))


def pure_row(action: int, count: int) -> Row:
    """The row that plays one action."""
    if action >= count:
        raise MalformedError("cases: no such action")
    return tuple(Fraction(a == action) for a in range(count))


def distribution(given: object, size: int, where: str) -> Row:
    """A distribution, read strictly."""
    row = tuple(_number(x, where) for x in _list(given, where))
    if len(row) != size or min(row) < 0 or sum(row) != 1:
        raise MalformedError(f"{where}: needed a distribution of {size} numbers")
    return row


def places(given: object, where: str) -> dict[tuple[int, ...], Any]:
    """What stands at each place, "i s" or "i s a_1 ... a_n"."""
    if not isinstance(given, dict):
        raise MalformedError(f"{where}: needed an object")
    found = {tuple(_integer(w, where) for w in key.split(" ")): x for key, x in given.items()}
    if len(found) < len(given):
        raise MalformedError(f"{where}: a place is named twice")
    return found


def assumption(given: object) -> tuple[str, Fraction | None]:
    """A name and its parameter."""
    name, equals, parameter = str(given).partition("=")
    if isinstance(given, str) and equals and name in PARAMETRISED:
        value = _number(parameter, f"class.assumptions, {name}")
        if value >= 0:
            return name, value
    if isinstance(given, str) and not equals and name in KNOWN:
        return name, None
    raise MalformedError(f"class.assumptions: unknown {given!r:.60}")
