r"""Signs over \(0\le\gamma<1\), \(n\ge1\), as Coq proofs read off from coefficients.

What the kernel finds by \(\gamma=t/(1+t)\), \(n=1+m\) is the identity
\(f=\sum_{jk}c_{jk}\gamma^j(1-\gamma)^{D-j}(n-1)^k\) with \(c_{jk}\ge0\): `ring` checks it, and each
product is non-negative.
"""

from collections.abc import Iterable
from functools import reduce

from ..polynomial import Polynomial
from ..rational import Rational
from .terms import Atoms, number, polynomial, powers, turned

_ELEVATIONS = (0, 1, 2, 4, 8, 16)


def spread(value: Polynomial) -> str | None:
    r"""The polynomial as \(\sum c\,\gamma^j(1-\gamma)^{D-j}(n-1)^k\), constant term in t, m first.

    None when the method shows no sign.

    Example:
        >>> g, one = Polynomial.variable("gamma"), Polynomial.constant(1)
        >>> spread(one + one - g)
        '2 * (1 - gamma) + 1 * gamma'
    """
    one, t, m = Polynomial.constant(1), Polynomial.variable("t"), Polynomial.variable("m")
    degree = max((dict(k).get("gamma", 0) for k in value.terms), default=0)
    pieces = (
        (one + m) ** dict(k).get("n", 0)
        * t ** dict(k).get("gamma", 0)
        * (one + t) ** (degree - dict(k).get("gamma", 0))
        * Polynomial.constant(c)
        for k, c in value.terms.items()
    )
    shifted = reduce(Polynomial.__add__, pieces, Polynomial.constant(0))
    for elevation in _ELEVATIONS:
        raised = shifted * (one + t) ** elevation
        if all(c >= 0 for c in raised.terms.values()):
            return _written(raised, degree + elevation)
    return None


def _written(raised: Polynomial, degree: int) -> str:
    terms = sorted(raised.terms.items(), key=lambda term: sum(k for _, k in term[0]))
    shown = []
    for monomial, coefficient in terms:
        powers = dict(monomial)
        left = degree - powers.get("t", 0)
        factors = (("(1 - gamma)", left), ("gamma", powers.get("t", 0)))
        named = [*factors, ("(n - 1)", powers.get("m", 0))]
        written = [f"{f} ^ {k}" if k > 1 else f for f, k in named if k]
        shown.append(" * ".join([number(coefficient), *written]))
    return " + ".join(shown) or "0"


def positive_denominators(functions: Iterable[Rational]) -> list[str]:
    """Lines that put the sign of every denominator into the context, as D1, D2, ..."""
    factors = dict.fromkeys(factor for f in functions for factor, _ in turned(f)[1])
    return [_positive(f"D{k}", factor) for k, factor in enumerate(factors, 1)]


def _positive(name: str, factor: Polynomial) -> str:
    shown = polynomial(factor, Atoms())
    proof = f"replace ({shown}) with ({spread(factor)}) by ring; positive"
    return f"assert ({name} : 0 < {shown}) by ({proof})."


def nonnegative(name: str, written: str, function: Rational) -> str:
    """A line that puts `0 <= written` into the context."""
    top, factors = turned(function)
    if not factors:
        proof = f"replace ({written}) with ({spread(top)}) by ring; nonneg"
    else:
        quotient = f"({spread(top)}) / ({powers(factors, Atoms())})"
        proof = (
            f"replace ({written}) with ({quotient}) by (field; defined); "
            "apply over_nonneg; [nonneg | positive]"
        )
    return f"assert ({name} : 0 <= {written}) by ({proof})."
