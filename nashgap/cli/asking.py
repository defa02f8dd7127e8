"""The question that the flags of `nashgap search` ask."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from nashgap.theory.errors import BadInput

from . import options

if TYPE_CHECKING:
    from nashgap.search.parts import Parts
    from nashgap.search.query import Query


@dataclass(frozen=True)
class Given:
    """The flags, as they were typed."""

    match: str
    assume: str
    players: str
    states: str
    actions: str
    gamma: str
    gap_at_least: str | None
    strict: bool
    sup: bool
    claim: str | None
    player: str | None
    eps: str | None = None
    fix: str | None = None
    visited: str | None = None

    def query(self) -> "Query":
        """The question that the flags ask.

        Raises:
            BadInput: a value that cannot be read, or not exactly one goal.
        """
        from nashgap.search.query import Query

        players = options.count(self.players, "--players")
        states = options.count(self.states, "--states")
        actions = options.counts(self.actions, "--actions", players)
        gamma = options.discount(self.gamma, "--gamma")
        parts = None
        if self.fix is not None:
            shape = actions if isinstance(actions, tuple) else (actions,) * players
            parts, states, actions, gamma = _given(self.fix, states, shape, gamma)
            players = len(actions)
        query = Query(
            match=self.match,
            assume=self.assumed(states),
            players=players,
            states=states,
            actions=actions,
            gamma=gamma,
            fix=parts,
            gap_at_least=None
            if self.gap_at_least is None
            else options.rational(self.gap_at_least, "--gap-at-least"),
            strict=self.strict,
            claim=self.claim,
            player=None
            if self.player is None
            else options.player(self.player, "--player", players),
            eps=None if self.eps is None else options.rational(self.eps, "--eps"),
        )
        goals = [self.gap_at_least is not None, self.sup, self.claim is not None]
        if sum(goals) != 1:
            given = "none of them" if not any(goals) else "more than one of them"
            raise BadInput("--gap-at-least, --sup, --claim", f"given {given}", "exactly one goal")
        if self.strict and self.gap_at_least is None:
            raise BadInput("--strict", "given without --gap-at-least", "a gap to exceed")
        return query

    def assumed(self, states: int) -> str:
        """The assumptions, with the number of visited states among them.

        Raises:
            BadInput: not a number of states.
        """
        if self.visited is None:
            return self.assume
        count = options.count(self.visited, "--visited")
        if count > states:
            raise BadInput("--visited", f"given {count} of {states} states", f"1 to {states}")
        return ",".join(filter(None, [self.assume.strip(), f"visited={count}"]))


def _given(
    path: str, states: int, actions: tuple[int, ...], gamma: Fraction
) -> "tuple[Parts, int, tuple[int, ...], Fraction]":
    """The given parts with the shape; the file's shape and discount go before the flags'."""
    from nashgap.numeric.io import read_json
    from nashgap.numeric.numbers import exact
    from nashgap.search.parts import parse_parts, shape_of

    raw = read_json(path)
    states, counts = shape_of(raw) or (states, actions)
    if raw.get("discount") is not None:
        gamma = exact(raw["discount"], "discount")
    return parse_parts(raw, states=states, actions=counts), states, counts, gamma
