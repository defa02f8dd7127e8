r"""What a certificate states, and how it is read; `sums` says how its proof is added up.

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
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

FORMAT = "nashgap/certificate/1"
IMPLY_NASH = frozenset({"nash", "strict-nash", "subgame-perfect", "dominant", "team-optimal"})
NAMES = IMPLY_NASH | {
    "match-rho", "match-mu", "full-support", "zero-sum", "common-payoff", "symmetric", "turn-based",
    "alternating", "state-rewards", "own-rewards", "uniform-off-support", "deterministic", "pure",
}  # fmt: skip
PARAMETRISED = frozenset({"margin", "reset", "entry", "match-bc", "visited"})
CLASS = frozenset({"players", "states", "actions", "discount", "assumptions", "rewards", "start"})
ZERO, ONE = Fraction(0), Fraction(1)


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
        raise MalformedError("class.assumptions: needed each once, zero-sum or symmetric for two")
    if "symmetric" in names and len(set(actions)) > 1:
        raise MalformedError("class.actions: needed as many for both, as it is symmetric")
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
