r"""Exact rational functions: a polynomial over a product of polynomials that is kept factored."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .polynomial import Polynomial

Factors = tuple[tuple[Polynomial, int], ...]


@dataclass(frozen=True)
class Rational:
    r"""\(p/(q_1^{k_1}q_2^{k_2}\cdots)\), each \(q\) with leading coefficient 1.

    Common factors are removed where trial division finds them; equality never depends on that.

    Example:
        >>> g = Rational.variable("gamma")
        >>> one = Rational.constant(1)
        >>> print((one - g * g) / (one - g))
        gamma + 1
    """

    top: Polynomial
    under: Factors = ()

    @staticmethod
    def constant(value: Fraction | int) -> "Rational":
        """A constant."""
        return Rational(Polynomial.constant(value))

    @staticmethod
    def variable(name: str) -> "Rational":
        """One variable."""
        return Rational(Polynomial.variable(name))

    @staticmethod
    def reduced(top: Polynomial, under: Mapping[Polynomial, int]) -> "Rational":
        """Removes the factors that divide the top."""
        kept: list[tuple[Polynomial, int]] = []
        for factor, power in under.items():
            left = power
            while left and (quotient := top.divided_by(factor)) is not None:
                top, left = quotient, left - 1
            if left and not top.is_zero:
                kept.append((factor, left))
        return Rational(top, tuple(sorted(kept, key=lambda pair: pair[0].key)))

    @property
    def is_zero(self) -> bool:
        """Whether it is identically zero (where it is defined)."""
        return self.top.is_zero

    @property
    def variables(self) -> frozenset[str]:
        """The variables that occur."""
        return self.top.variables.union(*(factor.variables for factor, _ in self.under))

    def __neg__(self) -> "Rational":
        return Rational(-self.top, self.under)

    def __add__(self, other: "Rational") -> "Rational":
        mine, yours = dict(self.under), dict(other.under)
        both = {f: max(mine.get(f, 0), yours.get(f, 0)) for f in (*mine, *yours)}
        top = self.top * _missing(both, mine) + other.top * _missing(both, yours)
        return Rational.reduced(top, both)

    def __sub__(self, other: "Rational") -> "Rational":
        return self + -other

    def __mul__(self, other: "Rational") -> "Rational":
        under = dict(self.under)
        for factor, power in other.under:
            under[factor] = under.get(factor, 0) + power
        return Rational.reduced(self.top * other.top, under)

    def inverse(self) -> "Rational":
        """One over it.

        Raises:
            ZeroDivisionError: it is zero.
        """
        if self.is_zero:
            raise ZeroDivisionError("division by an expression that is zero")
        top = Polynomial.constant(1)
        for factor, power in self.under:
            top = top * factor**power
        _, lead = self.top.leading()
        top = top.scale(1 / lead)
        monic = self.top.scale(1 / lead)
        return Rational.reduced(top, {} if monic.as_constant() is not None else {monic: 1})

    def __truediv__(self, other: "Rational") -> "Rational":
        return self * other.inverse()

    def power(self, exponent: int) -> "Rational":
        """An integer power; a negative one keeps the factors of the denominator apart."""
        base = self if exponent >= 0 else self.inverse()
        under = {factor: power * abs(exponent) for factor, power in base.under}
        return Rational.reduced(base.top ** abs(exponent), under)

    def substitute(self, values: Mapping[str, "Rational"]) -> "Rational":
        """Puts rational functions in the place of variables."""
        under = Rational.constant(1)
        for factor, power in self.under:
            under = under * _put(factor, values).power(-power)
        return _put(self.top, values) * under

    def __str__(self) -> str:
        if not self.under:
            return str(self.top)
        factors = "*".join(f"({f})" if k == 1 else f"({f})**{k}" for f, k in self.under)
        return f"({self.top})/({factors})"


def _missing(wanted: Mapping[Polynomial, int], present: Mapping[Polynomial, int]) -> Polynomial:
    product = Polynomial.constant(1)
    for factor, power in wanted.items():
        product = product * factor ** (power - present.get(factor, 0))
    return product


def _put(polynomial: Polynomial, values: Mapping[str, Rational]) -> Rational:
    total = Rational.constant(0)
    for monomial, coefficient in polynomial.terms.items():
        term = Rational.constant(coefficient)
        for name, exponent in monomial:
            term = term * values.get(name, Rational.variable(name)).power(exponent)
        total = total + term
    return total
