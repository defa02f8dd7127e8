"""Classes without a game: assumptions that contradict each other, with a certificate."""

from fractions import Fraction

from .certificate import excluding
from .checkers.empty import ENCODING
from .problem import Threshold
from .query import Query
from .verdict import RuledOut

EVIDENCE = "no game has all these assumptions: a certificate, verified without any solver"


def answer(query: Query, sup: bool) -> RuledOut | None:
    """The verdict on a query whose class is empty; None if no contradiction is known.

    Args:
        query: the question.
        sup: whether the supremum is asked; of no game at all there is none, and none is given.

    Example:
        >>> answer(Query(assume="nash,reset=1/3,alternating", gap_at_least=1), False).status
        'ruled_out'
        >>> answer(Query(assume="nash,reset=1/3,alternating"), True).supremum is None
        True
        >>> answer(Query(gap_at_least=1), False) is None
        True
    """
    asked = query.threshold or Threshold(Fraction(0))
    proof = excluding(query.game_class.certified(), asked, ENCODING, (), query.player)
    if not proof.verify().valid:
        return None
    return RuledOut(proof, evidence=f"{EVIDENCE}; so there is no supremum" if sup else EVIDENCE)
