"""Tests every step of a derivation on exact games: a step that one of them breaks is refuted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .assumptions import parse_assumptions
from .chain import Derivation
from .claim import OutsideDomain
from .expression import Expression, text
from .grounds import parsed
from .interpretation import At, Interpretation
from .model import Model, Number, UndeterminedError, brief
from .normal import MalformedError, speaks_of_player
from .reasons import Attained
from .reasons.attained import MAXIMA


@dataclass(frozen=True)
class Violation:
    """A step that an exact game breaks.

    Attributes:
        derivation: the derivation or lemma.
        step: its number, from 1.
        player: the player i, where the step speaks of one.
        state: the state, where the step holds at every state.
        left: its left side there.
        relation: "<=" or "==".
        right: its right side there.
        game: the position of the model among those handed in.
    """

    derivation: str
    step: int
    player: int
    state: int | None
    left: Number
    relation: str
    right: Number
    game: int

    @property
    def text(self) -> str:
        """In one line."""
        state = "" if self.state is None else f", state {self.state}"
        return (
            f"{self.derivation}, step {self.step}, on game {self.game} (player "
            f"{self.player}{state}): "
            f"{brief(self.left)} {self.relation} {brief(self.right)} is false"
        )


def first_violation(
    derivation: Derivation, lemmas: Sequence[Derivation], models: Iterable[Model]
) -> Violation | None:
    """The first step that an exact game breaks, lemmas first.

    A chain is tested on the games that satisfy its assumptions; lines that a game gives no value
    for, such as the value function of a best response at a state, are passed over. Float games are
    passed over.
    """
    for number, model in enumerate(models):
        if not model.is_exact:
            continue
        reader = Interpretation(model)
        for current in (*lemmas, derivation):
            assumptions = parse_assumptions(",".join(current.assumptions))
            if all(assumption.holds(model).holds for assumption in assumptions):
                found = _in_chain(current, reader, number)
                if found is not None:
                    return found
    return None


def _in_chain(current: Derivation, reader: Interpretation, game: int) -> Violation | None:
    lines = current.lines
    states = range(reader.model.num_states) if current.level == "state" else (None,)
    for step, (left, right) in enumerate(pairwise(lines), 1):
        relation = current.steps[step - 1].relation
        for player in _players(current, reader, left, right):
            for state in states:
                at = At(player, -1 if state is None else state)
                try:
                    low, high = reader.read(left, at), reader.read(right, at)
                except (MalformedError, OutsideDomain, UndeterminedError):
                    continue
                if not (low == high if relation == "==" else low <= high):
                    return Violation(current.name, step, player, state, low, relation, high, game)
    return None


def _players(
    current: Derivation, reader: Interpretation, left: Expression, right: Expression
) -> list[int]:
    """Every player; in a chain that opens a maximum, the players that attain it."""
    everyone = list(range(reader.model.players))
    if current.steps and isinstance(current.steps[0].reason, Attained):
        opened = current.lines[0]
        most = reader.read(opened, At(0))
        own = parsed(MAXIMA[text(opened)])
        return [i for i in everyone if reader.read(own, At(i)) == most]
    return everyone if any(map(speaks_of_player, (left, right))) else everyone[:1]
