"""The elementary facts on quantities, by what they say."""

from collections.abc import Mapping
from functools import cache

from nashgap.theory.errors import NashgapError
from nashgap.theory.expression import Sum
from nashgap.theory.grounds import facts, ordered
from nashgap.theory.ledger import check_line
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_relation
from nashgap.theory.rational import Rational
from nashgap.theory.words import line_vocabulary


@cache
def fact_values() -> Mapping[str, Rational]:
    """The elementary facts on quantities: larger side minus smaller side, by their text."""
    found = {}
    for fact in facts():
        for source in fact.instances if fact.level == "scalar" else ():
            low, high = ordered(*parse_relation(source, line_vocabulary()))
            try:
                check_line(Sum(((False, high), (True, low))), "scalar")
            except NashgapError:  # one of an opponent j, which stands under a sum only
                continue
            found[source] = normal(high) - normal(low)
    return found
