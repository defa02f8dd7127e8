"""The cases that together cover a class: who exploits, how much is visited, who owns what."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..query import GameClass
from .nodes import Shape
from .program import Program
from .rules import Rules, for_player


@dataclass(frozen=True)
class Case:
    """Players that share rows, and the program of their rows.

    Attributes:
        players: who exploits. program: the rows.
    """

    players: tuple[int, ...]
    program: Program


def cases(said: GameClass, rules: Rules, player: int | None) -> tuple[Case, ...]:
    """Every case of a class, those with few visited states first.

    Args:
        said: the class.
        rules: its rows.
        player: the one whose gap counts, or None for all.
    """
    sharing: dict[Rules, list[int]] = {}
    for i in range(said.players) if player is None else [player]:
        sharing.setdefault(for_player(said, rules, i), []).append(i)
    loose = not said.names & {"match-rho", "match-mu"}
    full = loose or "full-support" in said.names
    return tuple(
        Case(tuple(players), Program(own, shape, said.discount))
        for own, players in sharing.items()
        for shape in shapes(own, said.states, full)
        if loose or said.visited in (None, shape.visited)
    )


def shapes(rules: Rules, states: int, full: bool) -> Iterator[Shape]:
    """Every number of visited states, and every way to own them up to renaming."""
    for k in range(states if full else 1, states + 1):
        if not rules.alternating or rules.rest != "no":
            yield Shape(states, k)
            continue
        for first in (True, False):
            for inside in range(k):
                for outside in range(states - k + 1):
                    owned = {0} if first else set[int]()
                    owned |= {*range(1, inside + 1), *range(k, k + outside)}
                    yield Shape(states, k, frozenset(owned))
