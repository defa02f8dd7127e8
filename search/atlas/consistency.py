"""Whether the entries can all be true: no certificate below a game of its own class.

Every witness is tested against every class of its shape and discount, whatever entry it comes from:
a game of one class is often one of others.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from nashgap.theory.assumptions import Assumption

from ..query import GameClass
from ..verify import parse_witness
from ..witness import Witness
from .entry import Entry


@dataclass(frozen=True)
class Known:
    """A witness of the atlas.

    Attributes:
        entry: where it stands.
        witness: the game.
    """

    entry: Entry
    witness: Witness

    @cached_property
    def gap(self) -> Fraction:
        """Its Nash gap, recomputed."""
        return self.witness.nash_gap

    @cached_property
    def _holds(self) -> dict[str, bool]:
        return {}

    def belongs_to(self, said: GameClass) -> bool:
        """Whether the game is one of a class: its shape, discount, and every assumption."""
        game = self.witness.game
        shape = (game.players, game.num_states, game.num_actions, game.discount)
        if shape != (said.players, said.states, said.actions, said.discount):
            return False
        return all(self._has(assumption) for assumption in said.assumptions)

    def _has(self, assumption: Assumption) -> bool:
        key = assumption.statement  # what a margin says depends on the other assumptions
        if key not in self._holds:
            self._holds[key] = assumption.holds(self.witness.model).holds is True
        return self._holds[key]


def known(entries: Iterable[Entry]) -> list[Known]:
    """Every witness of the entries."""
    return [
        Known(entry, parse_witness(entry.verdict["witness"]))
        for entry in entries
        if entry.verdict.get("witness") is not None
    ]


def meetings(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Known]]:
    """Every certificate with every witness whose game belongs to its class."""
    listed = list(entries)
    witnesses = known(listed)
    for entry in listed:
        if entry.verdict.get("certificate") is not None:
            for witness in witnesses:
                if witness.belongs_to(entry.query.game_class):
                    yield entry, witness


def contradictions(entries: Iterable[Entry]) -> list[str]:
    """Every certificate that excludes the gap of a game of its class, in words."""
    found = []
    for entry, witness in meetings(entries):
        excludes = entry.verdict["certificate"]["excludes"]
        bound = Fraction(excludes["gap"])
        if witness.gap > bound or (witness.gap == bound and not excludes["strict"]):
            found.append(
                f"{entry.name} excludes a gap above {bound}, but the game of {witness.entry.name} "
                f"has {witness.gap}"
            )
    return found
