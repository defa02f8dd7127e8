r"""Rational functions of \(\gamma\), n and quantities as a reader would write them.

One fraction, its denominator in powers of \(1-\gamma\) and the like, the coefficient of each
quantity in powers of n, \(n-1\) or \(n-2\), whichever is shortest.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm

from nashgap.theory.polynomial import Monomial, Polynomial, monomial_text
from nashgap.theory.rational import Rational
from nashgap.theory.signs import sign
from nashgap.theory.words import PARAMETERS

_GAMMA, _N, _ONE = Polynomial.variable("gamma"), Polynomial.variable("n"), Polynomial.constant(1)
_KNOWN = (_GAMMA + -_ONE, _GAMMA + -_ONE + -_ONE, _GAMMA, _N)
"""Factors that denominators have, with leading coefficient 1."""


def tidy(function: Rational) -> Rational:
    r"""The same with \(1-\gamma\), \(2-\gamma\), \(\gamma\) and n apart in the denominator.

    Example:
        >>> g, one = Rational.variable("gamma"), Rational.constant(1)
        >>> print(written(tidy(one / (one - g - g + g * g))))
        1/(1 - gamma)**2
    """
    under: dict[Polynomial, int] = {}
    for factor, power in function.under:
        rest = factor
        for known in _KNOWN:
            while (quotient := rest.divided_by(known)) is not None:
                under[known] = under.get(known, 0) + power
                rest = quotient
        if rest.as_constant() != 1:
            under[rest] = under.get(rest, 0) + power
    return Rational.reduced(function.top, under)


def written(function: Rational, *, parameters: frozenset[str] = PARAMETERS) -> str:
    """In plain text, which reads back with the same value.

    Args:
        function: what to write.
        parameters: the names that belong to coefficients.

    Example:
        >>> g, n, eps = (Rational.variable(name) for name in ("gamma", "n", "eps_BC"))
        >>> one = Rational.constant(1)
        >>> print(written((one + (n - one) * g) * eps / (one - g).power(2)))
        (1 + (n - 1)*gamma)*eps_BC/(1 - gamma)**2
    """
    function = tidy(function)
    top, below = function.top, []
    for factor, power in function.under:
        scale = _content([factor]) * (-1 if sign(factor) < 0 else 1)
        top = top.scale((1 / scale) ** power)
        shown = f"({_polynomial(factor.scale(1 / scale))})"
        below.append(shown if power == 1 else f"{shown}**{power}")
    terms = _grouped(top, parameters)
    if not below or not terms:
        return _sum(terms)
    common = _content(terms.values())
    over = _sum({m: c.scale(1 / common) for m, c in terms.items()})
    if _is_sum(over):
        over = f"({over})"
    if common.numerator != 1:
        over = str(common.numerator) if over == "1" else f"{common.numerator}*{over}"
    if common.denominator != 1:
        below.insert(0, str(common.denominator))
    return f"{over}/({'*'.join(below)})" if len(below) > 1 else f"{over}/{below[0]}"


def as_sum(function: Rational, *, parameters: frozenset[str] = PARAMETERS) -> str:
    """The same, with one fraction for each denominator among the coefficients.

    Example:
        >>> g, gap = Rational.variable("gamma"), Rational.variable("expert_gap")
        >>> print(as_sum(g / (Rational.constant(1) - g) + gap))
        gamma/(1 - gamma) + expert_gap
    """
    function = tidy(function)
    below = Rational(Polynomial.constant(1), function.under)
    fractions: dict[object, Rational] = {}
    for monomial, c in _grouped(function.top, parameters).items():
        coefficient = Rational(c) * below
        one = coefficient * Rational(Polynomial.of({monomial: Fraction(1)}))
        before = fractions.get(coefficient.under)
        fractions[coefficient.under] = one if before is None else before + one
    ordered = sorted(fractions.values(), key=lambda part: len(part.under), reverse=True)
    return _joined(written(part, parameters=parameters) for part in ordered)


def _grouped(top: Polynomial, parameters: frozenset[str]) -> dict[Monomial, Polynomial]:
    """The coefficient of each monomial in the quantities."""
    found: dict[Monomial, dict[Monomial, Fraction]] = {}
    for monomial, c in top.terms.items():
        outer = tuple(pair for pair in monomial if pair[0] not in parameters)
        inner = tuple(pair for pair in monomial if pair[0] in parameters)
        found.setdefault(outer, {})[inner] = c
    return {m: Polynomial.of(found[m]) for m in sorted(found, key=_rank)}


def _rank(monomial: Monomial) -> tuple[int, bool, Monomial]:
    """The constant, then errors, then other quantities, then products."""
    names = [name for name, _ in monomial]
    degree = sum(power for _, power in monomial)
    return degree, not any(name.startswith("eps") for name in names), monomial


def _content(several: Iterable[Polynomial]) -> Fraction:
    """What divides all coefficients."""
    numbers = [c for polynomial in several for c in polynomial.terms.values()]
    return Fraction(gcd(*(c.numerator for c in numbers)), lcm(*(c.denominator for c in numbers)))


def _sum(terms: Mapping[Monomial, Polynomial]) -> str:
    return _joined(_term(c, monomial) for monomial, c in terms.items())


def _term(c: Polynomial, monomial: Monomial) -> str:
    """A coefficient times a monomial, with a minus in front where the coefficient has one."""
    name, shown = monomial_text(monomial), _polynomial(c)
    if not name or shown == "1":
        return name or shown
    if not _is_sum(shown):
        return f"{shown}*{name}" if shown != "-1" else f"-{name}"
    turned = _polynomial(-c)
    if shown.startswith("-") and not turned.startswith("-"):
        return f"-({turned})*{name}" if _is_sum(turned) else f"-{turned}*{name}"
    return f"({shown})*{name}"


def _polynomial(polynomial: Polynomial) -> str:
    """In powers of n, n - 1 or n - 2, whichever is shortest."""
    shown = [_ascending(polynomial, "n")]
    if "n" in polynomial.variables:
        shown += [_ascending(moved(polynomial, k), f"(n - {k})") for k in (1, 2)]
    return min(shown, key=len)


def moved(polynomial: Polynomial, by: int) -> Polynomial:
    """The same with n + by for n."""
    total, shifted = Polynomial.constant(0), Polynomial.variable("n") + Polynomial.constant(by)
    for monomial, c in polynomial.terms.items():
        rest = Polynomial.of({tuple(pair for pair in monomial if pair[0] != "n"): c})
        total += rest * shifted ** dict(monomial).get("n", 0)
    return total


def _ascending(polynomial: Polynomial, base: str) -> str:
    """In powers of a base that stands for the variable n, lowest first."""
    powers: dict[int, dict[Monomial, Fraction]] = {}
    for monomial, c in polynomial.terms.items():
        inner = tuple(pair for pair in monomial if pair[0] != "n")
        powers.setdefault(dict(monomial).get("n", 0), {})[inner] = c
    return _joined(_power(base, k, Polynomial.of(powers[k])) for k in sorted(powers))


def _power(base: str, power: int, c: Polynomial) -> str:
    minus = power > 0 and all(x < 0 for x in c.terms.values())
    inner = _in_gamma(-c if minus else c)
    factor = base if power == 1 else f"{base}**{power}"
    if power and _is_sum(inner):
        inner = f"({inner})"
    if not power or inner == "1":
        shown = factor if power else inner
    else:
        shown = f"{inner}*{factor}" if inner.isdigit() else f"{factor}*{inner}"
    return f"-{shown}" if minus else shown


def _in_gamma(polynomial: Polynomial) -> str:
    """The lowest degree first."""
    ordered = sorted(polynomial.terms.items(), key=lambda term: (sum(k for _, k in term[0]), term))
    shown = []
    for monomial, c in ordered:
        name, size = monomial_text(monomial), abs(c)
        body = name if size == 1 and name else f"{size}*{name}" if name else f"{size}"
        shown.append(f"-{body}" if c < 0 else body)
    return _joined(shown)


def _joined(terms: Iterable[str]) -> str:
    """A sum that starts with a plus where it has one."""
    listed = list(terms)
    lead = next((k for k, term in enumerate(listed) if not term.startswith("-")), 0)
    shown = ""
    for term in (*listed[lead : lead + 1], *listed[:lead], *listed[lead + 1 :]):
        shown += f" - {term[1:]}" if term.startswith("-") else f" + {term}"
    if not shown:
        return "0"
    return shown[3:] if shown.startswith(" + ") else f"-{shown[3:]}"


def _is_sum(shown: str) -> bool:
    """Whether a text has a plus or minus outside all parentheses, beyond a leading minus."""
    depth = 0
    for k, mark in enumerate(shown):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if k and depth == 0 and mark in "+-":
            return True
    return False
