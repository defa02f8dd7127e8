"""What is asked: a class of games, and a gap to reach in it or a claim to break."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

from nashgap.numeric.numbers import exact, text
from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.claim import parse_claim
from nashgap.theory.errors import BadInput

from .checkers.common import IMPLY_NASH, NAMES, PARAMETRISED
from .parts import Parts
from .problem import Threshold

MATCHINGS = ("rho", "mu", "bc")
LARGEST = 1_000_000
"""Entries that the tables of one game of a class may have."""
MOST_PLAYERS, MOST_STATES = 20, 64


@dataclass(frozen=True)
class GameClass:
    r"""The games that a query speaks of.

    Attributes:
        players: \(n\).
        states: \(S\).
        actions: \((A_1,\dots,A_n)\).
        discount: \(\gamma\in[0,1)\).
        assumptions: matching, expert concept and structure, each as it is written.
    """

    players: int
    states: int
    actions: tuple[int, ...]
    discount: Fraction
    assumptions: tuple[Assumption, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The assumptions' names."""
        return frozenset(a.name for a in self.assumptions)

    @property
    def visited(self) -> int | None:
        """How many states the expert visits, where the assumptions say so."""
        found = (a.parameter for a in self.assumptions if a.name == "visited")
        count = next(found, None)
        return None if count is None else int(count)

    @property
    def is_nash(self) -> bool:
        """Whether the assumptions make the expert a Nash equilibrium from the start."""
        return bool(self.names & IMPLY_NASH)

    def certified(self) -> dict[str, Any]:
        """The class as a certificate names it.

        It may be a wider one: assumptions that no checker reads are left out.
        """
        read = NAMES | PARAMETRISED
        kept = tuple(a for a in self.assumptions if a.name in read)
        return replace(self, assumptions=kept).json()

    def json(self) -> dict[str, Any]:
        """The class with all its assumptions."""
        return {
            "players": self.players,
            "states": self.states,
            "actions": list(self.actions),
            "discount": text(self.discount),
            "assumptions": [a.text for a in self.assumptions],
            "rewards": ["-1", "1"],
            "start": "any",
        }


