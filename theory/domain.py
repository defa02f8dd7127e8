r"""Where a statement has a meaning: what it takes for granted without listing it as an assumption.

A statement that names C speaks of games in which C is finite. So a chain may use what holds where C
is finite if its own statement names C, or if it assumes full support, which makes C finite.
"""

from collections.abc import Collection

from .expression import Expression
from .normal import MalformedError, normal
from .polynomial import TooLargeError

FINITE_C = "finite C"
FULL_SUPPORT = "full-support"


def taken_for_granted(
    left: Expression, right: Expression, assumptions: Collection[str]
) -> frozenset[str]:
    """What a statement takes for granted.

    Example:
        >>> from nashgap.theory.expression import Name
        >>> sorted(taken_for_granted(Name("eps_mu"), Name("C"), ["nash"]))
        ['finite C']
    """
    if names_c(left, right) or FULL_SUPPORT in assumptions:
        return frozenset({FINITE_C})
    return frozenset()


def names_c(*sides: Expression) -> bool:
    """Whether one of the expressions depends on C; C - C does not."""
    try:
        return any("C" in normal(side).variables for side in sides)
    except (MalformedError, TooLargeError):
        return False
