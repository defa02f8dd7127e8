r"""The checker of "empty" certificates: assumptions that no game has together.

Terms and statement are those of `common`. The certificate names its class and no more; one of the
following contradictions must be found in it. An empty class reaches no gap at all, so any threshold
is excluded. "Strict" stands for `strict-nash` or `margin=m` with m > 0: at a visited state every
other action of the expert's players must be worse there, or be worth less from the start.

1. `alternating`: the owner changes with every step, so no state follows itself, and two owners are
   needed. With one state, or one player, or `reset=b` for some b > 0 (the start follows itself with
   probability b or more), or \(\gamma>0\) and `visited=1` (the expert stays) there is no such game.
2. `turn-based` or `alternating`, strict: at a visited state at most one player's action matters. If
   two players have two actions, one of them has a second action there that leads to the same and
   brings the same as the expert's; so it is not worse.
3. `zero-sum` with common payoffs (`common-payoff`, `team-optimal`), strict: all rewards are 0, and
   so are all values; a player with two actions has none that is worse.
4. `state-rewards` with one state, strict: every action leads to the same and brings the same.
5. `margin=m` with \(m>2/(1-\gamma)\), if a player has two actions: values lie in
   \([-1/(1-\gamma),1/(1-\gamma)]\).
6. `full-support` with `visited=k`, \(k<S\).
7. `deterministic` with `reset=b`, b > 0, or `reset=1`: every row leads to the one start, so it
   alone is visited; `full-support` with two states or `visited=k`, \(k\ge2\), contradict that.
"""

from collections.abc import Iterator

from .common import MalformedError, Statement, statement

ENCODING = "empty"


def check(raw: object) -> tuple[str, ...]:
    """The reasons why a certificate is false; none if it is true.

    Raises:
        MalformedError: it is not a certificate of this kind at all.
    """
    said = statement(raw, ENCODING)
    if said.cases:
        raise MalformedError("cases: needed none")
    return () if any(contradictions(said)) else ("no contradiction among the assumptions",)


def contradictions(said: Statement) -> Iterator[bool]:
    """Those of the docstring, in its order."""
    names, able = said.names.keys(), sum(count > 1 for count in said.actions)
    margin, reset = said.names.get("margin", 0), said.names.get("reset", 0)
    strict = "strict-nash" in names or margin > 0
    alone = said.states == 1 or len(said.actions) == 1
    stays = said.names.get("visited") == 1 and said.discount > 0
    yield "alternating" in names and (alone or reset > 0 or stays)
    yield bool(names & {"turn-based", "alternating"}) and strict and able > 1
    common = bool(names & {"common-payoff", "team-optimal"})
    yield "zero-sum" in names and common and strict and able > 0
    yield "state-rewards" in names and said.states == 1 and strict and able > 0
    yield margin > 2 / (1 - said.discount) and able > 0
    visited = said.names.get("visited", said.states)
    yield "full-support" in names and visited < said.states
    several = visited > 1 if "visited" in names else said.states > 1 and "full-support" in names
    yield several and (reset == 1 or ("deterministic" in names and reset > 0))
