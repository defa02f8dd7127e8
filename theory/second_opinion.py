r"""SymPy's opinion on identities and signs, independent of the arithmetic of this folder.

Identities by SymPy's own expansion over a common denominator. Signs by real roots: as a polynomial
in \(m=n-1\ge0\) every coefficient is a polynomial in \(\gamma\) whose sign between its real roots
in \([0,1)\) is sampled exactly.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy

from .expression import Call, Expression, Name, Number, Power, Product, Sum
from .normal import LEAST, TANH, is_constant, profile_text
from .words import OPERATORS, PARAMETERS, PROFILES

_GAMMA, _N, _M = sympy.symbols("gamma n m")


@dataclass(frozen=True)
class SympyOpinion:
    """Identities by expansion, signs by real roots."""

    name = "sympy"

    def identical(self, left: Expression, right: Expression) -> bool:
        """Whether the difference has a numerator that expands to 0."""
        difference = sympy.together(to_sympy(left) - to_sympy(right))
        return bool(sympy.expand(sympy.fraction(difference)[0]) == 0)

    def nonnegative(self, expression: Expression) -> bool:
        r"""Whether it proves \(f(\gamma,n)\ge0\) for \(0\le\gamma<1\), \(n\ge1\)."""
        found = to_sympy(expression)
        if not {symbol.name for symbol in found.free_symbols} <= PARAMETERS:
            return False
        above, below = sympy.fraction(sympy.together(found.subs(_N, _M + 1)))
        if _sign(below, strictly=True) == 0:
            return False
        return _sign(above * _sign(below, strictly=True), strictly=False) > 0


def to_sympy(expression: Expression) -> Any:
    """The expression with quantities as symbols; linear operators go through sums term by term."""
    match expression:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Name(name):
            return sympy.Symbol(name)
        case Sum(terms):
            return sympy.Add(*(-to_sympy(t) if minus else to_sympy(t) for minus, t in terms))
        case Product(factors):
            return sympy.Mul(*(1 / to_sympy(f) if over else to_sympy(f) for over, f in factors))
        case Power(base, exponent):
            return to_sympy(base) ** exponent
        case Call(function, arguments):
            if function in PROFILES:
                return sympy.Symbol(profile_text(expression))
            if function == LEAST:
                said = sorted(str(sympy.cancel(to_sympy(a))) for a in arguments)
                return sympy.Symbol(f"{function}({', '.join(said)})")
            (body,) = arguments
            if function == TANH:
                return sympy.Symbol(f"{function}({sympy.cancel(to_sympy(body))})")
            inner = sympy.expand(to_sympy(body))
            if not OPERATORS[function].linear:
                return sympy.Symbol(f"{function}({inner})")
            return sympy.Add(*(_through(function, term) for term in sympy.Add.make_args(inner)))


def _through(function: str, term: Any) -> Any:
    inside = [symbol for symbol in term.free_symbols if not is_constant(symbol.name)]
    scale, rest = term.as_independent(*inside, as_Add=False)
    if rest == 1:
        one = OPERATORS[function].one
        if one == "n - 1":
            return scale * (_N - 1)
        return scale if one else scale * sympy.Symbol(f"{function}(1)")
    if function == "E_mu" and rest.is_Symbol and rest.name.startswith("sum_others("):
        return scale * sympy.Symbol(f"sum_others(E_mu({rest.name[len('sum_others(') : -1]}))")
    return scale * sympy.Symbol(f"{function}({rest})")


def _sign(polynomial: Any, *, strictly: bool) -> int:
    """1 (-1) if it is >= 0 (<= 0) on the range, strictly if asked; 0 if neither is shown."""
    coefficients = sympy.Poly(polynomial, _M).all_coeffs()
    for sign in (1, -1):
        if all(_on_range(sign * c, strictly=False) for c in coefficients) and (
            not strictly or _on_range(sign * coefficients[-1], strictly=True)
        ):
            return sign
    return 0


def _on_range(function: Any, *, strictly: bool) -> bool:
    """Whether a polynomial in gamma is >= 0 (> 0 when strictly) on 0 <= gamma < 1."""
    polynomial: Any = sympy.Poly(function, _GAMMA)
    if polynomial.is_zero:
        return not strictly
    points = _samples(polynomial)
    if points is None or any(polynomial.eval(x) < 0 for x in points):
        return False
    return not strictly or not _roots_in_range(polynomial)


def _roots_in_range(polynomial: Any) -> int:
    at_one = 1 if polynomial.eval(1) == 0 else 0
    return int(polynomial.sqf_part().count_roots(0, 1)) - at_one


def _samples(polynomial: Any) -> list[Any] | None:
    """0, and one point strictly between any two neighbours among the real roots, 0 and 1."""
    free = polynomial.sqf_part()
    if free.degree() <= 0:
        return [sympy.Integer(0)]
    width = sympy.Rational(1, 1000)
    while width > sympy.Rational(1, 10**30):
        found = free.intervals(eps=width, inf=0, sup=1, sqf=True)
        ends = sorted([(sympy.Integer(0), sympy.Integer(0)), *found, (sympy.Integer(1),) * 2])
        neighbours = [(left, right) for left, right in pairwise(ends) if left != right]
        points = [(left[1] + right[0]) / 2 for left, right in neighbours if left[1] < right[0]]
        if len(points) == len(neighbours) and all(free.eval(x) != 0 for x in points):
            return [sympy.Integer(0), *points]
        width /= 1000
    return None
