r"""Rewards that make an equilibrium as strict as they can, for a given kernel and policies.

One linear program: every deviation that differs at a visited state is to be worse by a slack, the
same for all, which is maximised under the class's other rows. Where it is positive, the game is one
of strict equilibria, and the way from it to any game of the weak class with the same kernel and
policies is a `Limit`.
"""

from collections.abc import Iterator
from fractions import Fraction

from nashgap.theory.assumptions import Assumption

from . import lp
from .candidate import Candidate
from .problem import Box, Row
from .rewards.program import Program, TooManyError, candidate_of
from .rewards.scene import ONE, ZERO, Scene

_SLACK = "slack"


def strictest(made: Candidate, assumptions: tuple[Assumption, ...]) -> Candidate | None:
    """The same game with rewards for which deviations lose the most; None if some never loses.

    Args:
        made: kernel, start and policies; its rewards are not looked at.
        assumptions: of the class, `strict-nash` among them, and no turns.

    Example:
        >>> from nashgap.numeric.games import catalogue
        >>> from nashgap.theory.assumptions import parse_assumptions
        >>> one = catalogue()["w3"].build()
        >>> made = Candidate(one.game, one.expert, one.learner, 0)
        >>> found = strictest(made, parse_assumptions("strict-nash"))
        >>> bool(found.game.rewards[1, 0, 0, 0] > found.game.rewards[1, 0, 0, 1])
        True
    """
    scene = Scene.of(made.game, made.expert, made.learner)
    program = Program(scene, assumptions, least=ONE)
    try:
        rows = tuple(_with_slack(program.rows.rows))
    except TooManyError:
        return None
    boxes = {**program.rows.boxes, _SLACK: Box(ZERO, ONE)}
    found = lp.maximise(((_SLACK, ONE),), rows, boxes)
    if not isinstance(found, lp.Optimum) or not found.value:
        return None
    return candidate_of(scene, program.ties, found.point, made.player)


def _with_slack(rows: tuple[Row, ...]) -> Iterator[Row]:
    """Those of `strict-nash`, which ask for 1, with the slack instead."""
    for row in rows:
        if row.name.startswith("nash ") and row.bound == -ONE:
            yield Row(row.name, (*row.terms, (_SLACK, ONE)), row.relation, Fraction(0))
        else:
            yield row
