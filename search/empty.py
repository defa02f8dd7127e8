"""Classes without a game: assumptions that contradict each other, with a certificate."""

from fractions import Fraction

from nashgap.numeric.numbers import text

from .certificate import Certificate
from .checkers.common import FORMAT
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
    excludes: dict[str, object] = {"gap": text(asked.value), "strict": asked.strict}
    if query.player is not None:
        excludes["player"] = query.player
    proof = Certificate(
        {
            "format": FORMAT,
            "class": query.game_class.certified(),
            "excludes": excludes,
            "encoding": ENCODING,
            "cases": [],
        }
    )
    if not proof.verify().valid:
        return None
    return RuledOut(proof, evidence=f"{EVIDENCE}; so there is no supremum" if sup else EVIDENCE)