@dataclass(frozen=True)
class Query:
    r"""A question to `nashgap.search.engine.search`.

    Args:
        match: what the learner matches: "rho" or "mu" exactly, or "bc" up to `eps`.
        assume: comma-separated assumptions, or a sequence of them.
        players: \(n\ge1\).
        states: \(S\ge1\).
        actions: one count for all players, or one a player.
        gamma: the discount, rational, in [0, 1).
        gap_at_least: the Nash gap to reach, a discounted sum.
        strict: exceed it instead.
        claim: a claim to break, in the claim language.
        player: the one player who exploits; by default whoever gains most.
        fix: parts of the game that are given, or None.
        eps: with "bc", the most that any player's behavioural-cloning error may be, in [0, 2].

    Raises:
        BadInput: a value of the wrong kind or out of range, or sizes beyond all reach.

    Example:
        >>> query = Query(states=3, gamma="9/10", gap_at_least=18)
        >>> query.actions, query.threshold, [a.text for a in query.game_class.assumptions]
        ((2, 2), Threshold(value=Fraction(18, 1), strict=False), ['match-rho', 'nash'])
    """

    match: str = "rho"
    assume: str | Sequence[str] = "nash"
    players: int = 2
    states: int = 2
    actions: int | Sequence[int] = 2
    gamma: Fraction | str | int | float = Fraction(9, 10)
    gap_at_least: Fraction | str | int | float | None = None
    strict: bool = False
    claim: str | None = None
    player: int | None = None
    eps: Fraction | str | int | float | None = None
    fix: Parts | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        self._check_matching()
        if self.eps is not None:
            put(self, "eps", exact(self.eps, "eps"))
        for where, count in (("players", self.players), ("states", self.states)):
            _positive(count, where)
        if self.players > MOST_PLAYERS:
            raise BadInput("players", f"given {self.players}", f"at most {MOST_PLAYERS}")
        put(self, "actions", _actions(self.actions, self.players))
        _check_size(self.players, self.states, self._actions)
        gamma = exact(self.gamma, "gamma")
        if not 0 <= gamma < 1:
            raise BadInput("gamma", f"given {self.gamma}", "a number in [0, 1)")
        put(self, "gamma", gamma)
        put(self, "assume", _joined(self.assume))
        if self.gap_at_least is not None:
            put(self, "gap_at_least", exact(self.gap_at_least, "gap_at_least"))
        self._check_goal()
        _check_fits(self.game_class)
        erring = [a.parameter for a in self.game_class.assumptions if a.name == "match-bc"]
        if self.eps is not None and erring != [self.eps]:
            given = f"eps {self.eps} and the assumption match-bc={erring[0]}"
            raise BadInput("eps", given, "one bound on eps_BC")

    def _check_matching(self) -> None:
        if self.match not in MATCHINGS:
            raise BadInput("match", f"given {self.match!r:.60}", f"one of {', '.join(MATCHINGS)}")
        if (self.match == "bc") != (self.eps is not None):
            if self.eps is None:
                raise BadInput("eps", "missing", "with --match bc a bound on eps_BC: --eps 1/10")
            raise BadInput("eps", f"given with match {self.match}", "match bc, or no eps")

    def _check_goal(self) -> None:
        if self.gap_at_least is not None and self.claim is not None:
            raise BadInput("query", "given both gap_at_least and claim", "one of them")
        if self.claim is not None:
            parse_claim(self.claim)
        if self.player is not None and self.claim is not None:
            needed = "a claim, which is about every player, or one player with gap_at_least"
            raise BadInput("player", "given with a claim", needed)
        if self.player is not None and self.player not in range(self.players):
            raise BadInput("player", f"given {self.player}", f"0 to {self.players - 1}")

    def __repr__(self) -> str:
        given = ((field.name, field.default, getattr(self, field.name)) for field in fields(self))
        said = (
            f"{name}={text(value)!r}" if isinstance(value, Fraction) else f"{name}={value!r}"
            for name, default, value in given
            if value != default and not (name == "actions" and set(value) == {default})
        )
        return f"Query({', '.join(said)})"

    @cached_property
    def game_class(self) -> GameClass:
        """The class of games, with the matching among its assumptions."""
        given = parse_assumptions(self.assume)
        matching = f"match-bc={self.eps}" if self.match == "bc" else f"match-{self.match}"
        if all(a.name != matching.partition("=")[0] for a in given):
            given = (*parse_assumptions(matching), *given)
        return GameClass(self.players, self.states, self._actions, self._gamma, given)

    @cached_property
    def threshold(self) -> Threshold | None:
        """The gap to reach, where one was given as a number."""
        if self.gap_at_least is None:
            return None
        return Threshold(exact(self.gap_at_least, "gap_at_least"), self.strict)

    @property
    def _actions(self) -> tuple[int, ...]:
        return _actions(self.actions, self.players)

    @property
    def _gamma(self) -> Fraction:
        return exact(self.gamma, "gamma")


def _joined(assume: object) -> str:
    if isinstance(assume, str):
        return assume
    if isinstance(assume, Sequence) and all(isinstance(word, str) for word in assume):
        return ",".join(assume)
    raise BadInput("assume", f"given {assume!r:.60}", 'words such as "nash,zero-sum", or a list')


def _positive(count: object, where: str) -> int:
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise BadInput(where, f"given {count!r:.60}", "an integer of at least 1")
    return count


def _actions(given: int | Sequence[int], players: int) -> tuple[int, ...]:
    if isinstance(given, str):
        raise BadInput("actions", f"given {given!r:.60}", "an integer, or one a player")
    if not isinstance(given, Sequence):
        _positive(given, "actions")
        return (given,) * players
    if len(given) != players:
        raise BadInput("actions", f"{len(given)} counts", f"one for each of {players} players")
    return tuple(_positive(count, f"actions[{i}]") for i, count in enumerate(given))


def _check_size(players: int, states: int, actions: tuple[int, ...]) -> None:
    shape = f"{players} players, {states} states"
    if states > MOST_STATES:
        raise BadInput("states", f"given {states}", f"at most {MOST_STATES}")
    if states * prod(actions) * max(players, states) > LARGEST:
        raise BadInput("query", shape, f"a shape whose games have at most {LARGEST} entries")


def _check_fits(game_class: GameClass) -> None:
    for name in sorted(game_class.names & {"zero-sum", "symmetric"}):
        if game_class.players != 2:
            raise BadInput(
                "assumptions", f"{name} with {game_class.players} players", "two players"
            )
    for count in (a.parameter for a in game_class.assumptions if a.name == "visited"):
        if count not in range(1, game_class.states + 1):
            raise BadInput("assumptions", f"visited={count}", f"1 to {game_class.states} states")
    if "symmetric" in game_class.names and len(set(game_class.actions)) > 1:
        given = f"symmetric with action counts {list(game_class.actions)}"
        raise BadInput("assumptions", given, "as many actions for both players")
