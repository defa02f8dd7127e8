"""What a "pair" certificate states: the class, its rules, what must be covered; read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from ..checker import IMPLY_NASH, MalformedError, _integer, _list, _number, _object

KNOWN = IMPLY_NASH | {
    "match-rho", "match-mu", "full-support", "zero-sum", "common-payoff", "symmetric", "turn-based",
    "alternating", "state-rewards", "own-rewards", "uniform-off-support", "deterministic", "pure",
}  # fmt: skip
PARAMETRISED = frozenset({"margin", "reset", "entry", "visited"})
MOST = 10**5
ONE = Fraction(1)


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


class Statement:
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
        """The rules that the class has for one player."""
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
        """Player, number of visited states and what is whose, of every case."""
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
