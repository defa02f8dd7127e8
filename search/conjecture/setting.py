"""What is conjectured, and of which games: a claim, assumptions, and the flags that were given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from nashgap.numeric.game import MarkovGame
from nashgap.numeric.numbers import exact, text
from nashgap.search.implications import consequences
from nashgap.search.query import Query
from nashgap.theory.assumptions import Assumption, parse_assumptions
from nashgap.theory.claim import Claim, parse_claim
from nashgap.theory.errors import BadInput

PLAYERS, STATES, ACTIONS, GAMMA = 2, 2, 2, Fraction(9, 10)
"""Where to search and rule out what is not given."""
_ENOUGH = 3
"""A count at which every misfit of shape and assumptions shows."""
_MATCHINGS = ("match-rho", "match-mu", "match-bc")


@dataclass(frozen=True)
class Setting:
    r"""A conjecture. A flag that is given restricts the claim; None does not.

    Attributes:
        claim: the claim.
        assumptions: what it assumes.
        players: n.
        states: S.
        actions: one count for every player, or one each.
        gamma: the discount.
    """

    claim: Claim
    assumptions: tuple[Assumption, ...]
    players: int | None = None
    states: int | None = None
    actions: int | tuple[int, ...] | None = None
    gamma: Fraction | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all assumptions and of what follows from them without a parameter."""
        return frozenset((*consequences(self.assumptions), *(a.name for a in self.assumptions)))

    @property
    def fixed(self) -> Mapping[str, Fraction]:
        """The numbers that the claim is restricted to, by the names of the claim language."""
        found = {} if self.gamma is None else {"gamma": self.gamma}
        return found if self.players is None else found | {"n": Fraction(self.players)}

    @property
    def is_one_shape(self) -> bool:
        """Whether every flag is given."""
        return None not in (self.players, self.states, self.actions, self.gamma)

    @property
    def matching(self) -> Assumption | None:
        """What the learner is assumed to match, the strongest of it."""
        by_name = {a.name: a for a in self.assumptions}
        return next((by_name[name] for name in _MATCHINGS if name in by_name), None)

    def actions_of(self, players: int) -> tuple[int | None, ...]:
        """The number of actions of each player where it is given."""
        if isinstance(self.actions, tuple):
            return self.actions
        return (self.actions,) * players

    def admits(self, game: MarkovGame) -> bool:
        """Whether a game has the shape that is given."""
        return (
            self.players in (None, game.players)
            and self.states in (None, game.num_states)
            and self.gamma in (None, game.discount)
            and all(
                wanted in (None, count)
                for wanted, count in zip(
                    self.actions_of(game.players), game.num_actions, strict=True
                )
            )
        )

    def without(self, dropped: Assumption) -> "Setting":
        """The same claim with one assumption less."""
        left = tuple(a for a in self.assumptions if a.text != dropped.text)
        return Setting(self.claim, left, self.players, self.states, self.actions, self.gamma)

    @property
    def query(self) -> Query:
        """The shape as a query of the search engine, the defaults put in.

        Where no matching is assumed, the engine's games match exactly: they may refute the claim,
        while to rule them out says nothing of the others.

        Raises:
            BadInput: the shape does not fit the assumptions, or is beyond reach.
        """
        matching = self.matching
        word = "rho" if matching is None else matching.name.removeprefix("match-")
        return Query(
            match=word,
            eps=matching.parameter if matching is not None and word == "bc" else None,
            assume=[a.text for a in self.assumptions],
            players=PLAYERS if self.players is None else self.players,
            states=STATES if self.states is None else self.states,
            actions=ACTIONS if self.actions is None else self.actions,
            gamma=GAMMA if self.gamma is None else self.gamma,
            claim=self.claim.text,
        )

    def json(self) -> dict[str, Any]:
        """The games that the claim speaks of; "any" where no flag restricts it."""

        def shown(value: Any) -> Any:
            return "any" if value is None else value

        actions = list(self.actions) if isinstance(self.actions, tuple) else self.actions
        return {
            "players": shown(self.players),
            "states": shown(self.states),
            "actions": shown(actions),
            "discount": "any" if self.gamma is None else text(self.gamma),
            "assumptions": [a.text for a in self.assumptions],
            "rewards": ["-1", "1"],
            "start": "any",
        }


def setting(
    claim: str,
    assume: str | Sequence[str],
    *,
    players: int | None = None,
    states: int | None = None,
    actions: int | Sequence[int] | None = None,
    gamma: object = None,
) -> Setting:
    """Reads a conjecture.

    Raises:
        BadInput: a claim or an assumption that cannot be read, a shape that is none or does not fit
            the assumptions.

    Example:
        >>> found = setting("NashGap <= eps_BC", "dominant", players=2, gamma="9/10")
        >>> dict(found.fixed), sorted(found.names)
        ({'gamma': Fraction(9, 10), 'n': Fraction(2, 1)}, ['dominant', 'nash'])
    """
    counts = actions if actions is None or isinstance(actions, int) else tuple(actions)
    if counts is not None and not isinstance(counts, int) and players is None:
        players = len(counts)
    found = Setting(
        parse_claim(claim),
        parse_assumptions(assume),
        players,
        states,
        counts,
        None if gamma is None else exact(gamma, "gamma"),
    )
    _check(found)
    return found


def _check(asked: Setting) -> None:
    """Refuses what is no shape, or fits no assumption; one beyond the search may still be proved.

    Raises:
        BadInput: as a query of a smaller shape says.
    """
    counts, players = asked.actions, asked.players
    if isinstance(counts, tuple) and len(counts) != players:
        raise BadInput("actions", f"{len(counts)} counts", f"one for each of {players} players")
    small = replace(
        asked,
        players=_least(players),
        states=_least(asked.states),
        actions=counts[:_ENOUGH] if isinstance(counts, tuple) else _least(counts),
    )
    _ = small.query


def _least(count: int | None) -> int | None:
    return count if not isinstance(count, int) else min(count, _ENOUGH)
