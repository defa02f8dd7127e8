r"""Claims with min and max, split into claims without.

Where the difference of the sides rises with a `min`, it is non-negative if it is so for each of the
arguments; where it rises with a `max`, one argument suffices. With the difference falling the two
change places. The direction is that of the coefficient, whose sign is proved: non-negative
functions of \(\gamma\) and n times quantities that are never negative.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nashgap.search.multipliers import coefficients
from nashgap.theory.errors import NashgapError
from nashgap.theory.expression import Call, Expression, Name, nodes, rewrite
from nashgap.theory.normal import normal
from nashgap.theory.quantities import meanings
from nashgap.theory.rational import Rational
from nashgap.theory.signs import is_nonnegative

_PLACE = "the choice"


@dataclass(frozen=True)
class Sides:
    """Claims `low <= high`.

    Attributes:
        low: the smaller side.
        high: the larger one.
        strict: whether `low < high` is claimed.
    """

    low: Expression
    high: Expression
    strict: bool = False

    @property
    def calls(self) -> Iterator[Call]:
        """Every min and max in the two sides, the outermost first."""
        for side in (self.low, self.high):
            for node in nodes(side):
                if isinstance(node, Call) and node.function in ("min", "max"):
                    yield node


@dataclass(frozen=True)
class Split:
    """What to prove in the place of a claim.

    Attributes:
        parts: claims with one min or max less.
        every: whether all of them are needed; otherwise one suffices.
    """

    parts: tuple[Sides, ...]
    every: bool


def split(sides: Sides) -> Split | None:
    """Takes one min or max apart; None if there is none whose direction is known.

    Example:
        >>> from nashgap.theory.claim import parse_claim
        >>> claim = parse_claim("NashGap <= min(2/(1-gamma), n*eps_BC)/(1-gamma)")
        >>> found = split(Sides(claim.left, claim.right))
        >>> found.every, len(found.parts)
        (True, 2)
    """
    for call in sides.calls:
        rises = _rises(sides, call)
        if rises is not None:
            every = rises == (call.function == "min")
            parts = tuple(_put(sides, call, argument) for argument in call.arguments)
            return Split(parts, every)
    return None


def _rises(sides: Sides, call: Call) -> bool | None:
    """Whether high - low rises with the call, where that is the same over the whole range."""
    placed = _put(sides, call, Name(_PLACE))
    if any(True for _ in placed.calls):
        return None  # an inner one goes first
    try:
        difference = normal(placed.high) - normal(placed.low)
    except NashgapError:
        return None
    zero, one = Rational.constant(0), Rational.constant(1)
    start = difference.substitute({_PLACE: zero})
    slope = difference.substitute({_PLACE: one}) - start
    if not (difference - start - slope * Rational.variable(_PLACE)).is_zero:
        return None
    if never_negative(slope):
        return True
    return False if never_negative(-slope) else None


def never_negative(function: Rational) -> bool:
    """Whether signs alone show it: every coefficient and every quantity in it is at least 0."""
    read = coefficients(function)
    return read is not None and all(
        is_nonnegative(c) and all(meanings()[name].nonnegative for name, _ in monomial)
        for monomial, c in read.items()
    )


def _put(sides: Sides, call: Call, value: Expression) -> Sides:
    def rule(node: Expression) -> Expression | None:
        return value if node == call else None

    return replace(sides, low=rewrite(sides.low, rule), high=rewrite(sides.high, rule))
