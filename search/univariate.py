r"""Polynomials in one variable over the rationals, and their signs on an interval: exact.

A polynomial is the tuple of its coefficients, the constant first, without zeros at the end. How
many roots lie in \((a,b]\) is counted by Sturm's theorem: the difference, between a and b, of the
number of sign changes along \(p,p',\dots\), each further member being minus the remainder of the
two before it.
"""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

Poly = tuple[Fraction, ...]
ZERO, ONE = Fraction(0), Fraction(1)


def poly(*coefficients: Fraction | int) -> Poly:
    """The polynomial of these coefficients, the constant first.

    Example:
        >>> poly(1, 0, 2, 0)
        (Fraction(1, 1), Fraction(0, 1), Fraction(2, 1))
    """
    found = [Fraction(c) for c in coefficients]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def total(terms: Iterable[Poly]) -> Poly:
    """The sum of polynomials."""
    found: list[Fraction] = []
    for term in terms:
        found += [ZERO] * (len(term) - len(found))
        for k, c in enumerate(term):
            found[k] += c
    return poly(*found)


def times(p: Poly, q: Poly) -> Poly:
    """The product."""
    found = [ZERO] * (len(p) + len(q))
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            found[i + j] += a * b
    return poly(*found)


def value(p: Poly, x: Fraction) -> Fraction:
    """The value at x."""
    found = ZERO
    for c in reversed(p):
        found = found * x + c
    return found


def derivative(p: Poly) -> Poly:
    """The derivative."""
    return poly(*(k * c for k, c in enumerate(p) if k))


def divided(p: Poly, q: Poly) -> tuple[Poly, Poly]:
    """Quotient and remainder; q is not 0."""
    rest, found = list(p), [ZERO] * max(len(p) - len(q) + 1, 0)
    for k in range(len(found) - 1, -1, -1):
        found[k] = rest[k + len(q) - 1] / q[-1]
        for j, c in enumerate(q):
            rest[k + j] -= found[k] * c
    return poly(*found), poly(*rest)


def gcd(p: Poly, q: Poly) -> Poly:
    """The greatest common divisor with leading coefficient 1, or 0."""
    while q:
        p, q = q, divided(p, q)[1]
    return tuple(c / p[-1] for c in p)


def roots(p: Poly, low: Fraction, high: Fraction) -> int:
    r"""How many different roots lie in \((a,b]\); p is not 0.

    Example:
        >>> roots(poly(-2, 0, 1), Fraction(0), Fraction(2))  # x^2 = 2
        1
    """
    p = divided(p, gcd(p, derivative(p)))[0]
    chain = [p, derivative(p)]
    while chain[-1]:
        chain.append(tuple(-c for c in divided(chain[-2], chain[-1])[1]))
    return _changes(chain, low) - _changes(chain, high)


def is_nonnegative(p: Poly, low: Fraction, high: Fraction) -> bool:
    r"""Whether \(p\ge0\) on \([a,b]\): no root inside at which the sign changes, and one value.

    Example:
        >>> is_nonnegative(poly(1, -2, 1), Fraction(0), Fraction(2))  # (x - 1)^2
        True
    """
    if not p or low == high:
        return value(p, low) >= 0
    odd = poly(1)
    for factor, power in _square_free(p):
        if power % 2:
            odd = times(odd, factor)
    inside = roots(odd, low, high) - (value(odd, high) == 0)
    samples = (low + (high - low) * Fraction(k, len(p) + 1) for k in range(1, len(p) + 1))
    return not inside and next(v for x in samples if (v := value(p, x))) > 0


def is_positive(p: Poly, low: Fraction, high: Fraction) -> bool:
    r"""Whether \(p>0\) on \([a,b]\)."""
    return bool(p) and value(p, low) > 0 and not roots(p, low, high)


def _changes(chain: Iterable[Poly], x: Fraction) -> int:
    """Sign changes along the values, zeros left out."""
    signs = [v > 0 for p in chain if (v := value(p, x))]
    return sum(a != b for a, b in pairwise(signs))


def _square_free(p: Poly) -> Iterable[tuple[Poly, int]]:
    """Factors without common or multiple roots, each with its multiplicity."""
    common = gcd(p, derivative(p))
    rest, power = divided(p, common)[0], 1
    while len(rest) > 1:
        shared = gcd(rest, common)
        yield divided(rest, shared)[0], power
        rest, common, power = shared, divided(common, shared)[0], power + 1
