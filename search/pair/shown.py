"""The game that a solution of a case is, or the games of the class that come close to it."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from nashgap.numeric.game import MarkovGame
from nashgap.theory.errors import BadInput

from .. import lp
from ..candidate import Candidate
from ..limit import NEAR, OF_THE_VISITED, Limit, nearer, seen, weak
from ..problem import Box, Threshold
from ..query import GameClass
from ..rewards.program import Program, TooManyError, candidate_of
from ..rewards.scene import ONE, Scene, pure_row
from ..strictly import strictest
from ..witness import Witness, witness
from .bound import Solution
from .cases import Case
from .game import game_of
from .widen import widened


def shown(said: GameClass, case: Case, solution: Solution) -> Witness | Limit | str:
    """A game of the class with the solution's gap; games that tend to one; or why there are none.

    Every game has passed the exact recheck, and shows its own gap.

    Args:
        said: the class.
        case: who exploits, and the rows.
        solution: a solution of the case.
    """
    try:
        every = tuple(_made(said, case, solution))
    except BadInput as error:
        return str(error)
    reason = ""
    for made in every:
        found = _witness(made, said)
        if isinstance(found, Witness):
            return found
        reason = reason or found
    near = (_limit(made, said, case.program.shape.visited) for made in every)
    return next((limit for limit in near if limit is not None), reason)


def _made(said: GameClass, case: Case, solution: Solution) -> Iterator[Candidate]:
    """The game for each player, and where more states are to be visited one that visits more."""
    several = said.visited is not None and said.visited > 1
    wide = (widened(case.program, solution),) if several else ()
    for player in case.players:
        for one in (solution, *wide):
            yield game_of(said, case.program, player, one)


def _witness(made: Candidate, said: GameClass) -> Witness | str:
    """The game with the gap that it shows, or why it is none of the class."""
    found = _shows(made, said)
    checked = found.verify()
    return found if checked.valid else checked.reasons[0]


def _limit(made: Candidate, said: GameClass, visited: int) -> Limit | None:
    """Games of the class that tend to this one on its boundary."""
    is_strict = "strict-nash" in said.names
    widens = said.visited is not None or (not is_strict and bool(said.names & OF_THE_VISITED))
    wide = replace(made, game=_from_all(made.game, visited)) if widens else made
    inside = strictest(wide, said.assumptions) if is_strict else wide
    if inside is None:
        return None
    loosened = replace(said, assumptions=(seen if widens else weak)(said.assumptions))
    end = _shows(_best_end(made, wide, loosened) if is_strict else made, loosened)
    limit = Limit(_shows(inside, said), end)
    if limit.faults():
        return None
    is_close = limit.inside.numbers["gap_of_player"] >= (1 - NEAR) * limit.value
    return limit if is_close else nearer(limit)


def _best_end(made: Candidate, wide: Candidate, loosened: GameClass) -> Candidate:
    """The best rewards for the same deviation, the expert still in equilibrium from wide's start.

    A solution that leaves room for strictness has a smaller gap than its kernel allows.
    """
    found = _shows(made, loosened)
    counts = made.game.num_actions[made.player]
    moves = tuple(pure_row(int(np.argmax(row)), counts) for row in found.deviation)
    here, there = (Scene.of(x.game, x.expert, x.learner) for x in (made, wide))
    objective = Program(here, loosened.assumptions).objective(made.player, moves)
    program = Program(there, loosened.assumptions)
    try:
        rows, boxes = program.rows.rows, program.rows.boxes
    except TooManyError:
        return made
    one = dict.fromkeys(objective, Box(-ONE, ONE))
    best = lp.maximise(tuple(objective.items()), rows, {**one, **boxes})
    if not isinstance(best, lp.Optimum) or best.value <= found.numbers["gap_of_player"]:
        return made
    return candidate_of(here, program.ties, best.point, made.player)


def _from_all(game: MarkovGame, visited: int) -> MarkovGame:
    """The same game from every state that is to be visited, each as likely."""
    start = [Fraction(int(s < visited), visited) for s in range(game.num_states)]
    return MarkovGame(game.transition, game.rewards, start, game.discount)


def _shows(made: Candidate, of: GameClass) -> Witness:
    """The game as one of a class, with the gap of its player."""
    whole = (made.game, made.expert, made.learner, made.player)
    found = witness(*whole, Threshold(Fraction(0)), of.assumptions)
    return replace(found, shows=Threshold(found.numbers["gap_of_player"]))
