"""What the atlas asks: the classes, their shapes, discounts and parameters, cheap ones first."""

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..query import Query

FOUR = ("1/2", "3/4", "9/10", "99/100")
SIX = (*FOUR, "2/3", "4/5")
TEN = (*SIX, "3/5", "7/8", "7/10", "5/6")
FIVE = (*FOUR, "2/3")
EIGHT = ("1/2", "3/4", "9/10", "4/5", "2/3", "3/5", "1/3", "7/10")
TWENTY = (
    *TEN, "1/4", "1/3", "2/5", "3/8", "9/20", "19/20", "14/15", "15/16", "24/25", "97/100",
)  # fmt: skip
"""Enough for two formulas, one below and one above some discount."""
B = ("1/4", "1/3", "1/2", "2/5")
STRUCTURES = ("", "zero-sum", "common-payoff", "turn-based")
SMALLER = (
    "nash,state-rewards",
    "nash,own-rewards",
    "nash,symmetric",
    "nash,alternating",
    "subgame-perfect,turn-based,common-payoff",
    "nash,uniform-off-support",
)
HARD = ("nash,own-rewards", "nash,uniform-off-support")
"""Whose supremum at two states is irrational at large discounts and rational at small ones."""
NOTHING = ("dominant", "team-optimal,common-payoff", "nash,full-support")
"""Classes in which exact matching leaves nothing to exploit."""
ALSO = ("nash,deterministic,pure", "strict-nash")
PARAMETRISED = ("nash,reset=", "nash,entry=", "nash,margin=", "subgame-perfect,margin=")
PLAIN = ("state-rewards", "own-rewards", "uniform-off-support", "alternating")
OPEN = ("reset=", "entry=", "margin=")
EMPTY = ({"reset=", "alternating"}, {"margin=", "alternating"})
"""Without a game: such a start cannot alternate, and only one player's action matters."""


def plan() -> Iterator[Query]:
    """Every question of the atlas."""
    for states, expert, structure in itertools.product(
        (2, 3, 4), ("nash", "subgame-perfect"), STRUCTURES
    ):
        yield from _at(SIX, ",".join(filter(None, (expert, structure))), states)
    for states in (5, 6):
        yield from _at(FOUR, "nash", states)
    for states, assume in itertools.product((2, 3), (*NOTHING, *ALSO)):
        yield from _at(SIX, assume, states)
    for states in (2, 3):
        yield from _at(SIX, "nash", states, players=3)
        yield from _at(SIX, "nash", states, actions=3)
    yield from _at(FOUR, "nash,deterministic,pure", 8, players=4, actions=4)
    for assume in SMALLER:
        yield from _at(TEN, assume, 3)
    for assume in PARAMETRISED:
        yield from _with(SIX, (assume,), 3)
    for one, other in itertools.combinations(PLAIN, 2):
        yield from _at(TEN, f"nash,{one},{other}", 3)
    for one, other in itertools.product(OPEN, PLAIN):
        if {one, other} not in EMPTY:
            yield from _with(SIX, (f"nash,{other},{one}",), 3)
    yield from _with(("3/5",), ("nash,uniform-off-support,margin=",), 3)
    for one, other in itertools.combinations(OPEN, 2):
        yield from _with(FIVE, (f"nash,{one}", f",{other}"), 3)
    yield from _matched_states()
    for assume in SMALLER:
        yield from _at(TWENTY if assume in HARD else TEN, assume, 2)
    for assume in PARAMETRISED:
        yield from _with(SIX, (assume,), 2)
    for assume in SMALLER:
        yield from _at(SIX, assume, 4)
    for states in (5, 6):
        yield from _at(SIX, "nash,state-rewards", states)
    yield from _at(TEN, "nash,state-rewards,alternating", 4)
    yield from _small_errors()


def _matched_states() -> Iterator[Query]:
    for states, kernel in itertools.product((1, 2, 3), ("", ",deterministic")):
        yield from _at(FOUR, f"nash,full-support{kernel}", states, match="mu")


def _small_errors() -> Iterator[Query]:
    """At larger discounts than these an error of 1/10 allows any gap."""
    for states in (2, 3):
        yield from _at(EIGHT, "dominant", states, match="bc", eps="1/10")


def _with(
    discounts: Sequence[str], parts: Sequence[str], states: int, values: Sequence[str] = B
) -> Iterator[Query]:
    """The class with every value of its open parameters."""
    for chosen in itertools.product(values, repeat=len(parts)):
        assume = "".join(part + x for part, x in zip(parts, chosen, strict=True))
        yield from _at(discounts, assume, states)


def _at(
    discounts: Sequence[str],
    assume: str,
    states: int,
    *,
    match: str = "rho",
    players: int = 2,
    actions: int = 2,
    eps: str | None = None,
) -> Iterator[Query]:
    for gamma in discounts:
        yield Query(
            match=match,
            assume=assume,
            players=players,
            states=states,
            actions=actions,
            gamma=Fraction(gamma),
            eps=eps,
        )
