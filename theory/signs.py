r"""Signs over the whole range \(0\le\gamma<1\), \(n\ge1\), by the coefficients of one polynomial.

With \(\gamma=t/(1+t)\) and \(n=1+m\) the range is \(t,m\ge0\). After multiplication by a power of
\(1+t>0\) a polynomial whose coefficients are all non-negative is non-negative there; if moreover
its constant term is positive, it is positive. Further factors \(1+t\) (Pólya) reach more of them.
"""

from fractions import Fraction
from functools import lru_cache, reduce

from .polynomial import Polynomial
from .rational import Rational
from .words import PARAMETERS

_ELEVATIONS = (0, 1, 2, 4, 8, 16)


@lru_cache(maxsize=1024)
def is_nonnegative(function: Rational) -> bool:
    r"""Whether the method proves \(f(\gamma,n)\ge0\) on the range; False only says it does not.

    Example:
        >>> g, one = Rational.variable("gamma"), Rational.constant(1)
        >>> is_nonnegative(one - g - g + g * g), is_nonnegative(one - g - g)
        (True, False)
    """
    signs = [sign(factor) for factor, _ in function.under]
    if 0 in signs or not function.variables <= PARAMETERS:
        return False
    flips = sum(k for s, (_, k) in zip(signs, function.under, strict=True) if s < 0)
    return _all_at_least_zero(function.top.scale(Fraction((-1) ** flips)), strictly=False)


def is_positive(function: Rational) -> bool:
    r"""Whether the method proves \(f(\gamma,n)>0\) on the range; False only says it does not.

    Example:
        >>> g, one = Rational.variable("gamma"), Rational.constant(1)
        >>> is_positive(one - g), is_positive(g)
        (True, False)
    """
    signs = [sign(factor) for factor, _ in function.under]
    flips = sum(k for s, (_, k) in zip(signs, function.under, strict=True) if s < 0)
    return 0 not in signs and sign(function.top) * (-1) ** flips > 0


def is_defined(function: Rational) -> bool:
    """Whether the method proves that no denominator vanishes on the range."""
    return all(sign(factor) != 0 for factor, _ in function.under)


@lru_cache(maxsize=1024)
def sign(polynomial: Polynomial) -> int:
    """1 or -1 when the method proves a strict sign on the whole range, else 0."""
    if not polynomial.variables <= PARAMETERS:
        return 0
    if _all_at_least_zero(polynomial, strictly=True):
        return 1
    return -1 if _all_at_least_zero(-polynomial, strictly=True) else 0


def _all_at_least_zero(polynomial: Polynomial, *, strictly: bool) -> bool:
    one, t = Polynomial.constant(1), Polynomial.variable("t")
    m = Polynomial.variable("m")
    degree = max((dict(k).get("gamma", 0) for k in polynomial.terms), default=0)
    pieces = (
        ((one + m) ** dict(k).get("n", 0))
        * (t ** dict(k).get("gamma", 0))
        * ((one + t) ** (degree - dict(k).get("gamma", 0)))
        * Polynomial.constant(c)
        for k, c in polynomial.terms.items()
    )
    shifted = reduce(Polynomial.__add__, pieces, Polynomial.constant(0))
    for elevation in _ELEVATIONS:
        raised = shifted * (one + t) ** elevation
        if all(c >= 0 for c in raised.terms.values()):
            return not strictly or raised.terms.get((), Fraction(0)) > 0
    return False
