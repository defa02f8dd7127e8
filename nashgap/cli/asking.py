"""The question that the flags of `nashgap search` ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

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
    tolerance: Fraction | None = None

    def query(self) -> "tuple[Query, list[str]]":
        """The question that the flags ask, and what is to be said of the file of parts.

        Raises:
            BadInput: a value that cannot be read, or not exactly one goal.
        """
        from nashgap.search.query import Query

        players = options.count(self.players, "--players")
        states = options.count(self.states, "--states")
        actions = options.counts(self.actions, "--actions", players)
        gamma = options.discount(self.gamma, "--gamma")
        parts, notes = None, list[str]()
        if self.fix is not None:
            shape = actions if isinstance(actions, tuple) else (actions,) * players
            raw, notes = _read(self.fix, self.tolerance)
            parts, states, actions, gamma = _given(raw, states, shape, gamma)
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
        return query, notes

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


def _read(path: str, tolerance: Fraction | None) -> tuple[Mapping[str, Any], list[str]]:
    from nashgap.numeric.io import read_json
    from nashgap.numeric.rounded import renormalised

    return renormalised(read_json(path), tolerance)


def _given(
    raw: Mapping[str, Any], states: int, actions: tuple[int, ...], gamma: Fraction
) -> "tuple[Parts, int, tuple[int, ...], Fraction]":
    """The given parts with the shape; the file's shape and discount go before the flags'."""
    from nashgap.numeric.numbers import exact
    from nashgap.search.parts import parse_parts, shape_of

    states, counts = shape_of(raw) or (states, actions)
    if raw.get("discount") is not None:
        gamma = exact(raw["discount"], "discount")
    return parse_parts(raw, states=states, actions=counts), states, counts, gamma
