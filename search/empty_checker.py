r"""The checker of "empty" certificates: assumptions that no game has together.

Like `checker`: the standard library alone, nothing of the search. The certificate names its class
and no more; one of the following contradictions must be found in it. What its reader must follow:

1. `alternating`: the owner changes with every step, so no state follows itself, and two owners are
   needed. With one state, or one player, or `reset=b` for some b > 0 (the start follows itself with
   probability b at least) there is no such game.
2. `turn-based` or `alternating`: at a visited state at most one player's action matters. If two
   players have two actions, one of them has a second action there that leads to the same and brings
   the same as the expert's: it is not worse by `margin=m`, m > 0, nor strictly worse
   (`strict-nash`).
3. `zero-sum` with common payoffs (`common-payoff`, `team-optimal`): all rewards are 0, and so are
   all values; a player with two actions has none that is worse.
4. `state-rewards` with one state: every action leads to the same and brings the same.
5. `margin=m` with \(m>2/(1-\gamma)\), if a player has two actions: values lie in
   \([-1/(1-\gamma),1/(1-\gamma)]\).
6. `full-support` with `visited=k`, \(k<S\).
7. `deterministic` with `reset=b`, b > 0, or `reset=1`: every row leads to the one start, so it
   alone is visited; `full-support` with two states or `visited=k`, \(k\ge2\), contradict that.

An empty class reaches no gap at all, so any threshold is excluded.
"""

from collections.abc import Iterator
from fractions import Fraction

from .checker import FORMAT, MalformedError, _assumption, _integer, _list, _number, _object

ENCODING = "empty"


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    top = _object(raw, "certificate", {"format", "class", "excludes", "encoding", "cases"})
    if top["format"] != FORMAT or top["encoding"] != ENCODING:
        raise MalformedError(f"format, encoding: needed {FORMAT!r}, {ENCODING!r}")
    if _list(top["cases"], "cases"):
        raise MalformedError("cases: needed none")
    excludes = _object(top["excludes"], "excludes", {"gap", "strict"}, {"player"})
    _number(excludes["gap"], "excludes.gap")
    if not isinstance(excludes["strict"], bool):
        raise MalformedError("excludes.strict: needed true or false")
    said = _Class(top["class"])
    if "player" in excludes and _integer(excludes["player"], "player") >= len(said.actions):
        raise MalformedError("excludes.player: no such player")
    return () if any(said.contradictions()) else ("no contradiction among the assumptions",)


class _Class:
    """The class, read strictly."""

    def __init__(self, raw: object) -> None:
        keys = {"players", "states", "actions", "discount", "assumptions", "rewards", "start"}
        given = _object(raw, "class", keys)
        self.actions = [_integer(a, "class.actions") for a in _list(given["actions"], "actions")]
        self.states = _integer(given["states"], "class.states")
        self.discount = _number(given["discount"], "class.discount")
        if not self.actions or len(self.actions) != _integer(given["players"], "class.players"):
            raise MalformedError("class.actions: needed one count a player")
        if min([self.states, *self.actions]) < 1 or not 0 <= self.discount < 1:
            raise MalformedError("class: needed sizes of at least 1 and a discount in [0, 1)")
        sizes = [_number(r, "class.rewards") for r in _list(given["rewards"], "class.rewards")]
        if sizes != [-1, 1] or given["start"] != "any":
            raise MalformedError('class: needed rewards ["-1", "1"] and start "any"')
        self.names: dict[str, Fraction] = {}
        for text in _list(given["assumptions"], "class.assumptions"):
            name, parameter = _assumption(text)
            self.names[name] = parameter or Fraction(0)

    def contradictions(self) -> Iterator[bool]:
        """Those of the docstring, in its order."""
        names, able = set(self.names), sum(count > 1 for count in self.actions)
        margin, reset = self.names.get("margin", Fraction(0)), self.names.get("reset", Fraction(0))
        strict = "strict-nash" in names or margin > 0
        alone = self.states == 1 or len(self.actions) == 1
        yield "alternating" in names and (alone or reset > 0)
        yield bool(names & {"turn-based", "alternating"}) and strict and able > 1
        common = bool(names & {"common-payoff", "team-optimal"})
        yield "zero-sum" in names and common and strict and able > 0
        yield "state-rewards" in names and self.states == 1 and strict and able > 0
        yield margin > 2 / (1 - self.discount) and able > 0
        visited = self.names.get("visited", Fraction(self.states))
        yield "full-support" in names and visited < self.states
        several = visited > 1 if "visited" in names else self.states > 1 and "full-support" in names
        yield several and (reset == 1 or ("deterministic" in names and reset > 0))
