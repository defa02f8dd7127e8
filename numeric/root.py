"""Real algebraic numbers, isolated: suprema and jumps that are no rational numbers."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

from .numbers import text

DIGITS = 12


@dataclass(frozen=True)
class Root:
    r"""An isolated real algebraic number.

    Attributes:
        polynomial: integer coefficients, the constant first. low, high: an interval of rational
            ends that holds exactly this root of it.
    """

    polynomial: tuple[int, ...]
    low: Fraction
    high: Fraction

    @property
    def is_rational(self) -> bool:
        """Whether it is the root of a linear polynomial."""
        return len(self.polynomial) == 2

    def is_below(self, other: Fraction) -> bool:
        """Whether the number, an irrational one, is less than a rational one.

        The polynomial changes its sign between the ends, and at the root alone.

        Example:
            >>> root = Root((-2, 0, 1), Fraction(1), Fraction(2))
            >>> root.is_below(Fraction(3, 2)), root.is_below(Fraction(7, 5))
            (True, False)
        """
        if not self.low < other < self.high:
            return other >= self.high
        return self._at(self.low) * self._at(other) < 0

    def _at(self, x: Fraction) -> Fraction:
        total = Fraction(0)
        for c in reversed(self.polynomial):
            total = total * x + c
        return total

    def __str__(self) -> str:
        terms = [_term(c, k) for k, c in reversed(tuple(enumerate(self.polynomial))) if c]
        shown = " + ".join(terms).replace("+ -", "- ")
        return f"the root of {shown} near {float(self.low):.10g}"

    @property
    def decimal(self) -> str:
        """A decimal number whose digits but the last are sure."""
        with localcontext() as context:
            context.prec = DIGITS
            return str(Decimal(self.high.numerator) / Decimal(self.high.denominator))

    def json(self) -> dict[str, Any]:
        """The polynomial, the interval that isolates this root of it, and a decimal number."""
        return {
            "polynomial": [str(c) for c in self.polynomial],
            "low": text(self.low),
            "high": text(self.high),
            "decimal": self.decimal,
        }


def _term(c: int, k: int) -> str:
    power = "" if k == 0 else "x" if k == 1 else f"x^{k}"
    return f"{c}{power and '*'}{power}"
