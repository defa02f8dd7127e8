r"""Claims without the horizon and without quantities below a fraction line.

The horizon is written out as \(1/(1-\gamma)\). Where the sides divide by quantities, both are
multiplied by what they divide by, which is not negative, and positive wherever the claim has a
value.
"""

from dataclasses import dataclass, replace

from nashgap.theory.expression import Expression, Name, rewrite
from nashgap.theory.normal import normal
from nashgap.theory.parsing import parse_expression
from nashgap.theory.rational import Rational
from nashgap.theory.words import PARAMETERS, line_vocabulary

from .cases import Sides, never_negative

HORIZON = "horizon"
_MEANING = parse_expression("1/(1 - gamma)", line_vocabulary())


def written_out(sides: Sides) -> Sides:
    """The horizon in gamma.

    Example:
        >>> from nashgap.theory.claim import parse_claim
        >>> from nashgap.theory.expression import text
        >>> claim = parse_claim("NashGap <= 2*horizon")
        >>> text(written_out(Sides(claim.left, claim.right)).high)
        '2*(1/(1 - gamma))'
    """
    return replace(sides, low=_in_gamma(sides.low), high=_in_gamma(sides.high))


def _in_gamma(side: Expression) -> Expression:
    return rewrite(side, lambda node: _MEANING if node == Name(HORIZON) else None)


@dataclass(frozen=True)
class Cleared:
    """Sides that divide by gamma and n only.

    Attributes:
        sides: both multiplied.
        factor: by what, or "" where nothing had to be done.
    """

    sides: Sides
    factor: str = ""


def cleared(sides: Sides) -> Cleared | None:
    """Multiplies by the quantities that the sides divide by; None where their sign is not known.

    Raises:
        MalformedError: a side that means nothing, or expands beyond all bounds.

    Example:
        >>> from nashgap.theory.claim import parse_claim
        >>> from nashgap.theory.expression import text
        >>> claim = parse_claim("NashGap/eps_BC <= 2*n/(1-gamma)**2")
        >>> found = cleared(Sides(claim.left, claim.right))
        >>> found.factor, text(found.sides.low)
        ('eps_BC', 'NashGap')
    """
    low, high = normal(sides.low), normal(sides.high)
    divisor = Rational.constant(1)
    for factor, power in (high - low).under:
        if factor.variables <= PARAMETERS:
            continue
        if not never_negative(Rational(factor)):
            return None
        divisor = divisor * Rational(factor).power(power)
    if divisor == Rational.constant(1):
        return Cleared(sides)
    multiplied = [_read(side * divisor) for side in (low, high)]
    return Cleared(replace(sides, low=multiplied[0], high=multiplied[1]), str(divisor))


def _read(value: Rational) -> Expression:
    return parse_expression(str(value), line_vocabulary())
