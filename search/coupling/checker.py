r"""The checker of certificates for matched states and for small errors: no solver, no search.

A certificate states that in no game of its class some player \(i\) gains more than \(c\) (strict),
or \(c\) or more, over the learner's policy. The class: any number of states, any kernel, any
stationary product policies, rewards in \([-1,1]\), any start; so it holds for every smaller class.
The checker makes the rows below from the statement and checks that the given multipliers, of any
sign for equations and otherwise at least 0, add them up to \(0\le-d\) with \(d>0\), or \(0<-d\),
\(d\ge0\), where "asked" has a share and is strict. What its reader must follow is this argument.

Profiles: \(C=(e_i,e_o)\) the expert, \(B=(p_i,p_o)\) the learner, \(A=(b_i,p_o)\) with \(b_i\) a
best response to the learner's opponents. The gain is \(V^A(\nu)-V^B(\nu)\), all values of player i.

**"mu-any-kernel"**, equal state occupancies \(\mu\). \(W=V^A(\nu)\), \(V=V^B(\nu)\), both in
\([-1/(1-\gamma),1/(1-\gamma)]\), and so are "Wn", "Vn", their means one step later.

- "alone": \(W=V\) if i has one action. Also if rewards depend on the state alone (then
  \(V^B(\nu)=\mu\cdot r/(1-\gamma)=V^C(\nu)\)) and \(V^A(\nu)\le V^C(\nu)\): the expert is
  team-optimal, or Nash while no other player has two actions.
- "next": \(W-V=\gamma(\mathrm{Wn}-\mathrm{Vn})\) if rewards depend on the state alone: the first
  rewards are equal.

**"bc-any-kernel"**, each \(\mathbb E_{\mu_{\pi^E}}\|p_j-e_j\|_1\le e\). Let \(H=2/(1-\gamma)\), the
largest difference of two values, \(u=e/(2(1-\gamma))\), and \(m\) the number of other players with
two actions. Run A, B, C together from one start: at a common state draw each player's actions for
\(e_j\) and \(p_j\) so that they agree with the greatest probability, \(1-\|p_j-e_j\|_1/2\); while
all agree (and \(b_i\) too, where it is used) the three stay at a common state, which the expert
visits. The weight of an event at time t is \(\gamma^t\) times its probability. The first
disagreement of \(e\) and \(p\) by player j happens on the expert's own path, so its weight is at
most \(\sum_t\gamma^t\Pr=\mathbb E_{\mu_{\pi^E}}\|p_j-e_j\|_1/(2(1-\gamma))\le u\); first events of
different kinds exclude each other, so their weights add up to at most 1. All variables lie in
\([0,1]\); "gain" is the gain divided by H.

- "alone": gain = 0 if i has one action.
- Dominant: \(b_i=e_i\). "x": i disagrees first; the rest differs by at most H. "y": others disagree
  first while i agrees: A and B play the same action once more, then differ by at most \(\gamma H\).
  "gain dominant": gain \(\le x+\gamma y\).
- Team-optimal, or Nash with \(m=0\): \(V^A(\nu)\le V^C(\nu)\), and C and B differ by at most H from
  the first disagreement on. "gain expert": gain \(\le x+y\).
- Both: "own": \(x\le u\); "others": \(y\le mu\); "first": \(x+y\le1\).
- Nash: draw \(b_i\) with them: where the draws of \(e_i,p_i\) agree it agrees as often as it can;
  else it is drawn from what is left of \(b_i\), whatever the others drew. Until the first of these
  events: "x1": i's \(e,p\) disagree, then at most H. "y1": all of i's agree and others disagree,
  then at most \(\gamma H\), as above. \(b_i\) departs while \(e_i=p_i\): "d" if the others agree,
  "z" if not. A departure happens at a state that the expert visits, where each action of the expert
  is optimal against its opponents and the departure's is at best as good: with Q that optimal
  value against \(e_o\), the rest of A minus the rest of B is at most [A's rest - Q of the
  departure] + [Q of \(e_i\) - B's rest]. The first bracket is at most \(\gamma H\) in d, where the
  same joint action is played, and H in z. The second is at most H in z; in d it is the difference
  of C and B one step later, at a visited state, at most H from their next disagreement on: "x2" by
  i, "y2" by others. "gain nash": gain \(\le x_1+\gamma y_1+\gamma d+2z+x_2+y_2\). "own nash":
  \(x_1+x_2\le u\); "others nash": \(y_1+z+y_2\le mu\), each being part of the first disagreement of
  \(e\) and \(p\). "first nash": \(x_1+y_1+d+z\le1\). "after": \(x_2+y_2\le\gamma d\).

The expert is Nash under each of the concepts named.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ..checker import (
    FORMAT,
    IMPLY_NASH,
    KNOWN,
    MalformedError,
    _integer,
    _list,
    _number,
    _object,
)

ENCODINGS = frozenset({"mu-any-kernel", "bc-any-kernel"})
Row = tuple[dict[str, Fraction], Fraction, bool]
"""Coefficients, bound, whether an equation."""


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    top = _object(raw, "certificate", {"format", "class", "excludes", "encoding", "cases"})
    if top["format"] != FORMAT:
        raise MalformedError(f"format: needed {FORMAT!r}")
    said = _Statement(top)
    missing = set(said.players)
    reasons: list[str] = []
    for number, item in enumerate(_list(top["cases"], "cases")):
        where = f"cases[{number}]"
        case = _object(item, where, {"players", "leaf"})
        for written in _list(case["players"], f"{where}.players"):
            player = _integer(written, f"{where}.players")
            if player not in missing:
                reasons.append(f"{where}: player {player} is not to be shown")
                continue
            missing.discard(player)
            fault = _fault(said, said.rows(player), case["leaf"], f"{where}.leaf")
            if fault:
                reasons.append(f"{where}, player {player}: {fault}")
    reasons += [f"player {player} is not covered" for player in sorted(missing)[:9]]
    return tuple(reasons)


class _Statement:
    """The class and the threshold, read strictly."""

    NEEDED: Mapping[str, str] = {"mu-any-kernel": "match-mu", "bc-any-kernel": "match-bc"}
    """Encodings, and the assumption that each is for."""

    def __init__(self, top: Mapping[str, Any]) -> None:
        keys = {"players", "states", "actions", "discount", "assumptions", "rewards", "start"}
        given = _object(top["class"], "class", keys)
        self.actions = [_integer(a, "class.actions") for a in _list(given["actions"], "actions")]
        self.discount = _number(given["discount"], "class.discount")
        self.states = _integer(given["states"], "class.states")
        if not self.actions or len(self.actions) != _integer(given["players"], "class.players"):
            raise MalformedError("class.actions: needed one count a player")
        if min(self.states, *self.actions) < 1 or not 0 <= self.discount < 1:
            raise MalformedError("class: needed sizes of at least 1 and a discount in [0, 1)")
        rewards = [_number(r, "class.rewards") for r in _list(given["rewards"], "class.rewards")]
        if rewards != [-1, 1]:
            raise MalformedError('class.rewards: needed ["-1", "1"]')
        if given["start"] != "any":
            raise MalformedError('class.start: needed "any"')
        self.names: dict[str, Fraction | None] = {}
        for text in _list(given["assumptions"], "class.assumptions"):
            name, parameter = _assumption(text)
            self.names[name] = parameter
        self.encoding = top["encoding"]
        if not isinstance(self.encoding, str) or self.encoding not in self.NEEDED:
            raise MalformedError(f"encoding: needed one of {sorted(self.NEEDED)}")
        needed = self.NEEDED[self.encoding]
        if needed not in self.names:
            raise MalformedError(f"encoding: its rows need the assumption {needed}")
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

    def rows(self, player: int) -> dict[str, Row]:
        """Every row in force for an exploiting player."""
        others = sum(a > 1 for j, a in enumerate(self.actions) if j != player)
        alone = self.actions[player] == 1
        if self.encoding == "mu-any-kernel":
            return self.mu_rows(alone, others)
        return self.bc_rows(alone, others)

    def mu_rows(self, alone: bool, others: int) -> dict[str, Row]:
        one, g, names = Fraction(1), self.discount, set(self.names)
        rows = _box(("W", "V", "Wn", "Vn"), -1 / (1 - g), 1 / (1 - g))
        rows["asked"] = {"W": -one, "V": one}, -self.gap, False
        by_state = "state-rewards" in names
        optimal = "team-optimal" in names or (bool(names & IMPLY_NASH) and not others)
        if alone or (by_state and optimal):
            rows["alone"] = {"W": one, "V": -one}, Fraction(0), True
        if by_state:
            rows["next"] = {"W": one, "V": -one, "Wn": -g, "Vn": g}, Fraction(0), True
        return rows

    def bc_rows(self, alone: bool, others: int) -> dict[str, Row]:
        one, zero, g, names = Fraction(1), Fraction(0), self.discount, set(self.names)
        error = self.names["match-bc"]
        if error is None or error < 0:
            raise MalformedError("class.assumptions: needed match-bc=e with e at least 0")
        u = error / (2 * (1 - g))
        rows = _box(("gain", "x", "y", "x1", "y1", "d", "z", "x2", "y2"), zero, one)
        rows["asked"] = {"gain": -2 / (1 - g)}, -self.gap, False
        if alone:
            rows["alone"] = {"gain": one}, zero, True
        rows["own"] = {"x": one}, u, False
        rows["others"] = {"y": one}, others * u, False
        rows["first"] = {"x": one, "y": one}, one, False
        if "dominant" in names:
            rows["gain dominant"] = {"gain": one, "x": -one, "y": -g}, zero, False
        is_nash = bool(names & IMPLY_NASH)
        if "team-optimal" in names or (is_nash and not others):
            rows["gain expert"] = {"gain": one, "x": -one, "y": -one}, zero, False
        if is_nash:
            parts = {"x1": -one, "y1": -g, "d": -g, "z": Fraction(-2), "x2": -one, "y2": -one}
            rows["gain nash"] = {"gain": one, **parts}, zero, False
            rows["own nash"] = {"x1": one, "x2": one}, u, False
            rows["others nash"] = {"y1": one, "z": one, "y2": one}, others * u, False
            rows["first nash"] = {"x1": one, "y1": one, "d": one, "z": one}, one, False
            rows["after"] = {"x2": one, "y2": one, "d": -g}, zero, False
        return rows


def _fault(said: _Statement, rows: Mapping[str, Row], given: object, where: str) -> str | None:
    """Adds up the rows times their multipliers; None if that is a contradiction."""
    if not isinstance(given, dict):
        raise MalformedError(f"{where}: needed an object of multipliers")
    total: dict[str, Fraction] = {}
    right, strict = Fraction(0), False
    for name, written in given.items():
        y = _number(written, f"{where}.{name}")
        if name not in rows:
            return f"{name!r} is no row in force here"
        terms, bound, equation = rows[name]
        if y < 0 and not equation:
            return f"{name!r} has a negative multiplier"
        strict = strict or (name == "asked" and said.strict and y > 0)
        right += y * bound
        for variable, c in terms.items():
            total[variable] = total.get(variable, Fraction(0)) + y * c
    if any(total.values()):
        return "the variables do not cancel"
    return None if right < 0 or (right == 0 and strict) else f"the sum reads 0 <= {right}"


def _box(variables: tuple[str, ...], low: Fraction, high: Fraction) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for x in variables:
        rows[f"low {x}"] = {x: Fraction(-1)}, -low, False
        rows[f"high {x}"] = {x: Fraction(1)}, high, False
    return rows


def _assumption(given: object) -> tuple[str, Fraction | None]:
    name, equals, parameter = str(given).partition("=")
    if (
        isinstance(given, str)
        and equals
        and name in ("margin", "reset", "entry", "match-bc", "visited")
    ):
        return name, _number(parameter, f"class.assumptions, {name}")
    if isinstance(given, str) and not equals and name in KNOWN:
        return name, None
    raise MalformedError(f"class.assumptions: unknown {given!r:.60}")
