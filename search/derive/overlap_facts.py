"""Facts about overlaps at a state, as non-negative numbers."""

from nashgap.theory.chain import Derivation
from nashgap.theory.library import library
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_relation
from nashgap.theory.rational import Rational
from nashgap.theory.words import line_vocabulary

LEMMA = "opponents_disagree_le_disagreement"
"""The one lemma on overlaps alone, by induction over the opponents; the rest are facts."""


def lemma() -> Derivation:
    """The lemma."""
    return library()[LEMMA]


def slack(factor: str) -> Rational:
    """Larger side minus smaller side of a fact, or of the lemma.

    Example:
        >>> print(slack("TV_i <= lost_i"))
        lost_i - TV_i
    """
    if factor == LEMMA:
        said = lemma().statement
        return normal(said.right) - normal(said.left)
    left, relation, right = parse_relation(factor, line_vocabulary())
    difference = normal(right) - normal(left)
    return -difference if relation == ">=" else difference
