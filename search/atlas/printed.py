"""A formula in factors, each with its lowest term first and positive."""

from typing import TYPE_CHECKING, Any

import sympy

if TYPE_CHECKING:
    from .formula import Formula, Polynomial


Term = tuple[tuple[int, ...], int]
Factor = tuple[list[Term], int]


def printed(formula: "Formula") -> str:
    """The formula in the claim language.

    Example:
        >>> from .formula import Formula
        >>> print(printed(Formula(("gamma", "b"), {(1, 1): 2}, {(0, 0): 1, (1, 0): -1, (1, 1): 1})))
        2*gamma*b/((1 - gamma)*(1 - gamma + gamma*b))
    """
    names = [sympy.Symbol(name) for name in formula.variables]
    below = _expression(formula.below, names) * (1 - names[0])
    top, bottom = sympy.fraction(sympy.cancel(_expression(formula.above, names) / below))
    one, above = _factors(top, names)
    two, under = _factors(bottom, names)
    front: Any = sympy.Rational(one) / two
    odd = [k for k, (terms, power) in enumerate(above) if len(terms) > 1 and power % 2]
    if front < 0 and odd:
        terms, power = above[odd[0]]
        front, above[odd[0]] = -front, ([(powers, -c) for powers, c in terms], power)
    parts = [str(abs(front.p))] if abs(front.p) != 1 or not above else []
    parts += _words(above, names)
    divisors = ([str(front.q)] if front.q != 1 else []) + _words(under, names)
    shown = ("-" if front < 0 else "") + "*".join(parts)
    if not divisors:
        return shown
    return f"{shown}/{divisors[0]}" if len(divisors) == 1 else f"{shown}/({'*'.join(divisors)})"


def printed_surd(total: "Formula", product: "Formula") -> str:
    r"""\(\frac a2-\sqrt{\frac{a^2}4-\frac b{1-\gamma}}\) with what is square before the root."""
    x = sympy.Symbol(total.variables[0])
    rest = 1 - x
    a = _expression(total.above, [x]) / (_expression(total.below, [x]) * rest)
    b = _expression(product.above, [x]) / (_expression(product.below, [x]) * rest**2)
    square, under, divisor = _root(sympy.cancel(a * a / 4 - b), x)
    plain, below = sympy.fraction(sympy.cancel(a / 2))
    shared: Any = sympy.lcm(sympy.Poly(below, x), divisor)
    first = sympy.Poly(plain, x) * shared.exquo(sympy.Poly(below, x))
    second = square * shared.exquo(divisor)
    common: Any = sympy.gcd(first, second)
    if common.eval(_INSIDE) * shared.eval(_INSIDE) < 0:
        common = -common
    first, second = first.exquo(common), second.exquo(common)
    if second.eval(_INSIDE) < 0:
        second = -second
    front, bottom = sympy.fraction(sympy.cancel(common.as_expr() / shared.as_expr()))
    root = f"sqrt({_plain(under, x)})"
    factor = _plain(second, x)
    many = len(second.terms()) > 1
    root = root if factor == "1" else f"({factor})*{root}" if many else f"{factor}*{root}"
    whole = f"({_plain(first, x)} - {root})"
    number, factors = _factors(front, [x])
    divided, divisors = _factors(bottom, [x])
    before: Any = sympy.Rational(number) / divided
    words = ([str(before.p)] if before.p != 1 else []) + _words(factors, [x]) + [whole]
    under_line = ([str(before.q)] if before.q != 1 else []) + _words(divisors, [x])
    shown = "*".join(words)
    if not under_line:
        return shown
    return (
        f"{shown}/{under_line[0]}" if len(under_line) == 1 else f"{shown}/({'*'.join(under_line)})"
    )


_INSIDE = sympy.Rational(9, 10)
"""Where signs are looked at."""


def _root(square: sympy.Expr, x: sympy.Symbol) -> tuple[Any, Any, Any]:
    """R, D and E with the square root of an expression equal to R sqrt(D)/E."""
    top, bottom = sympy.fraction(square)
    number, factors = sympy.factor_list(top * bottom, x)
    inside, outside = sympy.sqrt(number).as_coeff_Mul()[1] ** 2, sympy.sqrt(number)
    outside = outside / sympy.sqrt(inside)
    before, under = sympy.Poly(outside, x), sympy.Poly(inside, x)
    for factor, power in factors:
        one: Any = sympy.Poly(factor, x)
        before *= one ** (power // 2)
        under *= one ** (power % 2)
    return before, under, sympy.Poly(bottom, x)


def _plain(polynomial: Any, x: sympy.Symbol) -> str:
    whole: Any = sympy.Poly(polynomial, x)
    terms = sorted((powers, int(c)) for powers, c in whole.terms())
    return _sum(terms, [x])


def _expression(polynomial: "Polynomial", names: list[sympy.Symbol]) -> sympy.Expr:
    terms = (
        c * sympy.prod(x**k for x, k in zip(names, powers, strict=True))
        for powers, c in polynomial.items()
    )
    return sympy.Add(*terms)


def _factors(whole: sympy.Expr, names: list[sympy.Symbol]) -> tuple[Any, list[Factor]]:
    """A rational number and the other factors with their powers, lowest terms positive."""
    split: Any = sympy.factor_list(whole, *names)
    front, factors = split
    found: list[Factor] = []
    for factor, power in factors:
        polynomial: Any = sympy.Poly(factor, *names)
        terms = [(powers, int(c)) for powers, c in polynomial.terms()]
        terms.sort(key=lambda term: (sum(term[0]), [-k for k in term[0]]))
        if terms[0][1] < 0:
            front, terms = front * (-1) ** power, [(powers, -c) for powers, c in terms]
        found.append((terms, power))
    return sympy.Rational(front), found


def _words(factors: list[Factor], names: list[sympy.Symbol]) -> list[str]:
    """The factors, single variables first; each begins with a positive term."""
    shown = []
    for terms, power in factors:
        first = next((term for term in terms if term[1] > 0), terms[0])
        body = _sum([first, *(term for term in terms if term is not first)], names)
        grouped = body if len(terms) == 1 else f"({body})"
        word = grouped if power == 1 else f"{grouped}**{power}"
        shown.append((len(terms), [-k for k in terms[0][0]], "+" in word, word))
    return [word for *_, word in sorted(shown)]


def _sum(terms: list[Term], names: list[sympy.Symbol]) -> str:
    found = ""
    for powers, c in terms:
        powered = [
            str(x) if k == 1 else f"{x}**{k}" for x, k in zip(names, powers, strict=True) if k
        ]
        size = abs(c)
        word = "*".join([*([str(size)] if size != 1 or not powered else []), *powered])
        sign = "-" if c < 0 else "+"
        found += f" {sign} {word}" if found else ("-" if c < 0 else "") + word
    return found
