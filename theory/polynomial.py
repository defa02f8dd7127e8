r"""Exact polynomials in many variables over the rationals, in a few lines that a reader can check.

A polynomial is a map from monomials to non-zero coefficients; a monomial is a sorted tuple of
(variable, exponent). Products are bounded, so that a hostile file cannot exhaust memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from .errors import NashgapError

Monomial = tuple[tuple[str, int], ...]
MAX_TERMS = 3_000
MAX_DEGREE = 128
MAX_BITS = 100_000


class TooLargeError(NashgapError):
    """An expression expands beyond all bounds."""


@dataclass(frozen=True, eq=False)
class Polynomial:
    r"""\(\sum_kc_kx^k\) over the rationals.

    Example:
        >>> x, y = Polynomial.variable("x"), Polynomial.variable("y")
        >>> print((x + y) * (x - y))
        -y**2 + x**2
    """

    terms: Mapping[Monomial, Fraction]

    @staticmethod
    def of(terms: Mapping[Monomial, Fraction]) -> "Polynomial":
        """Drops the zero coefficients."""
        return Polynomial(MappingProxyType({m: c for m, c in terms.items() if c}))

    @staticmethod
    def constant(value: Fraction | int) -> "Polynomial":
        """A constant."""
        return Polynomial.of({(): Fraction(value)})

    @staticmethod
    def variable(name: str) -> "Polynomial":
        """One variable."""
        return Polynomial.of({((name, 1),): Fraction(1)})

    @cached_property
    def key(self) -> tuple[tuple[Monomial, Fraction], ...]:
        """Equal for equal polynomials."""
        return tuple(sorted(self.terms.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Polynomial) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def is_zero(self) -> bool:
        """Whether it is the zero polynomial."""
        return not self.terms

    @property
    def variables(self) -> frozenset[str]:
        """The variables that occur."""
        return frozenset(name for monomial in self.terms for name, _ in monomial)

    def as_constant(self) -> Fraction | None:
        """Its value if it is a constant."""
        if self.is_zero:
            return Fraction(0)
        return self.terms[()] if set(self.terms) == {()} else None

    def leading(self) -> tuple[Monomial, Fraction]:
        """The term that is first in a fixed monomial order (lexicographic in the variables)."""
        names = sorted(self.variables)
        return max(self.terms.items(), key=lambda term: [dict(term[0]).get(v, 0) for v in names])

    def __add__(self, other: "Polynomial") -> "Polynomial":
        total = dict(self.terms)
        for monomial, coefficient in other.terms.items():
            total[monomial] = total.get(monomial, Fraction(0)) + coefficient
        return Polynomial.of(total)

    def __neg__(self) -> "Polynomial":
        return self.scale(Fraction(-1))

    def __sub__(self, other: "Polynomial") -> "Polynomial":
        return self + -other

    def scale(self, factor: Fraction) -> "Polynomial":
        """All coefficients times a number."""
        return Polynomial.of({m: c * factor for m, c in self.terms.items()})

    def __mul__(self, other: "Polynomial") -> "Polynomial":
        total: dict[Monomial, Fraction] = {}
        for left, a in self.terms.items():
            for right, b in other.terms.items():
                monomial = times(left, right)
                product = total.get(monomial, Fraction(0)) + a * b
                if product.numerator.bit_length() + product.denominator.bit_length() > MAX_BITS:
                    raise TooLargeError(
                        f"an expression holds a number of more than {MAX_BITS} bits"
                    )
                total[monomial] = product
            if len(total) > MAX_TERMS:
                raise TooLargeError(f"an expression expands to more than {MAX_TERMS} terms")
        return Polynomial.of(total)

    def __pow__(self, exponent: int) -> "Polynomial":
        result = Polynomial.constant(1)
        for _ in range(exponent):
            result = result * self
        return result

    def divided_by(self, divisor: "Polynomial") -> "Polynomial | None":
        """The exact quotient, or None when there is a remainder."""
        names = sorted(self.variables | divisor.variables)
        lead = max(divisor.terms, key=lambda m: [dict(m).get(v, 0) for v in names])
        rest, quotient = self, Polynomial.constant(0)
        while not rest.is_zero:
            top = max(rest.terms, key=lambda m: [dict(m).get(v, 0) for v in names])
            shift = _minus(top, lead)
            if shift is None:
                return None
            piece = Polynomial.of({shift: rest.terms[top] / divisor.terms[lead]})
            quotient, rest = quotient + piece, rest - piece * divisor
        return quotient

    def __str__(self) -> str:
        if self.is_zero:
            return "0"
        shown = ""
        for monomial, coefficient in sorted(self.terms.items(), reverse=True):
            sign = " - " if coefficient < 0 else " + "
            size, name = abs(coefficient), monomial_text(monomial)
            body = name if size == 1 and name else f"{size}*{name}" if name else f"{size}"
            shown += f"{sign}{body}"
        return shown[3:] if shown.startswith(" + ") else f"-{shown[3:]}"


def monomial_text(monomial: Monomial) -> str:
    """A monomial in plain text, "" for 1."""
    return "*".join(v if k == 1 else f"{v}**{k}" for v, k in monomial)


def times(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    powers = dict(left)
    for name, exponent in right:
        powers[name] = powers.get(name, 0) + exponent
        if powers[name] > MAX_DEGREE:
            raise TooLargeError(f"an expression holds a power above {MAX_DEGREE}")
    return tuple(sorted(powers.items()))


def _minus(left: Monomial, right: Monomial) -> Monomial | None:
    powers = dict(left)
    for name, exponent in right:
        powers[name] = powers.get(name, 0) - exponent
        if powers[name] < 0:
            return None
    return tuple(sorted((v, k) for v, k in powers.items() if k))
